//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestFilesThatAreNone has pipes that nobody writes to, and devices without an end, in
// the place of every file that is read or locked but the exports: each is refused at
// once, in one line, and nothing is published.
func TestFilesThatAreNone(t *testing.T) {
	s := newShop(t, 50)
	in := func(name string) string { return filepath.Join(s.dir, name) }
	for name, text := range map[string]string{
		"summary.csv": "customer_id,x,t_x,t\na,1,2,3\n",
		"model.json":  `{"model": "nbd", "unit": "week", "params": {"r": 0.5, "alpha": 10}}`,
		"pins.csv":    "customer_id,tier,until\n",
	} {
		require.NoError(t, os.WriteFile(in(name), []byte(text), 0o600))
	}
	jobFile := in("shop.yaml")
	run1 := []string{
		"run", jobFile, "--as-of", nightAfter(1), "--quiet",
		"--set", "tiers.levels=[{name: gold, qualify: {spend: 100}}]", "--set", "tiers.pins=pins.csv",
	}
	require.Equal(t, exitDone, run([]string{"run", jobFile, "--as-of", firstNight, "--quiet"}, nil, io.Discard, io.Discard))
	night := filepath.Join("out", "shop", firstNight)
	for _, c := range []struct {
		file   string
		status int
		args   []string
	}{
		{"shop.yaml", exitUsage, run1},
		{"shop.yaml", exitUsage, []string{"check", jobFile}},
		{"shop.yaml", exitUsage, []string{"backtest", jobFile}},
		{"pins.csv", exitUsage, run1},
		{"out/shop/.lock", exitFailed, run1},
		{filepath.Join(night, "run.json"), exitData, run1},
		{filepath.Join(night, "state.parquet"), exitData, run1},
		{filepath.Join(night, "rhythm.json"), exitData, run1},
		{filepath.Join(night, "model.json"), exitData, run1},
		{filepath.Join(night, "cutpoints.json"), exitData, run1},
		{filepath.Join(night, "state.parquet"), exitData, []string{"verify", in(night)}},
		{filepath.Join(night, "segments.csv"), exitData, []string{"verify", in(night)}},
		{filepath.Join(night, "run.json"), exitData, []string{"verify", in(night)}},
		{filepath.Join(night, "state.parquet"), exitData, []string{"diff", in(night), in("out/shop/other")}},
		{"summary.csv", exitData, []string{"clv", "fit", in("summary.csv")}},
		{"summary.csv", exitData, []string{"clv", "predict", "--model", in("model.json"), in("summary.csv")}},
		{"model.json", exitData, []string{"clv", "predict", "--model", in("model.json"), in("summary.csv")}},
	} {
		for kind, put := range map[string]func(path string) error{
			"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
			"a device": func(path string) error { return os.Symlink("/dev/zero", path) },
			"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		} {
			if c.file == "shop.yaml" && kind == "a folder" {
				continue // it has words of its own
			}
			if c.file == "out/shop/.lock" && kind == "a device" {
				kind = "a link"
			}
			if c.args[0] == "diff" {
				require.NoError(t, os.CopyFS(in("out/shop/other"), os.DirFS(in(night))))
			}
			path := in(c.file)
			require.NoError(t, os.Rename(path, path+".kept"))
			require.NoError(t, put(path))
			var said, out strings.Builder
			began := time.Now()
			status := run(c.args, nil, &out, &said)
			require.Less(t, time.Since(began), 10*time.Second)
			require.Equal(t, c.status, status, "%s as %s: %s", kind, c.file, said.String())
			require.Contains(t, said.String()+out.String(), "it is "+kind+", not a regular file", c.file)
			require.Equal(t, 1, strings.Count(said.String(), "\n"), said.String())
			require.NoDirExists(t, in(filepath.Join("out", "shop", nightAfter(1))))
			require.NoError(t, os.Remove(path))
			require.NoError(t, os.Rename(path+".kept", path))
			require.NoError(t, os.RemoveAll(in("out/shop/other")))
		}
	}
	require.Equal(t, exitDone, run(run1, nil, io.Discard, io.Discard), "all is as it was")
}

// TestStoppedWhileNobodyReads has a command wait for the reader of a pipe that does not
// read: it ends all the same.
func TestStoppedWhileNobodyReads(t *testing.T) {
	s := newShop(t, 50)
	pipe := filepath.Join(s.dir, "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	begun := s.beginning()
	p := s.command("simulate", "--customers", "1000", "-o", "pipe")
	time.Sleep(begun)
	sent := time.Now()
	require.NoError(t, p.command.Process.Signal(syscall.SIGTERM))
	<-p.ended
	require.Less(t, time.Since(sent), heeded)
	require.Equal(t, exitFailed, p.command.ProcessState.ExitCode())
	require.Equal(t, "clientele: stopped by a signal, before it could end by itself; the next run clears away what it left\n", p.said.String())
}
