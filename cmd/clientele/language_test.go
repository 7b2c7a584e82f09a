package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// inEveryLanguage are words of Latin letters that a text in Chinese may have, with why.
var inEveryLanguage = []string{
	// What the job file, commands and files call things: to be typed or looked for.
	"as_of", "clv", "rfm", "where", "sources", "columns", "tiers", "gold", "silver", "shop", "out", "latest", "parquet", "csv", "json", "yaml",
	"malformed", "time_unreadable", "amount_unreadable", "anonymous", "rejects", "at_risk", "customers", "cutpoints", "model", "rhythm", "segments",
	"state", "tiers_delta", "tiers_warnings", "run", "order_id", "TEST", "customer", "customer_id", "order", "time", "amount", "sales", "utf", "rf", "grid", "limit",
	"activity", "evidence", "purchases", "report", "html", "p_alive", "cohorts", "equity_ledger", "revenue", "revenue_sources", "retention",
	// Currencies, units of size and time, and the names of models and of their parameters.
	"EUR", "kB", "MB", "s", "mbg", "nbd", "spend", "gamma", "alpha", "a", "b", "r", "p", "q", "m", "f",
}

var latin = regexp.MustCompile(`[A-Za-z][A-Za-z_]*`)

func requireChinese(t *testing.T, what, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		for _, word := range latin.FindAllString(regexp.MustCompile(`C\d{7}`).ReplaceAllString(line, ""), -1) {
			require.True(t, slices.Contains(inEveryLanguage, word), "%s: %q in %q", what, word, line)
		}
	}
}

// A job in Chinese says all of it in Chinese: what is printed, reasons and warnings, also on
// the night after one in English, whose reasons are remembered.
func TestChineseAllThrough(t *testing.T) {
	dir := t.TempDir()
	script, err := txtar.ParseFile("testdata/script/summary.txtar")
	require.NoError(t, err)
	for _, f := range script.Files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600))
	}
	t.Chdir(dir)
	out := func(args ...string) string {
		var said, complained bytes.Buffer
		require.Equal(t, 0, run(args, strings.NewReader(""), &said, &complained), complained.String())
		return said.String()
	}
	zh := []string{"--set", "output.language=zh"}
	out("run", "shop.yaml", "--as-of", "2026-05-31", "--quiet")
	requireChinese(t, "run", out(append([]string{"run", "shop.yaml"}, zh...)...))
	requireChinese(t, "check", out(append([]string{"check", "shop.yaml", "--no-examples"}, zh...)...))
	requireChinese(t, "diff", out("diff", "out/shop/2026-05-31", "out/shop/latest", "--customers"))
	require.Contains(t, out("diff", "out/shop/2026-05-31", "out/shop/latest", "--language", "en"), "customers moved to another segment")
	require.NotContains(t, out("diff", "out/shop/2026-05-31", "out/shop/latest", "--json"), "output.language", "a change of language is no change")

	for file, columns := range map[string][]string{"customers.csv": {"reasons", "tier_reason"}, "at_risk.csv": {"reasons"}, "tiers_delta.csv": {"reason"}} {
		f, err := os.Open(filepath.Join("out/shop/latest", file))
		require.NoError(t, err)
		rows, err := csv.NewReader(f).ReadAll()
		require.NoError(t, err)
		require.NoError(t, f.Close())
		require.Greater(t, len(rows), 1)
		for _, column := range columns {
			at := slices.Index(rows[0], column)
			for _, row := range rows[1:] {
				requireChinese(t, file, row[at])
			}
		}
	}
	var manifest struct {
		Warnings []string `json:"warnings"`
		Model    struct {
			Chosen string `json:"chosen"`
		} `json:"model"`
	}
	b, err := os.ReadFile("out/shop/latest/run.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &manifest))
	require.NotEmpty(t, manifest.Warnings)
	requireChinese(t, "run.json", strings.Join(append(manifest.Warnings, manifest.Model.Chosen), "\n"))
}
