// Package machine says how much memory there is, and keeps a process within its share.
//
//	Allowed                      what the cgroup or the machine allows
//	Budget -> Watch -> Context   done, with a [TooLittle] as its cause, once the process takes more
//
// A process that takes more than its cgroup allows is killed without a word. One that
// takes more than its budget, which is less, hears of it in time to say so.
//
// What counts is the memory that only giving it back can free: not the pages of files,
// which the kernel drops when it needs room. The Go heap counts, and so does what is
// allocated behind Go's back, by an engine that is not written in Go.
package machine
