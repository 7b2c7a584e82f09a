package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/pflag"

	"clientele/analytics"
	"clientele/internal/machine"
)

// memory is the flag --memory, in bytes; 0 is the default.
type memory int64

// String implements pflag.Value.
func (m *memory) String() string {
	if *m == 0 {
		return ""
	}
	return machine.Text(int64(*m))
}

// Type is how --help calls the value.
func (m *memory) Type() string { return "size" }

// Set implements pflag.Value.
func (m *memory) Set(text string) error {
	n, err := humanize.ParseBytes(text)
	if err != nil || n > math.MaxInt64 || strings.HasPrefix(text, "-") {
		return fmt.Errorf("%q is not a size of memory; write it as 2GB, 1.5GB or 800MB", text)
	}
	if n < analytics.LeastMemory {
		return fmt.Errorf("%s are too little; the least that a run needs is %s", machine.Text(int64(n)), machine.Text(analytics.LeastMemory))
	}
	if allowed := machine.Allowed(); allowed.Bytes > 0 && int64(n) > allowed.Bytes {
		of := "this machine has"
		if allowed.Cgroup {
			of = "the cgroup of this container allows"
		}
		return fmt.Errorf("%s are more than the %s that %s; give less", machine.Text(int64(n)), machine.Text(allowed.Bytes), of)
	}
	*m = memory(n)
	return nil
}

func (m *memory) add(flags *pflag.FlagSet) {
	flags.Var(m, "memory", "most memory to use, as 2GB (default three quarters of what the machine or the container allows); what does not fit goes to a folder beside the publications")
}
