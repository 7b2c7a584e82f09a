package wording

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValuesAndForms(t *testing.T) {
	say := Language{entries: map[string]entry{
		"a.rows":  mustParse(t, `{"by": "rows", "one": "{rows} row of {file}", "other": "{rows} rows of {file}"}`),
		"a.twice": mustParse(t, `"{x} and {x}"`),
	}}
	require.Equal(t, "1 row of a.csv", say.Say("a.rows", "rows", 1, "file", "a.csv"))
	require.Equal(t, "1,234 rows of a.csv", say.Say("a.rows", "file", "a.csv", "rows", int64(1234)))
	require.Equal(t, "0 rows of a.csv", say.Say("a.rows", "file", "a.csv", "rows", int32(0)))
	require.Equal(t, "y and y", say.Say("a.twice", "x", "y"))
	require.Equal(t, "y and y", string(say.AppendTo([]byte("y"), "a.twice", "x", "y")[1:]))
}

// A missing text must not fail a night.
func TestWhatIsMissingShows(t *testing.T) {
	say := Language{entries: map[string]entry{"a.b": mustParse(t, `"{x}!"`)}}
	require.Equal(t, "a.c", say.Say("a.c"))
	require.Equal(t, "{x}!", say.Say("a.b"))
}

func TestBrokenEntries(t *testing.T) {
	for _, text := range []string{`"{x"`, `"{}"`, `{"by": "n", "one": "x"}`, `7`} {
		_, err := parse(json.RawMessage(text))
		require.Error(t, err, text)
	}
}

func TestLanguages(t *testing.T) {
	require.Equal(t, "en", In("en").Code())
	require.Equal(t, "zh-Hans", In("zh").Code())
	require.Equal(t, "en", In("").Code())
	require.Equal(t, "a, b and c", In("en").List("a", "b", "c"))
	require.Equal(t, "a、b和c", In("zh").List("a", "b", "c"))
	require.Equal(t, "a", In("zh").List("a"))
	require.Empty(t, In("zh").List())
}

func mustParse(t *testing.T, text string) entry {
	t.Helper()
	e, err := parse(json.RawMessage(text))
	require.NoError(t, err)
	return e
}
