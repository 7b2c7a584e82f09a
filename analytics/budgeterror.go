package analytics

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"clientele/internal/machine"
	"clientele/internal/wording"
)

// MemoryError is the end of a run that needs more memory than it may take.
type MemoryError struct {
	Allotted int64 // bytes
	Needed   int64 // bytes, about; 0: it was not known yet
	message  string
}

// Error says what was to be had, what is needed, and what to do.
func (e *MemoryError) Error() string { return e.message }

func (a *allotment) tooLittle() *MemoryError {
	e := &MemoryError{Allotted: a.Bytes}
	if rows := a.rows.Load(); rows > 0 {
		e.Needed = max(MemoryOf(rows, a.customers.Load(), a.follows.Load()), a.Bytes+a.Bytes/4)
	}
	e.message = "out of memory" + a.during() + ": " + a.had() + " too little; " + a.needed(e.Needed) + "; nothing was published; " + a.remedy(e.Needed)
	return e
}

// during is what was being done.
func (a *allotment) during() string {
	step := a.step.Load().(string)
	if step == "" {
		return ""
	}
	return " while " + wording.In("en").SayOf("step", step)
}

// had says how much was to be had, and why no more.
func (a *allotment) had() string {
	had := machine.Text(a.Bytes)
	switch {
	case a.addresses > 0:
		return "the " + machine.Text(a.addresses) + " of addresses that ulimit -v allows, which leave " + had + " of memory, are"
	case a.asked:
		return "--memory " + had + " is"
	case a.allowed.Cgroup:
		return had + ", three quarters of what the cgroup of this container allows, are"
	}
	return had + ", three quarters of what this machine has, are"
}

// needed says how much it takes, as far as that is known.
func (a *allotment) needed(bytes int64) string {
	rows, customers := a.rows.Load(), a.customers.Load()
	switch {
	case bytes == 0 && a.Bytes < LeastMemory:
		return "the least that a run needs is " + machine.Text(LeastMemory)
	case bytes == 0:
		return "`clientele check` says about how much is needed"
	case customers == 0:
		return fmt.Sprintf("about %s are needed for %s rows", machine.Text(bytes), humanize.Comma(rows))
	}
	return fmt.Sprintf("about %s are needed for %s rows of %s customers", machine.Text(bytes), humanize.Comma(rows), humanize.Comma(customers))
}

// remedy says what to do.
func (a *allotment) remedy(needed int64) string {
	switch {
	case a.addresses > 0:
		return "run it after ulimit -v unlimited, and bound its memory by --memory or a cgroup"
	case a.asked:
		return "give it more, or fewer --threads"
	case a.allowed.Cgroup && needed > 0:
		return "let the container have " + machine.Text(needed/3*4) + ", or run it with fewer --threads"
	case a.allowed.Cgroup:
		return "let the container have more, or run it with fewer --threads"
	}
	return "take a larger machine, give it more with --memory, or run it with fewer --threads"
}
