package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/simulate/exports"
)

// jobMark is where a page has the job file of a kind; a block of YAML follows it,
// if the kind is read.
var jobMark = regexp.MustCompile("<!-- job: ([a-z-]+) -->\n(\n```yaml\n(?s:.*?)```\n)?")

// The pages of docs/exports have the job file that init writes for each kind;
// -update writes it into them.
func TestExportPages(t *testing.T) {
	seen := map[string]string{}
	for _, path := range exportPages(t) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		page := jobMark.ReplaceAllStringFunc(string(data), func(block string) string {
			kind := jobMark.FindStringSubmatch(block)[1]
			require.Empty(t, seen[kind], "%s stands on two pages", kind)
			seen[kind] = path
			return "<!-- job: " + kind + " -->\n" + jobBlock(t, kind)
		})
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(page), 0o644))
			continue
		}
		require.Equal(t, page, string(data), "%s: run the test with -update", path)
	}
	for _, kind := range exports.Kinds() {
		require.NotEmpty(t, seen[kind], "no page has the job of %s", kind)
	}
}

// jobBlock is the job file that init drafts for a kind, as Markdown.
func jobBlock(t *testing.T, kind string) string {
	t.Helper()
	return "\n```yaml\n" + draftOf(t, kind).job + "```\n"
}

func exportPages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "exports", "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	return pages
}

// The index names every page, and every command of a page names a file of the
// kind that follows it.
func TestExportIndex(t *testing.T) {
	index, err := os.ReadFile(filepath.Join("..", "..", "docs", "exports.md"))
	require.NoError(t, err)
	for _, path := range exportPages(t) {
		require.Contains(t, string(index), "(exports/"+filepath.Base(path)+")")
	}
}

// The commands of the pages name the files of the kind that follows them.
func TestExportPagesNameTheFiles(t *testing.T) {
	command := regexp.MustCompile(`(?m)^    clientele init (.*)$`)
	for _, path := range exportPages(t) {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, at := range command.FindAllSubmatchIndex(data, -1) {
			line := string(data[at[2]:at[3]])
			mark := jobMark.FindSubmatch(data[at[1]:])
			require.NotNil(t, mark, "%s: no job follows %s", path, line)
			e, err := exports.Write(exports.Options{Kind: string(mark[1]), Customers: 3, Seed: 1})
			require.NoError(t, err)
			first, _, _ := strings.Cut(e.Files[0].Path, "/")
			require.True(t, strings.Contains(line, first) || strings.Contains(line, "olist_*.csv"), "%s: %s is of %s", path, line, first)
			if e.Zone != "UTC" {
				require.Contains(t, line, "--timezone "+e.Zone, path)
			}
		}
	}
}
