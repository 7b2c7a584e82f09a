package concurrent

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Group is a number of functions that run at the same time and cannot fail. The
// zero Group is ready.
type Group struct {
	wait sync.WaitGroup

	mu    sync.Mutex
	first *Panic
}

// Go starts a function.
func (g *Group) Go(f func()) {
	g.wait.Go(func() {
		err := Guard(func() error {
			f()
			return nil
		})
		if p, ok := errors.AsType[*Panic](err); ok {
			g.mu.Lock()
			defer g.mu.Unlock()
			if g.first == nil {
				g.first = p
			}
		}
	})
}

// Wait returns when all functions have. A panic of one of them goes on here.
func (g *Group) Wait() {
	g.wait.Wait()
	if g.first != nil {
		panic(g.first)
	}
}

// Tasks is a number of functions that run at the same time, of which each may fail.
// The zero Tasks is ready.
type Tasks struct {
	group *errgroup.Group // nil: a zero one
	own   errgroup.Group
}

// WithContext gives Tasks and a context that ends with the first error.
func WithContext(ctx context.Context) (*Tasks, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	return &Tasks{group: group}, ctx
}

// AtOnce has no more than n of them run at the same time. It is called before Go, which
// then waits for one to end where n run.
func (t *Tasks) AtOnce(n int) { t.tasks().SetLimit(max(n, 1)) }

// Go starts a function. A panic is its error.
func (t *Tasks) Go(f func() error) {
	t.tasks().Go(func() error { return Guard(f) })
}

// Wait returns the first error when all functions have returned.
func (t *Tasks) Wait() error { return t.tasks().Wait() }

func (t *Tasks) tasks() *errgroup.Group {
	if t.group != nil {
		return t.group
	}
	return &t.own
}
