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
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// nasty is text that a terminal would obey: a window title, cleared screen, a
// line of its own, another direction, and the one-byte form of an escape.
const nasty = "\x1b]0;x\x07\x1b[2J\nclientele: forged\r\u202e\u009b31m\u2066"

// requireInert checks that a terminal only shows the text, line by line.
func requireInert(t require.TestingT, text string) {
	require.True(t, utf8.ValidString(text), "%q", text)
	for _, r := range text {
		require.False(t, unicode.IsControl(r) && r != '\n' || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c", r), "%q", text)
	}
}

type named string

// Whatever is printed, it is one line, or one line of a table for each row.
func TestPrinterIsInert(t *testing.T) {
	texts := rapid.OneOf(rapid.String(), rapid.Just(nasty),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		var out bytes.Buffer
		p := &printer{w: &out}
		p.line("%s|%v|%-8s|%s|%q", text, named(text), text, fmt.Errorf("of %s", text), text)
		p.table([]any{text, "customers"}, [][]any{{text, figure("1")}, {named(text), figure("2")}})
		require.NoError(t, p.err)
		requireInert(t, out.String())
		require.Equal(t, 5, strings.Count(out.String(), "\n"), "%q", out.String())
	})
}

// nastyShop is a job whose names of files, columns, segments, tiers and
// categories are all nasty.
func nastyShop(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in "+nasty)
	require.NoError(t, os.Mkdir(dir, 0o700))
	var rows strings.Builder
	fmt.Fprintf(&rows, "id,day,amount,\"thing%s\"\n", nasty)
	for i := range 60 {
		fmt.Fprintf(&rows, "\"c%d%s\",2026-%02d-01,%d,\"t%d%s\"\n", i%20, nasty, 1+i/20, 10+i, i%2, nasty)
	}
	quoted, err := json.Marshal(nasty) // which YAML reads alike
	require.NoError(t, err)
	name := strings.Trim(string(quoted), `"`)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop"+nasty+".csv"), []byte(rows.String()), 0o600))
	file := filepath.Join(dir, "job"+nasty+".yaml")
	require.NoError(t, os.WriteFile(file, []byte(`name: shop
as_of: 2026-04-01
sources:
  - path: "shop`+name+`.csv"
    columns: {customer: id, time: day, amount: amount, category: "\"thing`+name+`\"", attributes: {kind: id}}
clv: {model: nbd}
rfm: {segments: [{name: "a`+name+`", label: "A`+name+`", r: 1-2}, {name: b, label: "B`+name+`", r: 3-5}]}
tiers: {levels: [{name: "gold`+name+`", qualify: {spend: 40}}]}
`), 0o600))
	return file
}

// No name reaches a terminal as more than text, in results, messages and logs.
func TestHostileNamesReachNoTerminal(t *testing.T) {
	file := nastyShop(t)
	out := filepath.Join(filepath.Dir(file), "out")
	spoiled := filepath.Join(filepath.Dir(file), "summary"+nasty+".csv")
	require.NoError(t, os.WriteFile(spoiled, []byte("customer_id,x,t_x,"+strings.ReplaceAll(nasty, "\n", " ")+"\na,1,2,3\n"), 0o600))
	for _, c := range []struct {
		status int
		args   []string
	}{
		{exitDone, []string{"check", file}},
		{exitDone, []string{"run", file, "--as-of", "2026-03-01"}},
		{exitDone, []string{"run", file}},
		{exitDone, []string{"run", file, "--json", "--log-format", "json"}},
		{exitDone, []string{"diff", filepath.Join(out, "shop", "2026-03-01"), filepath.Join(out, "shop", "2026-04-01"), "--customers"}},
		{exitDone, []string{"diff", filepath.Join(out, "shop", "2026-03-01"), filepath.Join(out, "shop", "2026-04-01"), "--json"}},
		{exitDone, []string{"backtest", file}},
		{exitUsage, []string{"run", file, "--set", "sources.0.columns.customer=nobody" + nasty}},
		{exitUsage, []string{"run", file, "--set", nasty}},
		{exitUsage, []string{"run", file, "--set", "rfm.method=" + nasty}},
		{exitUsage, []string{"check", file, "--set", "sources.0.path=" + nasty}},
		{exitUsage, []string{"run", file + nasty}},
		{exitUsage, []string{"run", spoiled}},
		{exitUsage, []string{nasty}},
		{exitUsage, []string{"run", file, "--" + nasty}},
		{exitUsage, []string{"run", file, nasty}},
		{exitUsage, []string{"diff", nasty, file}},
		{exitUsage, []string{"backtest", file, "--models", nasty}},
		{exitUsage, []string{"simulate", "--preset", nasty}},
		{exitUsage, []string{"simulate", "--start", nasty, "--end", nasty}},
		{exitFailed, []string{"simulate", "--customers", "1", "-o", filepath.Join(nasty, "x.csv")}},
		{exitData, []string{"clv", "fit", spoiled}},
		{exitData, []string{"clv", "fit", nasty}},
		{exitData, []string{"clv", "predict", "--model", spoiled, spoiled}},
	} {
		var stdout, stderr bytes.Buffer
		require.Equal(t, c.status, run(c.args, nil, &stdout, &stderr), "%q: %s", c.args, &stderr)
		requireInert(t, stdout.String())
		requireInert(t, stderr.String())
		require.NotEmpty(t, stdout.String()+stderr.String())
		// Nor does a name forge a line.
		for line := range strings.Lines(stderr.String()) {
			require.Regexp(t, `^(clientele: |time=|\{"time":)`, line, "%q", c.args)
			require.NotRegexp(t, `^clientele: forged`, line)
		}
	}
}

// Only the printer writes for people: what goes by it is not made harmless.
func TestOnlyThePrinterPrints(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	direct := regexp.MustCompile(`fmt\.(Fp|P)rint|os\.Std(out|err)\.|slog\.New\w+Handler\(os`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "fault.go" { // writes a trace to a file of its own
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NotRegexp(t, direct, string(text), file)
	}
}
