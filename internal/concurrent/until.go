package concurrent

import (
	"context"
	"time"
)

// Until does f and waits for it, but no longer than ctx lives: then f is left to
// itself and the error is that of ctx.
//
// So f must touch nothing that outlasts the wait: it computes, or reads, and what it
// writes to is looked at by nobody after an error. Statistics are such work. A fit
// need not be able to stop half-way for a run to end when it is asked to.
func Until(ctx context.Context, f func() error) error { return Within(ctx, 0, f) }

// Within is [Until] for work that can end by itself: it has that long for it after
// the end of ctx.
func Within(ctx context.Context, grace time.Duration, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- Guard(f) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	if grace > 0 {
		select {
		case err := <-done:
			return err
		case <-time.After(grace):
		}
	}
	return ctx.Err()
}
