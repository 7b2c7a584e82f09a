package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
)

// shop is a folder with an export, a job file, and what its runs publish.
type shop struct {
	t      *testing.T
	dir    string
	series string // where the nights appear
	spill  string // stands in for the system's temporary folder
	latest string // the night that latest led to when it was last looked at
	flags  []string
}

// newShop simulates an export of so many customers: four thousand keep a run
// busy for some tenths of a second.
func newShop(t *testing.T, customers int) *shop {
	t.Helper()
	dir := t.TempDir()
	s := &shop{t: t, dir: dir, series: filepath.Join(dir, "out", "shop"), spill: t.TempDir()}
	export := filepath.Join(dir, "sales.parquet")
	status := run([]string{
		"simulate", "--preset", "shop", "--customers", strconv.Itoa(customers), "--seed", "4", "--out", export,
	}, nil, io.Discard, io.Discard)
	require.Equal(t, exitDone, status)
	// A model by name: the backtest that auto makes would be most of a run.
	text := "name: shop\nclv: {model: mbg-nbd}\nsources:\n  - path: sales.parquet\n" +
		"    columns: {customer: customer_id, order: order_id, time: time, amount: amount, region: region}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.yaml"), []byte(text), 0o644))
	return s
}

// process is a run of the program in a process of its own.
type process struct {
	command    *exec.Cmd
	speaking   chan struct{}            // closed when it says something
	publishing chan struct{}            // closed when it says that it publishes
	stage      map[string]chan struct{} // closed when it says that the stage begins
	ended      chan struct{}            // closed when it is no more
	said       strings.Builder
}

// start runs a night.
func (s *shop) start(night string, flags ...string) *process {
	s.t.Helper()
	return s.command(append([]string{"run", "shop.yaml", "--as-of", night, "--log-format", "json"}, append(s.flags, flags...)...)...)
}

// command runs the program in the shop's folder.
func (s *shop) command(args ...string) *process {
	s.t.Helper()
	c := exec.Command("clientele", args...)
	c.Dir = s.dir
	c.Env = append(os.Environ(), "TMPDIR="+s.spill)
	lines, err := c.StderrPipe()
	require.NoError(s.t, err)
	require.NoError(s.t, c.Start())
	p := &process{command: c, speaking: make(chan struct{}), stage: map[string]chan struct{}{}, ended: make(chan struct{})}
	for _, name := range append(slices.Clone(analytics.StepNames), "backtest") {
		p.stage[name] = make(chan struct{})
	}
	p.publishing = p.stage["write"]
	go p.listen(lines)
	return p
}

// stageName is how a progress line names the stage that begins.
var stageName = regexp.MustCompile(`\bstage"?[=:]"?([a-z]+)`)

func (p *process) listen(lines io.Reader) {
	scanner := bufio.NewScanner(lines)
	for first := true; scanner.Scan(); first = false {
		if first {
			close(p.speaking)
		}
		p.said.WriteString(scanner.Text() + "\n")
		if named := stageName.FindStringSubmatch(scanner.Text()); named != nil {
			close(p.stage[named[1]])
		}
	}
	_ = p.command.Wait() // the test looks at the state, be it success or not
	close(p.ended)
}

// await waits for something or for the end.
func (p *process) await(what <-chan struct{}) {
	select {
	case <-what:
	case <-p.ended:
	}
}

// awaitFile waits until a file is there or the end.
func (p *process) awaitFile(path string) {
	for {
		if _, err := os.Stat(path); err == nil {
			return
		}
		select {
		case <-p.ended:
			return
		case <-time.After(50 * time.Microsecond):
		}
	}
}

// publish runs a night to its end and tells how long it took.
func (s *shop) publish(night string) pace {
	s.t.Helper()
	begin := time.Now()
	p := s.start(night)
	p.await(p.publishing)
	middle := time.Now()
	<-p.ended
	require.True(s.t, p.command.ProcessState.Success(), p.said.String())
	return pace{whole: time.Since(begin), publishing: time.Since(middle)}
}
