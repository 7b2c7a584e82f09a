package analytics_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

var (
	fenced  = regexp.MustCompile("(?s)```.*?```")
	linked  = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	inLink  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// Every link of a page leads to a file that there is, and to a heading of it.
func TestLinksOfTheDocuments(t *testing.T) {
	seen := 0
	for _, page := range pagesBelow(t, "..") {
		text := fenced.ReplaceAllString(pageText(t, page), "")
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue // the tests reach no other machine
			}
			seen++
			name, anchor, _ := strings.Cut(m[1], "#")
			target := page
			if name != "" {
				target = filepath.Join(filepath.Dir(page), name)
			}
			require.True(t, exists(target), "%s links to %s, which is not there", page, m[1])
			if anchor != "" && strings.HasSuffix(target, ".md") {
				require.Contains(t, anchorsOf(pageText(t, target)), anchor, "%s links to %s", page, m[1])
			}
		}
	}
	require.Greater(t, seen, 100)
}

// pagesBelow are the pages of the project.
func pagesBelow(t *testing.T, root string) (pages []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "out" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".md") {
			pages = append(pages, path)
		}
		return nil
	}))
	return pages
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func pageText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// anchorsOf are the anchors of a page's headings, as web sites of repositories make them:
// small letters, digits, and - for blanks.
func anchorsOf(text string) (anchors []string) {
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		var b strings.Builder
		for _, r := range strings.ToLower(inLink.ReplaceAllString(strings.TrimSpace(m[1]), "$1")) {
			switch {
			case r == ' ':
				b.WriteByte('-')
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
				b.WriteRune(r)
			}
		}
		anchors = append(anchors, b.String())
	}
	return anchors
}
