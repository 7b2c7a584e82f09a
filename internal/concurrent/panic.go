// Package concurrent starts goroutines, and is the one place that does.
//
// A panic that leaves a goroutine ends the whole program at once: no folder is
// cleared away, and the exit status is that of a wrong command line. Those that are
// started here hand a panic to who waits for them, with the trace of where it
// arose: as an error where errors are handed on, as a panic where none are.
package concurrent

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic that was caught: a fault of the program. It is an error so that it
// can go the way of one.
type Panic struct {
	Value any
	Stack []byte // where it arose
}

// Error says as much as the runtime does.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Guard does f and turns a panic into an error, a [Panic].
func Guard(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = caught(value)
		}
	}()
	return f()
}

// caught is what recover gave. A panic that was caught before keeps its trace.
func caught(value any) *Panic {
	if before, ok := value.(*Panic); ok {
		return before
	}
	return &Panic{Value: value, Stack: debug.Stack()}
}
