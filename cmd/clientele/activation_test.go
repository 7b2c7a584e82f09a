package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shownCommand is a command on a page, and what it prints.
var shownCommand = regexp.MustCompile("(?s)```\n\\$ clientele ([^\n]*)\n(.*?)```\n")

// word is an argument of a command, perhaps in quotes.
var word = regexp.MustCompile(`"([^"]*)"|\S+`)

// The walk of docs/activation.md prints what the page shows. With -update the page is
// written anew.
func TestActivationPage(t *testing.T) {
	page, err := filepath.Abs(filepath.Join("..", "..", "docs", "activation.md"))
	require.NoError(t, err)
	b, err := os.ReadFile(page)
	require.NoError(t, err)
	text := string(b)
	dir := t.TempDir()
	for _, name := range []string{"shop.csv", "shop.yaml"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
		require.NoError(t, err)
		if name == "shop.yaml" {
			content = append(content, block(t, text, "yaml")...)
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "responses.csv"), []byte("id,campaign,channel,at,event\n"), 0o600))
	t.Chdir(dir)
	shown := 0
	after := shownCommand.ReplaceAllStringFunc(text, func(was string) string {
		shown++
		parts := shownCommand.FindStringSubmatch(was)
		if strings.Contains(parts[1], "2026-04-15 --quiet") { // responses come before this night
			require.NoError(t, os.WriteFile("responses.csv", []byte(block(t, text, "csv")), 0o600))
		}
		var args []string
		for _, w := range word.FindAllStringSubmatch(parts[1], -1) {
			if args = append(args, w[0]); strings.HasPrefix(w[0], `"`) {
				args[len(args)-1] = w[1]
			}
		}
		var printed, errs bytes.Buffer
		require.Equal(t, exitDone, run(args, nil, &printed, &errs), errs.String())
		return "```\n$ clientele " + parts[1] + "\n" + printed.String() + "```\n"
	})
	require.Equal(t, 10, shown)
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(after), 0o600))
		return
	}
	require.Equal(t, after, text, "run: go test ./cmd/clientele -run TestActivationPage -update")
}

// block is what stands in the first block of a language.
func block(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "```"+language+"\n")
	require.True(t, found)
	content, _, found := strings.Cut(rest, "```\n")
	require.True(t, found)
	return content
}
