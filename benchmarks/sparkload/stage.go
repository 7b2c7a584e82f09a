package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"clientele/internal/concurrent"
)

// stagedRows is what was staged under a name.
type stagedRows struct {
	name  string
	bytes int64
}

// watcher looks at a stage while a run lasts, which removes all at its end.
type watcher struct {
	stage   string
	sizes   map[string]int64 // by file, the largest seen
	done    chan struct{}
	looking concurrent.Group
}

// lookAgain is the pause between looks: a run keeps what it stages for seconds at least, as
// its last statements read it.
const lookAgain = 100 * time.Millisecond

func watch(stage string) *watcher {
	w := &watcher{stage: stage, sizes: map[string]int64{}, done: make(chan struct{})}
	w.looking.Go(func() {
		tick := time.NewTicker(lookAgain)
		defer tick.Stop()
		for {
			w.look()
			select {
			case <-w.done:
				return
			case <-tick.C:
			}
		}
	})
	return w
}

// look notes the files that are whole: STAGE/JOB/RUN/NAME.ATTEMPT/part.parquet.
func (w *watcher) look() {
	files, _ := filepath.Glob(filepath.Join(w.stage, "*", "*", "*.*", "*.parquet"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			w.sizes[f] = max(w.sizes[f], info.Size())
		}
	}
}

// end gives the sums by name, in order.
func (w *watcher) end() []stagedRows {
	close(w.done)
	w.looking.Wait()
	sums := map[string]int64{}
	for f, size := range w.sizes {
		name, _, _ := strings.Cut(filepath.Base(filepath.Dir(f)), ".")
		if name != "probe" {
			sums[name] += size
		}
	}
	var all []stagedRows
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		all = append(all, stagedRows{name, sums[name]})
	}
	return all
}
