package analytics

import "runtime"

// Options is what a run takes from its surroundings. But for Fresh none may change what
// it publishes.
type Options struct {
	// Fresh leaves all earlier publications behind: tonight is the first night of a new
	// history, and says so.
	Fresh bool

	Memory int64 // bytes, of the Go heap and the engine together; 0: three quarters of what is allowed

	Threads  int               // 0: as many as the machine has cores
	SpillDir string            // for what does not fit into memory; empty: beside the publications
	Step     func(name string) // called as each step begins; nil: not called
	Version  string            // of the program, for run.json
	// Reading is called as the exports are read, with the bytes so far and those of all
	// exports, perhaps by several goroutines at a time; nil: not called.
	Reading func(read, total int64)

	allotted *allotment // see inBudget; nil: no budget
}

func (o Options) withDefaults() Options {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.Step == nil {
		o.Step = func(string) {}
	}
	return o
}
