package engine_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// awkward are texts that have broken SQL by string concatenation before.
var awkward = []string{
	`plain`, `with space`, `O'Brien`, `say "hi"`, `''`, `""`, `'; DROP TABLE t; --`, `"; DROP TABLE t; --`,
	`a\nb`, "a\nb", `$1`, `?`, `{{.}}`, `select`, `客户`, `-- note`, `/* note */`, `\`, `E'\x41'`, `a.b`, "tab\t",
}

// FuzzIdentifier checks that a column may have any name: it comes back with
// that name, and nothing of it is run.
func FuzzIdentifier(f *testing.F) {
	for _, name := range awkward {
		f.Add(name)
	}
	e := open(f, engine.Options{Threads: 1})
	f.Fuzz(func(t *testing.T, name string) {
		if !sqlText(name) || name == "" {
			t.Skip("no text that a file's header can hold")
		}
		rows, err := engine.Text(t.Context(), e, "SELECT column_name FROM (DESCRIBE SELECT 1 AS "+engine.Identifier(name)+")")
		require.NoError(t, err)
		require.Equal(t, [][]string{{name}}, rows)
	})
}

// FuzzLiteral checks that a text of any content comes back as it was.
func FuzzLiteral(f *testing.F) {
	for _, text := range awkward {
		f.Add(text)
	}
	f.Add("")
	e := open(f, engine.Options{Threads: 1})
	f.Fuzz(func(t *testing.T, text string) {
		if !sqlText(text) {
			t.Skip("no text that SQL can hold")
		}
		rows, err := engine.Text(t.Context(), e, "SELECT "+engine.Literal(text))
		require.NoError(t, err)
		require.Equal(t, [][]string{{text}}, rows)
	})
}

// sqlText tells whether a text can stand in a statement at all.
func sqlText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
