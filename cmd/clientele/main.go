// Command clientele turns transaction exports into a ranked, explained list of
// customers, every night, from one file that says how.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	breakByAbort()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// breakByAbort has what no program survives, such as a stack without an end, end it
// by SIGABRT: the runtime's exit status of 2 would pass for a wrong command line.
func breakByAbort() {
	leaveNoCore()
	debug.SetTraceback("crash")
}
