package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	codeBlock    = regexp.MustCompile("(?m)^```([a-z]*)\n((?s:.*?))^```$")
	shellLine    = regexp.MustCompile(`(?m)^(?:bin/)?clientele (?:[^#\n]*[^#\s])`)
	cronLine     = regexp.MustCompile(`(?m)^(?:[0-9*/,-]+ +){5} *(.*)$`)
	unitCommand  = regexp.MustCompile(`(?m)^ExecStart=(.*)$`)
	listCommand  = regexp.MustCompile(`\["clientele", (.*?)\]`)
	podArguments = regexp.MustCompile(`(?m)^ *args: \[(.*)\]$`)
)

// The commands that the README, the tutorial and the how-tos print are run as they stand, in
// a folder where the bundled shop is what the reader is told to have.
func TestPrintedCommands(t *testing.T) {
	t.Parallel()
	require.Equal(t, printedCommands(t, filepath.Join("..", "..", "README.md")), printedCommands(t, filepath.Join("..", "..", "README.zh.md")))
	for _, page := range []string{"README.md", "docs/tutorial.md", "docs/howto/nightly.md", "docs/howto/loyalty-engine.md", "docs/howto/spreadsheet.md"} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			dir := readersFolder(t)
			lines := printedCommands(t, filepath.Join("..", "..", page))
			require.NotEmpty(t, lines)
			for _, line := range lines {
				cmd := exec.Command("sh", "-c", asIn(dir, line))
				cmd.Dir = dir
				out, err := cmd.CombinedOutput()
				require.NoError(t, err, "%s\n%s", line, out)
			}
		})
	}
}

// readersFolder has the bundled shop's job and export, its first night, and a program that takes
// changes of tiers. The job names its model, as a blend would be most of the work.
func readersFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{"shop.yaml": "shop.yaml", "shop.csv": "shop.csv", "./shop.csv": "orders.csv"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", from))
		require.NoError(t, err)
		if from == "shop.yaml" {
			require.Contains(t, string(data), "\nclv:\n")
			data = []byte(strings.Replace(string(data), "\nclv:\n", "\nclv:\n  model: nbd\n", 1))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, to), data, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "send-tiers"), []byte("#!/bin/sh\ntest -s \"$1\"\n"), 0o700))
	cmd := exec.Command("clientele", "run", "shop.yaml", "--quiet")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return dir
}

// printedCommands are those of a page, in its order: of shells, of cron, of units, of a
// program in Python, and of a container.
func printedCommands(t *testing.T, path string) []string {
	t.Helper()
	page, err := os.ReadFile(path)
	require.NoError(t, err)
	var all []string
	for _, block := range codeBlock.FindAllStringSubmatch(string(page), -1) {
		all = append(all, shellLine.FindAllString(block[2], -1)...)
		for _, command := range []*regexp.Regexp{cronLine, unitCommand} {
			for _, found := range command.FindAllStringSubmatch(block[2], -1) {
				all = append(all, found[1])
			}
		}
		for _, list := range []*regexp.Regexp{listCommand, podArguments} {
			for _, found := range list.FindAllStringSubmatch(block[2], -1) {
				all = append(all, "clientele "+strings.NewReplacer(",", " ", " today", " 2026-06-30").Replace(found[1]))
			}
		}
	}
	return all
}

// asIn has a printed command find the program, the job and the publication in a folder.
func asIn(dir, line string) string {
	return strings.NewReplacer("/usr/local/bin/clientele", "clientele", "bin/clientele", "clientele",
		"/srv/clientele", dir, "out/<name>/", "out/shop/", "|| mail", "|| exit 1; : mail").Replace(line)
}

// Blocks of code in the how-tos are whole: what reads such files takes them, where it is there.
func TestPrintedFiles(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "howto", "nightly.md"))
	require.NoError(t, err)
	named := map[string][]string{ // by language, in the order of the page
		"ini": {"clientele.service", "clientele.timer"}, "python": {"dag.py"}, "yaml": {"cronjob.yaml", "keep.yaml"},
	}
	dir := t.TempDir()
	for _, block := range codeBlock.FindAllStringSubmatch(string(page), -1) {
		if block[1] == "" {
			continue
		}
		require.NotEmpty(t, named[block[1]], "a block of %s more than this test knows", block[1])
		text := strings.ReplaceAll(block[2], "/usr/local/bin/clientele", "/bin/true") // verify wants a program that is there
		require.NoError(t, os.WriteFile(filepath.Join(dir, named[block[1]][0]), []byte(text), 0o600))
		named[block[1]] = named[block[1]][1:]
	}
	for name, command := range map[string][]string{
		"units":   {"systemd-analyze", "verify", "./clientele.service", "./clientele.timer"},
		"program": {"python3", "-m", "py_compile", "dag.py"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(command[0]); err != nil {
				t.Skip(err)
			}
			cmd := exec.Command(command[0], command[1:]...)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, "%s", out)
			require.Empty(t, string(out))
		})
	}
}
