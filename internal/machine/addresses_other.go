//go:build !unix

package machine

// Addresses are the bytes of addresses that this process may have; this system sets no limit.
func Addresses() int64 { return 0 }
