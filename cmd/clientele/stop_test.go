package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publish"
)

// heeded is how long a signal may take to be heeded.
const heeded = 2 * time.Second

// requireHeeded stops a process, which says so in a line, soon, and leaves nothing
// behind. It tells whether the process was still at work.
func (s *shop) requireHeeded(p *process) bool {
	s.t.Helper()
	sent := time.Now()
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		require.ErrorIs(s.t, err, os.ErrProcessDone)
	}
	<-p.ended
	took := time.Since(sent)
	left, err := filepath.Glob(filepath.Join(s.spill, "*"))
	require.NoError(s.t, err)
	require.Empty(s.t, left)
	if p.command.ProcessState.Success() {
		return false // it was done, or what was left to do could no longer be taken back
	}
	require.Less(s.t, took, heeded)
	require.Equal(s.t, exitFailed, p.command.ProcessState.ExitCode(), p.said.String())
	lines := strings.Split(strings.TrimSpace(p.said.String()), "\n")
	require.Regexp(s.t, `^(clientele: |\{"time":"[^"]+","level":"ERROR","msg":")stopped by a signal; nothing was published("\})?$`, lines[len(lines)-1])
	return true
}

// TestStoppedBySignal asks runs to end at the beginning of each stage and in the midst
// of it: the first signal is enough, whatever it interrupts.
func TestStoppedBySignal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM on this system")
	}
	s := newShop(t, 4000)
	stopped := 0
	for _, stage := range analytics.StepNames {
		model := "nbd"
		if stage == "clv" {
			model = "auto" // which takes long
		}
		flags := []string{"--set", "clv.model=" + model, "--set", "tiers=[{name: gold, qualify: {spend: 100}}]", "--set", "sources.0.columns.category=category"}
		for _, delay := range []time.Duration{0, 30 * time.Millisecond} {
			p := s.start(firstNight, flags...)
			p.await(p.stage[stage])
			time.Sleep(delay)
			if s.requireHeeded(p) {
				stopped++
				require.Equal(t, []string{".lock"}, s.working(), stage)
			}
			require.NoError(t, os.RemoveAll(s.series))
		}
	}
	require.GreaterOrEqual(t, stopped, len(analytics.StepNames), "most were over before the signal came")
}

// TestStoppedWhileClusterIsAway asks runs to end that wait for a Spark server that is not
// there, or one that takes connections and says nothing.
func TestStoppedWhileClusterIsAway(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM on this system")
	}
	s := newShop(t, 50)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, gone.Close())
	for _, address := range []net.Addr{silent.Addr(), gone.Addr()} {
		for _, command := range []string{"run", "check", "backtest"} {
			p := s.command(command, "shop.yaml", "--set", "engine={spark: sc://"+address.String()+", stage: "+t.TempDir()+"}")
			time.Sleep(time.Second) // it has begun to wait
			require.True(t, s.requireHeeded(p), "%s %s", command, address)
			require.Empty(t, spillFolders(t, s.dir))
		}
	}
	require.NoError(t, silent.Close())
}

// TestStoppedBeforeTheTableShowsTheNight has the signal come between the publication and the
// cluster's table: the night is there, and the message says so.
func TestStoppedBeforeTheTableShowsTheNight(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	err := explainEnd(ctx, &analytics.UnshownError{Path: "out/shop/2026-06-30", Table: "lake.crm.customers", Err: errors.New("stopped")})
	require.EqualError(t, err, "output.table: the night is published (out/shop/2026-06-30), and lake.crm.customers may still show the night before: stopped; run the same night again")
}

// spillFolders are those that a run leaves when it cannot end by itself.
func spillFolders(t *testing.T, dir string) (found []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if strings.Contains(path, ".clientele-spill-") {
			found = append(found, path)
		}
		return err
	}))
	return found
}

// working is what is in the folder of the job, which may not be there; a lock counts
// as there.
func (s *shop) working() []string {
	s.t.Helper()
	if _, err := os.Stat(filepath.Join(s.series, ".lock")); err != nil {
		require.NoDirExists(s.t, s.series)
		return []string{".lock"}
	}
	return s.entries()
}

