package clv

import (
	"sync"
	"sync/atomic"
)

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
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}
