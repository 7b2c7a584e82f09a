package publication

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

var update = flag.Bool("update", false, "write docs/files.md")

// docs/files.md is what the registries say, and is written from them:
//
//	go test ./analytics/publication -run Files -update
func TestFilesAreDocumented(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "files.md")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(filesPage()), 0o644))
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, filesPage(), string(text), "write docs/files.md anew with -update")
}

// All files are described, each once.
func TestFilesAreDescribed(t *testing.T) {
	var described []string
	for _, f := range Files {
		described = append(described, f.Names...)
		require.NotEmpty(t, f.Doc)
	}
	for _, l := range column.Lists {
		require.NotEmpty(t, l.Doc, l.File)
	}
	require.ElementsMatch(t, append(fileNames(t), publish.ManifestFile, publish.SuccessFile), described)
}

func filesPage() string {
	var b strings.Builder
	b.WriteString(`# Files

What a [publication](publication.md) holds. A file whose key of the job file is off is left out. Of the lists,
[lists](lists.md) says which columns they have. This page is written from the program.

| file | one row for each | key | what it is for |
|---|---|---|---|
`)
	row := func(names []string, row, key, doc string) {
		if key != "" {
			key = "`" + key + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", strings.Join(names, "`, `"), row, key, doc)
	}
	row(Files[0].Names, Files[0].Row, Files[0].Asked, Files[0].Doc) // everybody, before the lists of some
	for _, l := range column.Lists {
		row([]string{l.File}, l.Row, l.Stage.Setting(), l.Doc)
	}
	for _, f := range Files[1:] {
		row(f.Names, f.Row, f.Asked, f.Doc)
	}
	return b.String()
}

// fileNames are the texts of the constants of files.go.
func fileNames(t *testing.T) (names []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "files.go", nil, 0)
	require.NoError(t, err)
	ast.Inspect(f, func(n ast.Node) bool {
		if c, ok := n.(*ast.ValueSpec); ok {
			name, err := strconv.Unquote(c.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			names = append(names, name)
		}
		return true
	})
	return names
}
