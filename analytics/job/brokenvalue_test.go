package job_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// inBlock and inBraces are a job file with an amount to fill in.
const (
	inBlock  = "name: shop\nsources:\n  - path: a.csv\n    columns:\n      customer: id\n      time: t\n      amount: AMOUNT\n    where: x > 0\n"
	inBraces = "name: shop\nsources:\n  - path: a.csv\n    columns: {customer: id, time: t, amount: AMOUNT}\n    where: x > 0\n"
)

func withAmount(file, amount string) string { return strings.Replace(file, "AMOUNT", amount, 1) }

// A message about an expression that YAML breaks has the line mended. What it
// says to write is read as the expression that was meant.
func TestBrokenExpressions(t *testing.T) {
	for _, meant := range []string{
		`"a" - "b"`, `'x' = Status`, `"a"::int`, `a: b`, `case when s = 'x: y' then 1 end`, `Status = 'x: "y"'`, `a + "it's: b"`,
		`@a`, "`a`", "`a` * 2", `!a`, `!a and b`, `*a`, `*a + 1`, `{a} + 1`, `[a] + 1`, `|a`, `> 5`, `- price`, `? a`, `{a}`, `[a]`, `&a b`,
	} {
		text := withAmount(inBlock, meant)
		_, err := job.Parse("f.yaml", []byte(text), nil, time.Now)
		require.Error(t, err, meant)
		require.NotContains(t, err.Error(), "\n", "one message about %s", meant)
		require.Contains(t, err.Error(), "f.yaml:7:", meant)
		_, mended, found := strings.Cut(err.Error(), ": amount: ")
		require.True(t, found, "%s: %v", meant, err)
		require.Equal(t, meant, parse(t, withAmount(inBlock, mended)).Sources[0].Columns.Amount)
	}
}

func TestBrokenExpressionsInBraces(t *testing.T) {
	for _, meant := range []string{`"a" - "b"`, `'x' = Status`, `@a`, "`a`", `coalesce(a, b)`, `[a] + 1`} {
		_, err := job.Parse("f.yaml", []byte(withAmount(inBraces, meant)), nil, time.Now)
		require.Error(t, err, meant)
		_, mended, found := strings.Cut(err.Error(), "whole value: ")
		if !found { // the comma makes keys of what follows it
			require.Contains(t, err.Error(), "a comma in braces ends a value; put quotes around an expression that has one")
			continue
		}
		got := parse(t, strings.Replace(inBraces, "columns: {customer: id, time: t, amount: AMOUNT}", mended, 1))
		require.Equal(t, meant, got.Sources[0].Columns.Amount, err)
	}
}

// The whole of a message, once for each sign.
func TestBrokenExpressionsExplained(t *testing.T) {
	for _, c := range []struct{ amount, want string }{
		{`"a" - "b"`, `f.yaml:7:15: not valid YAML: a value that begins with a quote ends with the next one to YAML, and more follows; put quotes around the whole value: amount: '"a" - "b"'`},
		{`a: b`, `f.yaml:7:15: not valid YAML: a colon and a space within a value make a key of what stands before them to YAML; put quotes around the whole value: amount: 'a: b'`},
		{`@a`, `f.yaml:7:15: not valid YAML: YAML allows no value that begins with @; put quotes around the whole value: amount: '@a'`},
		{`{a} + 1`, `f.yaml:7:15: not valid YAML: a value that begins with { is a mapping to YAML; put quotes around the whole value: amount: '{a} + 1'`},
		{`{a}`, `f.yaml:7:15: sources.0.columns.amount: a mapping is not text; if it is meant as text, put quotes around it: amount: '{a}'`},
		{`*a`, `f.yaml:7:15: no anchor &a stands before the alias *a; if it is meant as text, put quotes around it: amount: '*a'`},
		{`!a`, `f.yaml:7:15: YAML tag "!a" is not supported; remove it; if it is meant as text, put quotes around it: amount: '!a'`},
		{`&a b`, `f.yaml:7:18: sources.0.columns.amount: &a is a name for the value to YAML, and nothing refers to it; if it is meant as text, put quotes around the whole value: amount: '&a b'`},
	} {
		require.Equal(t, c.want, refused(t, withAmount(inBlock, c.amount)))
	}
}

// What is right YAML stays what it is, also on the line above an error.
func TestRightValuesAreNotBlamed(t *testing.T) {
	for _, right := range []string{`"a" # as it comes`, `a # b: c`, `'"a" - "b"'`, `a::int`, `-a`, `"a: b"`, `'{a}'`} {
		text := withAmount(inBlock, right)
		parse(t, text)
		require.NotContains(t, refused(t, text+"\tname: x\n"), "quotes", right)
	}
}

// What YAML takes for a comment is kept for messages about the column.
func TestCommentBehindAColumn(t *testing.T) {
	for amount, want := range map[string]string{
		`Order #`: " #", `price #2 `: " #2", `a  # as it comes`: "  # as it comes", `"a" # x`: "", `a`: "",
	} {
		require.Equal(t, want, parse(t, withAmount(inBlock, amount)).Sources[0].CommentBehind("columns.amount"), amount)
	}
}

// Words that people use for a language or a key of another place are told what
// to write.
func TestWhatToWriteInstead(t *testing.T) {
	for text, want := range map[string]string{
		"output: {language: cn}\n":      `f.yaml:5:20: output.language: unknown language "cn"; write language: zh`,
		"output: {language: Chinese}\n": `f.yaml:5:20: output.language: unknown language "Chinese"; write language: zh`,
		"output: {language: en_US}\n":   `f.yaml:5:20: output.language: unknown language "en_US"; write language: en`,
		"language: cn\n":                `f.yaml:5:1: unknown key "language"; it stands under output; write output: {language: zh}`,
		"dir: here\n":                   `f.yaml:5:1: unknown key "dir"; it stands under output; write output: {dir: here}`,
	} {
		require.Equal(t, want, refused(t, minimal+text))
	}
	require.Equal(t, `f.yaml:1:7: name: "my shop!" is not fit for a folder; want letters, digits, . _ and -, not beginning with a dot; write name: my-shop`,
		refused(t, strings.Replace(minimal, "name: shop", "name: my shop!", 1)))
}
