package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMemoryFlag(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2GB", "2.0 GB"},
		{"1.5 GB", "1.5 GB"},
		{"512MiB", "537 MB"},
	} {
		var m memory
		require.NoError(t, m.Set(c.text), c.text)
		require.Equal(t, c.want, m.String())
	}
	for _, c := range []struct{ text, want string }{
		{"much", `"much" is not a size of memory; write it as 2GB, 1.5GB or 800MB`},
		{"-2GB", `"-2GB" is not a size of memory; write it as 2GB, 1.5GB or 800MB`},
		{"", `"" is not a size of memory; write it as 2GB, 1.5GB or 800MB`},
		{"2", "2 B are too little; the least that a run needs is 134 MB"},
		{"1EB", "1.0 EB are more than the "},
	} {
		var m memory
		require.ErrorContains(t, m.Set(c.text), c.want, c.text)
	}
}

// A run that needs more memory than it may take ends with a message.
func TestTooLittleMemory(t *testing.T) {
	t.Parallel()
	s := newShop(t, 90000)
	t.Run("flag", func(t *testing.T) { tooLittleByFlag(t, s) })
	t.Run("cgroup", func(t *testing.T) { tooLittleInCgroup(t, s) })
}

// A run whose addresses are bounded (ulimit -v) takes no more memory than they leave, and says so where
// that is too little; the program would abort in the midst of it.
func TestTooFewAddresses(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the shell bounds no addresses")
	}
	s := newShop(t, 50)
	for _, command := range []string{"run shop.yaml --as-of " + firstNight, "check shop.yaml", "backtest shop.yaml"} {
		c := exec.Command("sh", "-c", "ulimit -v 2600000 && exec clientele "+command)
		c.Dir = s.dir
		said, err := c.CombinedOutput()
		require.Error(t, err)
		require.Equal(t, exitFailed, c.ProcessState.ExitCode(), string(said))
		require.Equal(t, "clientele: out of memory: the 2.7 GB of addresses that ulimit -v allows, which leave 131 MB of memory, are too little; the least that a run needs is 134 MB;"+
			" nothing was published; run it after ulimit -v unlimited, and bound its memory by --memory or a cgroup\n", string(said))
	}
}

// However many threads and however few addresses, a run publishes or says that it cannot.
func TestFewAddressesAbortNothing(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere the shell bounds no addresses")
	}
	s := newShop(t, 20000)
	for _, kilobytes := range []int{2700000, 3000000, 3400000} {
		for _, threads := range []int{1, 64} {
			c := exec.Command("sh", "-c", fmt.Sprintf("ulimit -v %d && exec clientele run shop.yaml --quiet --as-of %s --threads %d", kilobytes, firstNight, threads))
			c.Dir = s.dir
			said, err := c.CombinedOutput()
			if err != nil {
				require.Equal(t, exitFailed, c.ProcessState.ExitCode(), "%d kB, %d threads: %s", kilobytes, threads, said)
				require.Contains(t, string(said), "of addresses that ulimit -v allows")
			}
		}
	}
}

func tooLittleByFlag(t *testing.T, s *shop) {
	p := s.start(firstNight, "--memory", "135MB", "--threads", "1")
	<-p.ended
	require.Equal(t, exitFailed, p.command.ProcessState.ExitCode(), p.said.String())
	require.Regexp(t, `out of memory while [a-z ]+: --memory 135 MB is too little; .*; nothing was published; give it more, or fewer --threads`, p.said.String())
	require.NoDirExists(t, filepath.Join(s.series, firstNight))

	p = s.start(firstNight, "--memory", "800MB", "--threads", "1")
	<-p.ended
	require.True(t, p.command.ProcessState.Success(), p.said.String())
}

// In a cgroup, the default is less than what brings the kernel to kill.
func tooLittleInCgroup(t *testing.T, s *shop) {
	const allowed = "three quarters of what the cgroup of this container allows, are too little; "
	for _, c := range []struct {
		bytes int
		want  string
	}{
		{160e6, "clientele: out of memory: 120 MB, " + allowed + "the least that a run needs is 134 MB; nothing was published; "},
		{182e6, "clientele: out of memory while "},
		{182e6, ": 136 MB, " + allowed},
	} {
		command := exec.Command("clientele", "run", "shop.yaml", "--as-of", firstNight, "--quiet", "--threads", "1")
		command.Dir = s.dir
		said, err := runIn(t, command, cgroup(t, c.bytes))
		require.Error(t, err)
		require.Equal(t, exitFailed, command.ProcessState.ExitCode(), said)
		require.Contains(t, said, c.want)
	}
}

// cgroup makes a cgroup of so many bytes below that of the test, and gives its folder. It
// takes a system with cgroups of version 1, and a user who may make them.
func cgroup(t *testing.T, bytes int) string {
	t.Helper()
	own, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		t.Skip("a system without cgroups")
	}
	_, of, found := strings.Cut(string(own), ":memory:")
	if !found {
		t.Skip("no cgroup of version 1 that bounds memory")
	}
	of, _, _ = strings.Cut(of, "\n")
	dir := filepath.Join("/sys/fs/cgroup/memory", of, fmt.Sprintf("clientele-test-%d", rand.Uint64()))
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Skipf("this user makes no cgroups: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, os.Remove(dir)) })
	require.NoError(t, os.WriteFile(filepath.Join(dir, "memory.limit_in_bytes"), []byte(strconv.Itoa(bytes)), 0o644))
	return dir
}

// runIn runs a command in a cgroup and gives what it said. A shell goes in first, and
// becomes the command.
func runIn(t *testing.T, c *exec.Cmd, dir string) (said string, err error) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	require.NoError(t, err)
	c.Args = append([]string{"sh", "-c", `echo $$ > "$0" && exec "$@"`, filepath.Join(dir, "cgroup.procs"), c.Path}, c.Args[1:]...)
	c.Path = shell
	var text strings.Builder
	c.Stdout, c.Stderr = io.Discard, &text
	err = c.Run()
	return text.String(), err
}
