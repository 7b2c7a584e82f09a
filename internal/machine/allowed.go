package machine

import (
	"github.com/KimMachineGun/automemlimit/memlimit"
)

// Allowance is the most memory that a process can have before the kernel ends it.
type Allowance struct {
	Bytes  int64
	Cgroup bool // a cgroup (a container) allows less than the machine has
}

// Allowed is the allowance of this process; nothing where the system does not tell.
func Allowed() Allowance {
	machine, err := memlimit.FromSystem()
	if err != nil {
		machine = 0
	}
	// An error is no cgroup, none with a limit, or a system that has none.
	cgroup, err := memlimit.FromCgroup()
	if err != nil || machine > 0 && cgroup >= machine {
		return Allowance{Bytes: int64(machine)}
	}
	return Allowance{Bytes: int64(cgroup), Cgroup: true}
}
