//go:build unix

package main

import "golang.org/x/sys/unix"

// leaveNoCore keeps an aborted program from leaving its memory, which holds
// customers' data, in a file. Where it cannot be kept from that, it runs all the same.
func leaveNoCore() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
