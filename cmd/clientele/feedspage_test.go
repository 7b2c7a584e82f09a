package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/feeds/shapes"
)

// The marks of docs/feeds.md, each with what the test puts behind it.
var (
	shapesMark = regexp.MustCompile("(?s)<!-- shapes -->\n.*?<!-- end -->")
	factsMark  = regexp.MustCompile("(?s)<!-- facts: ([a-z-]+) -->\n.*?<!-- end -->")
	feedMark   = regexp.MustCompile("<!-- feed: ([a-z./-]+) -->\n(\n```(?s:.*?)```\n)?")
)

// docs/feeds.md has what shapes say of themselves, and what a run writes; -update writes it.
func TestFeedsPage(t *testing.T) {
	name := filepath.Join("..", "..", "docs", "feeds.md")
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	night := feedsOfBundledShop(t)
	seen := map[string]bool{}
	page := shapesMark.ReplaceAllString(string(text), "<!-- shapes -->\n"+shapesTable()+"<!-- end -->")
	page = factsMark.ReplaceAllStringFunc(page, func(block string) string {
		s, known := shapes.Named(factsMark.FindStringSubmatch(block)[1])
		require.True(t, known, block)
		seen[s.Name] = true
		return "<!-- facts: " + s.Name + " -->\n\n" + factsOf(s) + "<!-- end -->"
	})
	page = feedMark.ReplaceAllStringFunc(page, func(block string) string {
		file := feedMark.FindStringSubmatch(block)[1]
		rows, err := os.ReadFile(filepath.Join(night, filepath.FromSlash(file)))
		require.NoError(t, err)
		return "<!-- feed: " + file + " -->\n\n" + firstRows(t, file, rows)
	})
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(page), 0o644))
		return
	}
	require.Equal(t, page, string(text), "run the test with -update")
	for _, s := range shapes.All {
		require.True(t, seen[s.Name], "the page has nothing of %s", s.Name)
	}
}

// feedsOfBundledShop runs the bundled shop twice, with all shapes, and gives the folder of the
// second night's feeds.
func feedsOfBundledShop(t *testing.T) string {
	t.Helper()
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	require.NoError(t, err)
	job, err := os.ReadFile(filepath.Join(testdata, "shop.yaml"))
	require.NoError(t, err)
	var text strings.Builder
	text.WriteString(string(job) + "\nfeeds:\n")
	for _, s := range shapes.All {
		text.WriteString("  - {shape: " + s.Name)
		for _, id := range s.IDs {
			if id.Column == "" {
				text.WriteString(", ids: {" + id.Name + ": customer_id}")
			}
		}
		text.WriteString("}\n")
	}
	dir := t.TempDir()
	shop, err := os.ReadFile(filepath.Join(testdata, "shop.csv"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.csv"), shop, 0o600))
	file := filepath.Join(dir, "shop.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text.String()), 0o600))
	for _, night := range []string{"2026-06-29", "2026-06-30"} {
		var out, errs bytes.Buffer
		require.Zero(t, run([]string{"run", file, "--as-of", night, "--quiet"}, strings.NewReader(""), &out, &errs), errs.String())
	}
	return filepath.Join(dir, "out", "shop", "2026-06-30", "feeds")
}

func shapesTable() string {
	var b strings.Builder
	b.WriteString("| `shape` | engine | file | what to do with it |\n|---|---|---|---|\n")
	for _, s := range shapes.All {
		file := "CSV"
		if s.Format == shapes.JSONL {
			file = fmt.Sprintf("JSON, a request on each line: at most %d rows", s.Batch.Rows)
			if s.Batch.Bytes > 0 {
				file += fmt.Sprintf(" and %d MB", s.Batch.Bytes/1_000_000)
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", s.Name, s.Title, file, s.How)
	}
	return b.String()
}

// factsOf are the ids of a shape, its sources, and what these do not say.
func factsOf(s *shapes.Shape) string {
	ids := "Any"
	if s.OtherIDs == nil || s.OtherIDs[0] != "*" {
		ids = "`" + strings.Join(s.IDNames(), "`, `") + "`"
	}
	var text strings.Builder
	text.WriteString("`ids`: " + ids + ".\n\n")
	for _, source := range s.Sources {
		text.WriteString("- by <" + source + ">\n")
	}
	for _, fact := range s.Unverified {
		text.WriteString("- not verified: " + fact + "\n")
	}
	if len(s.Sources) > 0 {
		text.WriteString("\n")
	}
	return text.String()
}

// firstRows are the first two rows of a file, or the first of a request.
func firstRows(t *testing.T, file string, rows []byte) string {
	t.Helper()
	if !strings.HasSuffix(file, ".jsonl") {
		lines := bytes.SplitAfterN(rows, []byte("\n"), 4)
		return "```csv\n" + string(bytes.Join(lines[:3], nil)) + "```\n"
	}
	line, _, _ := bytes.Cut(rows, []byte("\n"))
	var request any
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&request))
	short, err := json.MarshalIndent(firstOfLists(request), "", "  ")
	require.NoError(t, err)
	return "```json\n" + string(short) + "\n```\n"
}

// firstOfLists keeps the first item of every list.
func firstOfLists(v any) any {
	switch v := v.(type) {
	case []any:
		return []any{firstOfLists(v[0])}
	case map[string]any:
		for key, value := range v {
			v[key] = firstOfLists(value)
		}
	}
	return v
}
