package job_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTextThatIsNoJobFile(t *testing.T) {
	const nothing = "f.yaml:1:1: the file is empty; want at least name and sources"
	for _, c := range []struct{ text, want string }{
		{"", nothing},
		{"# a comment\n", nothing},
		{"---\n", nothing},
		{"- a\n", "f.yaml:1:1: a list is not a job file; want a mapping with at least the keys name and sources"},
		{"shop", `f.yaml:1:1: this text is not a job file; want a mapping with at least the keys name and sources`},
		{"name: a\xff\n", "f.yaml:1:8: not UTF-8 text; save the file as UTF-8"},
		{"name: é\n\xff", "f.yaml:2:1: not UTF-8 text; save the file as UTF-8"},
		{"a: " + strings.Repeat("[", 65), "f.yaml:1:68: nested more than 64 levels deep; a job file needs 7"},
		{strings.Repeat("- ", 65), "f.yaml:1:129: nested more than 64 levels deep; a job file needs 7"},
		{strings.Repeat("#", 1<<20+1), "f.yaml:1:1: 1048577 bytes is too long for a job file; want at most 1048576"},
	} {
		require.Equal(t, c.want, refused(t, c.text))
	}
}

// Syntax errors come one at a time, on one line, without an excerpt of the file.
func TestYAMLSyntax(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"rfm:\n\tbins: 5\n", `f.yaml:2:1: not valid YAML: found character '\t' that cannot start any token`},
		{"name: 'a\n", "f.yaml:1:7: not valid YAML: could not find end character of single-quoted text"},
		{"name: [a\n", "f.yaml:1:7: not valid YAML: sequence end token ']' not found"},
	} {
		require.Equal(t, c.want, refused(t, c.text))
	}
}

func TestYAMLBeyondAJobFile(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{
			minimal + "---\nname: two\n",
			"f.yaml:5:1: a second YAML document starts here; a job file is one document, so remove the --- or split the file",
		},
		{
			minimal + "<<: {currency: GBP}\n",
			"f.yaml:5:1: YAML merge keys (<<) are not supported; write the keys out, or use an alias for a whole value",
		},
		{minimal + "currency: !!str GBP\n", `f.yaml:5:11: YAML tag "!!str" is not supported; remove it`},
		{minimal + "currency: *gbp\n", "f.yaml:5:11: no anchor &gbp stands before the alias *gbp; if it is meant as text, put quotes around it: currency: '*gbp'"},
		{minimal + "null: 1\n", "f.yaml:5:1: a key here is not plain text; want `key: value`"},
		{minimal + "name: b\n", `f.yaml:5:1: duplicate key "name", given before at f.yaml:1:1; keep one`},
		{minimal + "clv: {unit: day, unit: day}\n", `f.yaml:5:18: duplicate key "unit", given before at f.yaml:5:7; keep one`},
	} {
		require.Equal(t, c.want, refused(t, c.text))
	}
}

func TestOtherSpellingsOfTheSameFile(t *testing.T) {
	want := parse(t, minimal+"currency: GBP\n")
	for name, text := range map[string]string{
		"line ends of Windows": strings.ReplaceAll(minimal+"currency: GBP\n", "\n", "\r\n"),
		"byte order mark":      "\ufeff" + minimal + "currency: GBP\n",
		"document markers":     "---\n" + minimal + "currency: GBP\n...\n",
		"directive":            "%YAML 1.2\n---\n" + minimal + "currency: GBP\n",
		"anchor and alias":     "name: &n shop\n" + minimal[len("name: shop\n"):] + "currency: &g GBP\noutput: {dir: out}\n",
		"JSON":                 `{"name":"shop","sources":[{"path":"a.csv","columns":{"customer":"c","time":"t","amount":"a"}}],"currency":"GBP"}`,
	} {
		got := parse(t, text)
		require.Equal(t, want.Name, got.Name, name)
		require.Equal(t, want.Currency, got.Currency, name)
		require.Equal(t, want.Sources[0].Columns, got.Sources[0].Columns, name)
	}
}
