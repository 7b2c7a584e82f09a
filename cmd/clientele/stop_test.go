package main

import (
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
)

// TestStoppedBySignal asks a run to end while it reads: it says so in a line,
// whatever was interrupted, and leaves nothing behind.
func TestStoppedBySignal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM on this system")
	}
	s := newShop(t, 20_000)
	p := s.start(firstNight)
	p.await(p.speaking)
	require.NoError(t, p.command.Process.Signal(syscall.SIGTERM))
	<-p.ended
	require.Equal(t, exitFailed, p.command.ProcessState.ExitCode(), p.said.String())
	lines := strings.Split(strings.TrimSpace(p.said.String()), "\n")
	require.Equal(t, "clientele: stopped by a signal; nothing was published", lines[len(lines)-1])
	require.NoDirExists(t, filepath.Join(s.series, firstNight))
	left, err := filepath.Glob(filepath.Join(s.spill, "*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestTwoRunsAtOnce has another run hold the job's folder.
func TestTwoRunsAtOnce(t *testing.T) {
	s := newShop(t, 50)
	other, err := publish.Begin(filepath.Join(s.dir, "out"), "shop", time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	p := s.start(firstNight)
	<-p.ended
	require.Equal(t, exitFailed, p.command.ProcessState.ExitCode())
	require.Contains(t, p.said.String(), "\nclientele: publish: out/shop: another run is publishing here; wait for it to end\n")
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
	require.Contains(t, errs.String(), "\nclientele: "+night+" is published, but its summary cannot be printed: no space left on device\n")
	require.NoError(t, checkWhole(night))
}
