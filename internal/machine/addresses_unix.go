//go:build unix

package machine

import "golang.org/x/sys/unix"

// Addresses are the bytes of addresses that this process may have (ulimit -v); 0: there is no
// limit. A program reserves more of them than it uses of memory.
func Addresses() int64 {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_AS, &limit); err != nil || int64(limit.Cur) < 0 { // infinity is all bits
		return 0
	}
	return int64(limit.Cur)
}
