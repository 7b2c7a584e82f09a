package wording

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// catalogue is one for tests.
func catalogue(t *testing.T) Language {
	t.Helper()
	return Language{entries: map[string]entry{
		"list.clause": mustParse(t, `"; "`),
		"a.rows":      mustParse(t, `{"by": "rows", "one": "{rows} row of {file}", "other": "{rows} rows of {file}"}`),
		"a.why":       mustParse(t, `"as {why}"`),
		"a.end":       mustParse(t, `"over"`),
	}}
}

// What a night remembers says the same as before it was remembered, whatever is in it.
func TestAMessageIsSaidAsItIsRemembered(t *testing.T) {
	say := catalogue(t)
	odd := "a\\tb\tc\nd=e:f\\"
	for _, c := range []struct {
		m    Message
		want string
	}{
		{Message{}, ""},
		{Of("a.end"), "over"},
		{Of("a.rows", "rows", Plain(1), "file", odd), "1 row of " + odd},
		{Of("a.rows", "rows", 1234, "file", errors.New("x")), "1,234 rows of x"},
		{Of("a.rows", "rows", Plain(1234), "file", "x"), "1234 rows of x"},
		{Of("a.why", "why", Of("a.why", "why", Words(odd))), "as as " + odd},
		{Of("a.end").And(Words(odd)).And(Of("a.why", "why", Of("a.end").And(Of("a.end")))), "over; " + odd + "; as over; over"},
	} {
		require.Equal(t, c.want, say.Word(c.m))
		text, err := c.m.MarshalText()
		require.NoError(t, err)
		require.Equal(t, c.want, string(say.AppendRemembered(nil, string(text))), "%q", text)
		var back Message
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, c.want, say.Word(back), "%q", text)
		again, err := back.MarshalText()
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
	}
}

func TestAppendClause(t *testing.T) {
	b := AppendClause(AppendClause(nil, "a.end"), "a.why", "why:", string(AppendClause(nil, "a.rows", "rows", "1", "file", "x\ty")))
	require.Equal(t, "over; as 1 row of x\ty", string(catalogue(t).AppendRemembered(nil, string(b))))
}

func TestMessagesInJSON(t *testing.T) {
	m := Of("list.and", "list", "x\t", "last", Words("y"))
	b, err := json.Marshal(m)
	require.NoError(t, err)
	var back Message
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, "x\t and y", back.String())
	require.Equal(t, "x\t和y", In("zh").Word(back))
	require.Error(t, back.UnmarshalText([]byte("list.and\tlist")))
}

func TestIsRemembered(t *testing.T) {
	for text, want := range map[string]bool{
		"list.clause": true, "list.and\tlist=x": true, "list.clause\n=x": true, "=x": true,
		"spend 5 in the 12 months to 2026-01-01, gold asks for 4": false, "": false,
	} {
		require.Equal(t, want, IsRemembered(text), text)
	}
}

// What is missing shows in what was remembered too.
func TestWhatIsMissingOfARememberedMessageShows(t *testing.T) {
	require.Equal(t, "as {why}; a.gone", string(catalogue(t).AppendRemembered(nil, "a.why\ty=1\na.gone\tx=1")))
}
