package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The customer that docs/explain.md shows is the one that the program prints. With -update
// the page is written anew.
func TestExplainedPage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	job := filepath.Join("..", "..", "testdata", "shop.yaml")
	for _, night := range []string{"2026-05-31", "2026-06-30"} {
		var errs bytes.Buffer
		require.Equal(t, exitDone, run([]string{"run", job, "--as-of", night, "--out", out, "--quiet"}, nil, &errs, &errs), errs.String())
	}
	page := filepath.Join("..", "..", "docs", "explain.md")
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	const prompt = "```\n$ clientele explain out/shop/2026-06-30 "
	before, rest, found := strings.Cut(string(text), prompt)
	require.True(t, found)
	id, rest, _ := strings.Cut(rest, "\n")
	shown, after, found := strings.Cut(rest, "```\n")
	require.True(t, found)

	var printed, errs bytes.Buffer
	require.Equal(t, exitDone, run([]string{"explain", filepath.Join(out, "shop", "2026-06-30"), id}, nil, &printed, &errs), errs.String())
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+prompt+id+"\n"+printed.String()+"```\n"+after), 0o600))
		return
	}
	require.Equal(t, printed.String(), shown, "run: go test ./cmd/clientele -run TestExplainedPage -update")
}
