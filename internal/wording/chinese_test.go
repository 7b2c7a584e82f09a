package wording

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// chinese are the texts of the Chinese catalogue, as they stand in its files, by their keys.
func chinese(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("zh", "*.json"))
	require.NoError(t, err)
	texts := map[string]string{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		var entries map[string]any
		require.NoError(t, json.Unmarshal(b, &entries))
		for key, entry := range entries {
			switch e := entry.(type) {
			case string:
				texts[key] = e
			case map[string]any:
				for _, form := range []string{"one", "other"} {
					texts[key+" ("+form+")"], _ = e[form].(string)
				}
			}
		}
	}
	require.NotEmpty(t, texts)
	return texts
}

// refused are the words that the glossary of docs/development.md has others for, with these.
func refused(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "development.md"))
	require.NoError(t, err)
	_, table, found := strings.Cut(string(b), "| English | Chinese | not |\n|---|---|---|\n")
	require.True(t, found)
	words := map[string]string{}
	for line := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 3 {
			break
		}
		for word := range strings.SplitSeq(cells[2], ",") {
			if word = strings.TrimSpace(word); word != "" {
				words[word] = strings.TrimSpace(cells[1])
			}
		}
	}
	require.Greater(t, len(words), 20)
	return words
}

// A thing has one word.
func TestChineseHasOneWordForOneThing(t *testing.T) {
	words := refused(t)
	for key, text := range chinese(t) {
		for word, instead := range words {
			require.NotContains(t, text, word, "%s: say %s", key, instead)
		}
	}
}

// No spaces stand beside Chinese characters, those that a line begins with aside.
func TestChineseStandsWithoutSpaces(t *testing.T) {
	all := chinese(t)
	const han = `[\x{3000}-\x{303f}\x{4e00}-\x{9fff}\x{ff00}-\x{ffef}“”‘’]`
	spaced := regexp.MustCompile(han + " | " + han)
	require.Regexp(t, spaced, "共 {n}")
	require.Regexp(t, spaced, "{n} 位")
	for key, text := range all {
		require.NotRegexp(t, spaced, strings.TrimLeft(text, " "), key)
	}
}
