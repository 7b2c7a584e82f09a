package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Sections of docs/asset.md that have a job and its export print what they show. With
// -update the page is written anew.
func TestAssetPageSections(t *testing.T) {
	page, err := filepath.Abs(filepath.Join("..", "..", "docs", "asset.md"))
	require.NoError(t, err)
	for _, heading := range []string{"Accounts and households", "Referrals"} {
		t.Run(heading, func(t *testing.T) {
			b, err := os.ReadFile(page)
			require.NoError(t, err)
			before, section, found := strings.Cut(string(b), "\n## "+heading+"\n")
			require.True(t, found)
			section, after, more := strings.Cut(section, "\n## ")
			t.Chdir(t.TempDir())
			for kind, name := range map[string]string{"yaml": "shop.yaml", "csv": "sales.csv"} {
				require.NoError(t, os.WriteFile(name, []byte(block(t, section, kind)), 0o600))
			}
			shown := printAnew(t, section)
			if *update {
				if more {
					after = "\n## " + after
				}
				require.NoError(t, os.WriteFile(page, []byte(before+"\n## "+heading+"\n"+shown+after), 0o600))
				return
			}
			require.Equal(t, shown, section, "run: go test ./cmd/clientele -run TestAssetPageSections -update")
		})
	}
}

// printAnew runs the commands that a text shows, and puts what they print in place of what
// the text says that they do.
func printAnew(t *testing.T, text string) string {
	t.Helper()
	return shownCommand.ReplaceAllStringFunc(text, func(was string) string {
		var all strings.Builder
		for _, command := range commandsOf(was) {
			var args []string
			for _, w := range word.FindAllStringSubmatch(command, -1) {
				if args = append(args, w[0]); strings.HasPrefix(w[0], `"`) {
					args[len(args)-1] = w[1]
				}
			}
			var printed, errs bytes.Buffer
			require.Equal(t, exitDone, run(args, nil, &printed, &errs), errs.String())
			all.WriteString("$ clientele " + command + "\n" + printed.String())
		}
		return "```\n" + all.String() + "```\n"
	})
}

// commandsOf are the commands that a block of a page shows.
func commandsOf(block string) (commands []string) {
	for line := range strings.Lines(block) {
		if command, is := strings.CutPrefix(line, "$ clientele "); is {
			commands = append(commands, strings.TrimSuffix(command, "\n"))
		}
	}
	return commands
}
