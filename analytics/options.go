package analytics

import (
	"runtime"
	"time"

	"clientele/internal/sparkconnect"
)

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
	// OnCluster is called while a cluster works on a statement, with the tasks that are done
	// and those that are known of; nil: not called.
	OnCluster func(done, known int64)
	// Waiting is called before each wait for a cluster that is out of reach; nil: not called.
	Waiting func(fault error, wait time.Duration)

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

// stopGrace is how long a cluster may take to say that it stopped, when the run is stopped. The
// program is to end by itself 1.5 seconds after a signal, and has folders to remove by then.
// What the cluster does not confirm was asked of it all the same.
const stopGrace = time.Second

// connection gives the options of a connection to a cluster: what it tells, and the tag of
// its statements.
func (o Options) connection(tag string) sparkconnect.Options {
	c := sparkconnect.Options{Client: "clientele", Tags: []string{tag}, Waiting: o.Waiting, StopGrace: stopGrace}
	if o.OnCluster != nil {
		c.Progress = func(p sparkconnect.Progress) { o.OnCluster(p.TasksDone, p.Tasks) }
	}
	return c
}
