package machine

import (
	"fmt"
	"os"
)

// resident is the memory of this process that is not a file's: statm has all that is
// resident and what of it is shared with files, in pages.
func resident() (bytes int64, err error) {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	var virtual, all, shared int64
	if _, err := fmt.Sscan(string(text), &virtual, &all, &shared); err != nil {
		return 0, fmt.Errorf("/proc/self/statm: %w", err)
	}
	return (all - shared) * int64(os.Getpagesize()), nil
}