// beginning is how long to wait until a silent command has begun: a signal before that ends it
// without a word. It is five times what the shortest command takes as a whole, as other work on
// the machine comes and goes.
func (s *shop) beginning() time.Duration {
	s.t.Helper()
	started := time.Now()
	p := s.command("version")
	<-p.ended
	require.True(s.t, p.command.ProcessState.Success(), p.said.String())
	return max(5*time.Since(started), 300*time.Millisecond)
}

// TestOtherCommandsStoppedBySignal asks the commands to end that publish nothing.
func TestOtherCommandsStoppedBySignal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM on this system")
	}
	s := newShop(t, 4000)
	table := filepath.Join(s.dir, "summary.csv")
	writeSummary(t, table, 200_000)
	require.NoError(t, os.WriteFile(filepath.Join(s.dir, "model.json"),
		[]byte(`{"model": "pareto-nbd", "unit": "week", "params": {"r": 0.55, "alpha": 10.6, "s": 0.6, "beta": 11.7}}`), 0o600))
	for _, args := range [][]string{
		{"check", "shop.yaml"},
		{"backtest", "shop.yaml"},
		{"clv", "fit", "--model", "pareto-nbd", "summary.csv"},
		{"clv", "predict", "--model", "model.json", "--intervals", "summary.csv", "-o", "scores.csv"},
		{"simulate", "--customers", "100000000", "-o", "big.csv"},
		{"simulate", "--customers", "100000000", "-o", "big.parquet"},
		{"simulate", "--customers", "2000000", "--sort-by-time", "-o", "big.csv.gz"},
	} {
		begun := s.beginning()
		for _, delay := range []time.Duration{begun, 3 * begun} {
			p := s.command(args...)
			time.Sleep(delay)
			s.requireHeeded(p)
			for _, made := range []string{"big.csv", "big.parquet", "big.csv.gz", "scores.csv"} {
				_ = os.Remove(filepath.Join(s.dir, made)) // of a command that was sooner
			}
		}
	}
	left, err := os.ReadDir(s.dir)
	require.NoError(t, err)
	require.Len(t, left, 4, "%v", left) // what was there before
}

// writeSummary writes a table for clv fit, of so many customers.
func writeSummary(t *testing.T, path string, customers int) {
	t.Helper()
	var text strings.Builder
	text.WriteString("customer_id,x,t_x,t\n")
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range customers {
		x, t := dice.IntN(12), 100+300*dice.Float64()
		tx := 0.0
		if x > 0 {
			tx = t * dice.Float64()
		}
		fmt.Fprintf(&text, "%d,%d,%.4f,%.4f\n", i, x, tx, t)
	}
	require.NoError(t, os.WriteFile(path, []byte(text.String()), 0o600))
}

// TestTwoRunsAtOnce has another run hold the job's folder.
func TestTwoRunsAtOnce(t *testing.T) {
	s := newShop(t, 50)
	other, err := publish.Begin(filepath.Join(s.dir, "out"), "shop", time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	p := s.start(firstNight)
	<-p.ended
	require.Equal(t, exitFailed, p.command.ProcessState.ExitCode())
	require.Contains(t, p.said.String(), "publish: out/shop: another run is publishing here; wait for it to end")
	require.NoError(t, other.Abort())
	s.publish(firstNight)
	require.NoError(t, checkWhole(filepath.Join(s.series, firstNight)))
}

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestSummaryCannotBePrinted has the disk of stdout full: the night is
// published all the same, and the message says so.
func TestSummaryCannotBePrinted(t *testing.T) {
	s := newShop(t, 50)
	var errs strings.Builder
	status := run([]string{"run", filepath.Join(s.dir, "shop.yaml"), "--as-of", firstNight, "--log-format", "json"}, nil, fullDisk{}, &errs)
	require.Equal(t, exitFailed, status)
	night := filepath.Join(s.series, firstNight)
	require.Contains(t, errs.String(), `"level":"ERROR","msg":"`+night+` is published, but its summary cannot be printed: no space left on device"}`)
	require.NoError(t, checkWhole(night))
}
