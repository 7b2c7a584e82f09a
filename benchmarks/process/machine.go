package process

import (
	"fmt"
	"os"
	"runtime"
)

// Machine says how many cores and how much memory there are, where the system
// tells.
func Machine() string {
	cores := fmt.Sprintf("%d cores", runtime.NumCPU())
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return cores
	}
	var kib float64
	if _, err := fmt.Sscanf(string(text), "MemTotal: %f kB", &kib); err != nil {
		return cores
	}
	return fmt.Sprintf("%s, %.0f GiB", cores, kib/(1<<20))
}
