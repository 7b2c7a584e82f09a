package process

import (
	"syscall"
	"time"
)

// Clock measures part of this process: what it takes from StartClock to Read.
type Clock struct {
	began time.Time
	cpu   time.Duration
}

// StartClock starts a clock.
func StartClock() Clock { return Clock{began: time.Now(), cpu: spent()} }

// Read gives the wall clock and the processor time since the start, of all
// threads. Peak memory is that of a whole process only: see Run.
func (c Clock) Read() Usage { return Usage{Wall: time.Since(c.began), CPU: spent() - c.cpu} }

// spent is the user and system time of this process so far.
func spent() time.Duration {
	var r syscall.Rusage
	// It fails for an unknown target only, which this is not.
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
