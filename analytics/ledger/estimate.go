package ledger

import (
	"context"
	"fmt"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// Expected is how much there is to read.
type Expected struct {
	Rows  int64 // about
	Bytes int64 // of the files, as they are stored
	// Whole: the sample has all rows, so that Rows is no estimate.
	Whole bool
}

// unpacked is about how many bytes of text a byte of a compressed export is: CSV of
// orders shrinks to a sixth by gzip and by zstd.
const unpacked = 6

// Expect estimates the rows of all files, from their sizes and the rows of the sample.
func (p *Plan) Expect(ctx context.Context) (Expected, error) {
	all := Expected{Whole: true}
	for _, b := range p.batches {
		rows, err := engine.Text(ctx, p.engine, "SELECT "+fileColumn+", count(*), coalesce(avg(strlen("+textColumn+") + 1), 1) FROM "+b.sample+" GROUP BY 1")
		if err != nil {
			return all, fmt.Errorf("ledger: rows of the sample: %w", err)
		}
		sampled, width := map[int]int64{}, map[int]float64{}
		for _, row := range rows {
			var file int
			var n int64
			var mean float64
			if _, err := fmt.Sscan(strings.Join(row, " "), &file, &n, &mean); err != nil {
				return all, fmt.Errorf("ledger: rows of the sample: %w", err)
			}
			sampled[file-b.first], width[file-b.first] = n, mean
		}
		if p.cluster != nil {
			b.expectOnCluster(&all, sampled)
		} else {
			b.expect(&all, sampled, width)
		}
	}
	return all, nil
}

// expectOnCluster adds what is known of rows that a cluster reads: those that came here.
func (b *batch) expectOnCluster(all *Expected, sampled map[int]int64) {
	var rows int64
	for _, n := range sampled {
		rows += n
	}
	for _, f := range b.files {
		all.Bytes += f.is.size
	}
	all.Rows += rows
	all.Whole = all.Whole && rows < sampleRows
}

// expect adds the files of a batch.
func (b *batch) expect(all *Expected, sampled map[int]int64, width map[int]float64) {
	for i, f := range b.files {
		all.Bytes += f.is.size
		most := b.mostSampled()
		switch {
		case sampled[i] < most:
			all.Rows += sampled[i]
		case b.format == job.Parquet:
			all.Rows += f.stated
			all.Whole = all.Whole && f.stated <= sampled[i]
		default:
			bytes := float64(f.is.size)
			if compressed(f.path) {
				bytes *= unpacked
			}
			all.Rows += max(sampled[i], int64(bytes/width[i]))
			all.Whole = false
		}
	}
}

// compressed tells whether a file's name says that it is compressed.
func compressed(path string) bool {
	path = strings.ToLower(path)
	return strings.HasSuffix(path, ".gz") || strings.HasSuffix(path, ".zst")
}
