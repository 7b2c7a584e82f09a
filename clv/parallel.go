package clv

import (
	"sync/atomic"

	"clientele/internal/concurrent"
)

// chunkRows is the size of a partial sum. It is fixed, and partial sums are
// added in the order of the rows, so that the number of workers cannot change
// a single bit.
const chunkRows = 1024

// chunks is the number of chunks of n rows.
func chunks(n int) int { return (n + chunkRows - 1) / chunkRows }

// inChunks calls do for every chunk of n rows, from row low up to but without
// row high.
func inChunks(n, workers int, do func(chunk, low, high int)) {
	inParallel(chunks(n), workers, func(c int) {
		do(c, c*chunkRows, min(n, (c+1)*chunkRows))
	})
}

// inParallel calls do(0), ..., do(n-1), each once, on up to workers goroutines,
// and returns when all are done. Which goroutine does which is left to chance:
// do must write only to what belongs to its argument.
func inParallel(n, workers int, do func(i int)) {
	if workers = min(workers, n); workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var group concurrent.Group
	for range workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
