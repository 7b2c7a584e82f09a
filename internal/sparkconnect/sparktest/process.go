package sparktest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"clientele/internal/concurrent"
)

// guard runs a command, and kills it and all that it started when nobody holds the other
// end of its standard input any longer: a test that crashes leaves no Java behind.
const guard = `exec 3<&0
{ cat <&3 >/dev/null; kill -9 0; } &
"$@" 3<&- </dev/null &
wait $!`

// process is a Java with the processes that it starts, a process group of its own.
type process struct {
	name  string
	log   string // file with what it says
	group int
	held  io.Closer // its life
	ended chan struct{}
}

func start(dir, name string, env []string, argv ...string) (*process, error) {
	p := &process{name: name, log: filepath.Join(dir, name+".log"), ended: make(chan struct{})}
	log, err := os.Create(p.log)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	// It outlives the context of whoever starts it, and is ended by stop.
	cmd := exec.CommandContext(context.Background(), "sh", append([]string{"-c", guard, "sh"}, argv...)...)
	cmd.Env, cmd.Dir = append(os.Environ(), env...), dir
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	cmd.Stdin, p.held = read, write
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	p.group = cmd.Process.Pid
	var waiting concurrent.Group
	waiting.Go(func() {
		defer close(p.ended)
		_ = cmd.Wait() // how it ended is in its log
	})
	return p, nil
}

// kill ends the process and those that it started, as kill -9 does.
func (p *process) kill() {
	_ = syscall.Kill(-p.group, syscall.SIGKILL)
	<-p.ended
	_ = p.held.Close()
}

// until waits for a condition, as long as the process lives and ctx does.
func (p *process) until(ctx context.Context, what string, is func() bool) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended before %s: %s", p.name, what, tail(p.log))
		case <-ctx.Done():
			return fmt.Errorf("%s: no %s in time: %s", p.name, what, tail(p.log))
		case <-tick.C:
		}
	}
	return nil
}

// tail gives the end of a log without its stack traces, for messages.
func tail(path string) string {
	const most = 10 // lines
	log, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(string(log)), "\n"), func(line string) bool {
		return strings.HasPrefix(line, "\tat ")
	})
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
