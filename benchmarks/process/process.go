package process

import (
	"bytes"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// Usage is what a process took from its start to its end.
type Usage struct {
	Wall    time.Duration
	CPU     time.Duration // user and system, of all threads
	PeakMiB float64       // most memory resident at a time, MiB
}

// Run runs a command and gives what the kernel accounts to it when it ends. The
// command's standard error becomes part of the error of one that fails.
//
// On Linux a new process inherits the peak of the one that started it until it
// has loaded its own program, and keeps the higher of both. A benchmark itself
// should therefore stay small: everything that needs memory is a process.
func Run(cmd *exec.Cmd) (Usage, error) {
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return Usage{}, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, said.Bytes())
	}
	state := cmd.ProcessState
	return Usage{
		Wall:    wall,
		CPU:     state.UserTime() + state.SystemTime(),
		PeakMiB: float64(state.SysUsage().(*syscall.Rusage).Maxrss) * maxrssUnit() / (1 << 20),
	}, nil
}

// maxrssUnit is the bytes that the kernel's figure for peak memory counts in.
func maxrssUnit() float64 {
	if runtime.GOOS == "darwin" {
		return 1
	}
	return 1 << 10
}
