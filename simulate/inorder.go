package simulate

import (
	"context"

	"clientele/internal/concurrent"
)

// task is one piece of work and the room for its result. Tasks are used again,
// so that memory does not grow with the number of pieces.
type task[T any] struct {
	i    int
	out  T
	done chan error // holds one
}

// inOrder makes pieces 0 to n-1 on several workers and hands each to use in
// order, one at a time. newWork gives every worker its own function, which
// fills out for piece i; out may hold an earlier piece. The first error ends
// it. No goroutine outlives the call.
func inOrder[T any](
	ctx context.Context, n, workers int, newWork func() func(i int, out *T) error, use func(*T) error,
) error {
	ctx, cancel := context.WithCancel(ctx)
	var running concurrent.Group
	defer running.Wait()
	defer cancel()

	// Two tasks a worker: one in the making, one waiting for its turn. No
	// channel can hold more than all of them, so only spare ever blocks.
	tasks := 2 * workers
	spare, todo, order := make(chan *task[T], tasks), make(chan *task[T], tasks), make(chan *task[T], tasks)
	for range tasks {
		spare <- &task[T]{done: make(chan error, 1)}
	}
	running.Go(func() {
		defer close(todo)
		defer close(order)
		hand(ctx, n, spare, todo, order)
	})
	for range workers {
		running.Go(func() {
			var work func(i int, out *T) error
			for t := range todo {
				// A panic is the task's error: else its turn would be waited for.
				t.done <- concurrent.Guard(func() error {
					if work == nil {
						work = newWork()
					}
					return work(t.i, &t.out)
				})
			}
		})
	}
	return collect(ctx, order, spare, use)
}

// hand numbers spare tasks and hands them out until all n are, or ctx ends.
func hand[T any](ctx context.Context, n int, spare <-chan *task[T], todo, order chan<- *task[T]) {
	for i := range n {
		select {
		case <-ctx.Done():
			return
		case t := <-spare:
			t.i = i
			order <- t
			todo <- t
		}
	}
}

// collect uses the tasks in order and makes them spare again.
func collect[T any](ctx context.Context, order <-chan *task[T], spare chan<- *task[T], use func(*T) error) error {
	for t := range order {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-t.done:
			if err != nil {
				return err
			}
		}
		if err := use(&t.out); err != nil {
			return err
		}
		spare <- t
	}
	return ctx.Err()
}
