package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// breaking is a writer that panics once, when it is to write some words, with a text
// that holds a customer's data.
type breaking struct {
	io.Writer
	at string
}

func (b *breaking) Write(p []byte) (int, error) {
	if b.at != "" && strings.Contains(string(p), b.at) {
		b.at = ""
		panic("ann@example.com")
	}
	return b.Writer.Write(p)
}

// faults gives a folder in place of the system's temporary one, and a function that
// requires one trace in it.
func faults(t *testing.T) (requireTrace func() string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	return func() string {
		t.Helper()
		found, err := filepath.Glob(filepath.Join(dir, "*"))
		require.NoError(t, err)
		require.Len(t, found, 1)
		info, err := os.Stat(found[0])
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		text, err := os.ReadFile(found[0])
		require.NoError(t, err)
		require.Contains(t, string(text), "clientele 0.1.0")
		require.Contains(t, string(text), "panic: ann@example.com\n\ngoroutine ")
		require.Contains(t, string(text), "(*breaking).Write(")
		return found[0]
	}
}

// A panic is one line and status 1, wherever it comes from; nothing is published, and
// nothing is left behind but the trace.
func TestPanicIsAFaultOfTheProgram(t *testing.T) {
	s := newShop(t, 50)
	jobFile := filepath.Join(s.dir, "shop.yaml")
	for _, stage := range []string{"load", "clv", "publish"} {
		t.Run(stage, func(t *testing.T) {
			requireTrace := faults(t)
			var said strings.Builder
			status := run([]string{"run", jobFile, "--as-of", firstNight}, nil, io.Discard, &breaking{&said, "stage=" + stage})
			require.Equal(t, exitFailed, status)
			lines := strings.Split(strings.TrimSuffix(said.String(), "\n"), "\n")
			require.Equal(t, "clientele: this is a fault of the program (clientele.(*breaking).Write at fault_test.go:27); "+
				"nothing was published; the trace is in "+requireTrace()+", please report it", lines[len(lines)-1])
			require.NotContains(t, said.String(), "ann@example.com")
			require.NoDirExists(t, filepath.Join(s.series, firstNight))
			require.Equal(t, []string{".lock"}, s.working())
		})
	}
}

// What was published before the panic is said to be.
func TestPanicAfterThePublication(t *testing.T) {
	s := newShop(t, 50)
	requireTrace := faults(t)
	var said strings.Builder
	status := run([]string{"run", filepath.Join(s.dir, "shop.yaml"), "--as-of", firstNight, "--quiet", "--json"}, nil, &breaking{io.Discard, "run_id"}, &said)
	require.Equal(t, exitFailed, status)
	night := filepath.Join(s.series, firstNight)
	require.Regexp(t, `^clientele: this is a fault of the program \(clientele\.\(\*breaking\)\.Write at fault_test\.go:27\); `+
		regexp.QuoteMeta(night+" is published; the trace is in "+requireTrace()+", please report it")+"\n$", said.String())
	require.NoError(t, checkWhole(night))
}

// Where no trace can be written the line says so.
func TestPanicWithoutAPlaceForItsTrace(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "absent"))
	var said strings.Builder
	require.Equal(t, exitFailed, run([]string{"version"}, nil, &breaking{io.Discard, "clientele"}, &said))
	require.Contains(t, said.String(), "; its trace could not be written: ")
	require.Equal(t, 1, strings.Count(said.String(), "\n"))
}

// What the runtime itself gives up on is no wrong command line either.
func TestStackWithoutEnd(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("signals are of Linux")
	}
	c := exec.Command("clientele-without-end")
	c.Dir = t.TempDir()
	require.Error(t, c.Run())
	status := c.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, status.Signaled(), "exit status %d", c.ProcessState.ExitCode())
	require.Equal(t, syscall.SIGABRT, status.Signal())
	require.False(t, status.CoreDump())
	left, err := os.ReadDir(c.Dir)
	require.NoError(t, err)
	require.Empty(t, left)
}
