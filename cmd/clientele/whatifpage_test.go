package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The question that docs/asset.md shows has the answer that the program prints. With -update
// the page is written anew.
func TestWhatIfPage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	var errs bytes.Buffer
	job := filepath.Join("..", "..", "testdata", "shop.yaml")
	require.Equal(t, exitDone, run([]string{"run", job, "--as-of", "2026-06-30", "--out", out, "--quiet"}, nil, &errs, &errs), errs.String())
	page := filepath.Join("..", "..", "docs", "asset.md")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	const prompt = "```\n$ clientele whatif shop.yaml "
	before, rest, found := strings.Cut(string(text), prompt)
	require.True(t, found)
	asked, rest, _ := strings.Cut(rest, "\n")
	shown, after, found := strings.Cut(rest, "```\n")
	require.True(t, found)

	var printed bytes.Buffer
	args := append([]string{"whatif", filepath.Join(out, "shop", "2026-06-30")}, strings.Fields(asked)...)
	require.Equal(t, exitDone, run(args, nil, &printed, &errs), errs.String())
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+prompt+asked+"\n"+printed.String()+"```\n"+after), 0o600))
		return
	}
	require.Equal(t, printed.String(), shown, "run: go test ./cmd/clientele -run TestWhatIfPage -update")
}
