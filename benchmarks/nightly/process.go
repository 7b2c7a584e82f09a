package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// usage is what a process took from its start to its end.
type usage struct {
	wall    time.Duration
	cpu     time.Duration // user and system, of all threads
	peakMiB float64       // most memory resident at a time, MiB
}

// timed runs a program and gives what the kernel accounts to it when it ends.
//
// On Linux a new process inherits the peak of the one that started it until it
// has loaded its own program, and keeps the higher of both. The benchmark
// itself therefore stays small: everything that needs memory is a process.
func timed(ctx context.Context, program string, args ...string) (usage, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, said.Bytes())
	}
	state := cmd.ProcessState
	return usage{
		wall:    wall,
		cpu:     state.UserTime() + state.SystemTime(),
		peakMiB: float64(state.SysUsage().(*syscall.Rusage).Maxrss) * maxrssUnit() / (1 << 20),
	}, nil
}

// maxrssUnit is the bytes that the kernel's figure for peak memory counts in.
func maxrssUnit() float64 {
	if runtime.GOOS == "darwin" {
		return 1
	}
	return 1 << 10
}
