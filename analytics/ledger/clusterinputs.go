package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// asker runs statements on a cluster.
type asker interface {
	Exec(ctx context.Context, sql string, args ...any) error
	Rows(ctx context.Context, sql string, args ...any) (array.RecordReader, error)
}

// ClusterInputs stands for the content of the files that a cluster is to read, by their
// names, sizes and times: it lists them and reads none. Empty: there are tables among the
// sources, of which nobody knows.
func ClusterInputs(ctx context.Context, c asker, j *job.Job) (string, error) {
	p := &Plan{job: j}
	var all []string
	for i, s := range j.Sources {
		if s.Table != "" {
			return "", nil
		}
		view := exportView(i) + "_files"
		if err := c.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+view+" USING binaryFile OPTIONS (path "+dialect.Spark.Literal(p.clusterPath(s.Path))+")"); err != nil {
			return "", fmt.Errorf("sources.%d.path: %w", i, err)
		}
		rows, err := c.Rows(ctx, "SELECT concat_ws('|', path, length, unix_micros(modificationTime)) FROM "+view)
		if err != nil {
			return "", fmt.Errorf("sources.%d.path: %w", i, err)
		}
		for rows.Next() {
			for k := range int(rows.RecordBatch().NumRows()) {
				all = append(all, rows.RecordBatch().Column(0).ValueStr(k))
			}
		}
		rows.Release()
		if err := rows.Err(); err != nil {
			return "", fmt.Errorf("sources.%d.path: %w", i, err)
		}
	}
	slices.Sort(all)
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", all))
	return hex.EncodeToString(sum[:]), nil
}
