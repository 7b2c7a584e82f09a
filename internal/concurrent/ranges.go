package concurrent

// Ranges calls do for shares of 0 … n, at the same time.
func Ranges(n, workers int, do func(from, to int)) {
	workers = max(1, min(workers, n))
	var group Group
	for w := range workers {
		group.Go(func() { do(w*n/workers, (w+1)*n/workers) })
	}
	group.Wait()
}

// Each calls do for each of 0 … n−1, at the same time.
func Each(n, workers int, do func(i int)) {
	Ranges(n, workers, func(from, to int) {
		for i := from; i < to; i++ {
			do(i)
		}
	})
}
