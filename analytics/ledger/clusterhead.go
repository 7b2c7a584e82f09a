package ledger

import (
	"context"
	"errors"
	"math"
	"strconv"
)

// onePartition has a cluster read files in one partition, where a limit takes the first rows
// and reads no more. Of several partitions a limit takes those that are ready first: a file
// of some hundred megabytes is several.
var onePartition = [][2]string{{"spark.sql.files.minPartitionNum", "1"}, {"spark.sql.files.maxPartitionBytes", strconv.FormatInt(math.MaxInt64, 10)}}

// inOrder asks the cluster for the first rows of files.
func (p *Plan) inOrder(ctx context.Context, ask func() error) (err error) {
	for _, setting := range onePartition {
		if err := p.cluster.Exec(ctx, "SET "+setting[0]+"="+setting[1]); err != nil {
			return err
		}
	}
	defer func() {
		for _, setting := range onePartition {
			err = errors.Join(err, p.cluster.Exec(ctx, "RESET "+setting[0]))
		}
	}()
	return ask()
}
