package publish

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The variables that turn the test binary into the program to be killed.
const (
	crashDir      = "PUBLISH_CRASH_DIR"
	crashTwoSteps = "PUBLISH_CRASH_TWO_STEPS"
)

// TestCrashingProgram is no test of its own: the tests below run it in another
// process. It publishes generation after generation of one night, and reports
// each that Commit said is in place.
func TestCrashingProgram(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("runs only in a process that another test kills")
	}
	for n := found(t, filepath.Join(dir, "shop", "2011-12-10")) + 1; ; n++ {
		s := stage(t, dir, "2011-12-10")
		if os.Getenv(crashTwoSteps) != "" {
			s.home.on = swapDisk{swap: func(_, _ string) error { return syscall.EINVAL }}
		}
		generation(t, s, n)
		_, err := s.Commit(nil)
		require.NoError(t, err)
		fmt.Printf("\ncommitted %d\n", n)
	}
}

// found reads which generation is at path.
func found(t *testing.T, path string) int {
	t.Helper()
	n, err := strconv.Atoi(read(t, filepath.Join(path, "customers.csv")))
	require.NoError(t, err)
	requireGeneration(t, path, n)
	return n
}

func TestKilledAtAnyMomentByExchange(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("folders cannot be exchanged in one step on this system")
	}
	dir := t.TempDir()
	night := publishGeneration(t, dir, "2011-12-10", 0)
	for round := range uint64(12) {
		reported := killMidway(t, dir, round)
		// Whole already, before any repair.
		require.GreaterOrEqual(t, found(t, night), reported)
		require.GreaterOrEqual(t, found(t, filepath.Join(dir, "shop", LatestLink)), reported)
	}
}

func TestKilledAtAnyMomentInTwoSteps(t *testing.T) {
	t.Setenv(crashTwoSteps, "1")
	dir := t.TempDir()
	night := publishGeneration(t, dir, "2011-12-10", 0)
	for round := range uint64(12) {
		reported := killMidway(t, dir, round)
		require.NoError(t, stage(t, dir, "2011-12-09").Abort())
		require.GreaterOrEqual(t, found(t, night), reported)
		require.Equal(t, []string{".lock", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))
	}
}

// killMidway starts the program, kills it some time after its first commit, and
// gives the last generation that it reported.
func killMidway(t *testing.T, dir string, seed uint64) (reported int) {
	t.Helper()
	program := exec.Command(os.Args[0], "-test.run=^TestCrashingProgram$")
	program.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := program.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, program.Start())
	delay := time.Duration(rand.New(rand.NewPCG(seed, 0)).Int64N(int64(30 * time.Millisecond)))
	killing := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, ok := strings.CutPrefix(lines.Text(), "committed ")
		if !ok {
			continue
		}
		reported, err = strconv.Atoi(n)
		require.NoError(t, err)
		if !killing {
			killing = true
			time.AfterFunc(delay, func() { _ = program.Process.Kill() })
		}
	}
	require.ErrorContains(t, program.Wait(), "killed")
	return reported
}
