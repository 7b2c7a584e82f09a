package terminal_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/terminal"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"考察期 é café":            "考察期 é café",
		"a\u00a0b\u3000c":       "a\u00a0b\u3000c",
		"می\u200cروم":           "می\u200cروم",
		"\x1b[31mred":           `\x1b[31mred`,
		"two\nlines\r\n\tb":     `two\nlines\r\n\tb`,
		"\x00\x07\x7f":          `\x00\x07\x7f`,
		"\u009b31m\u0085":       `\u009b31m\u0085`,
		"\x9b31m \xff":          `\x9b31m \xff`,
		"gold\u202eevil\u2066x": `gold\u202eevil\u2066x`,
		"\ufeff\u200b\u2028":    `\ufeff\u200b\u2028`,
		"\U000e0041":            `\U000e0041`,
		"\ufffd \ufffd\x1b":     "\ufffd \ufffd" + `\x1b`,
		`a\nb`:                  `a\nb`,
	} {
		require.Equal(t, want, terminal.Text(text), "%q", text)
	}
}

// hostile draws text of which much is to be escaped.
var hostile = rapid.OneOf(
	rapid.String(),
	rapid.StringOfN(rapid.SampledFrom([]rune("ab\x1b[\n\r\t\x00\x7f\u009b\u202e\u2066\u2028\ufeff\u200f\U000e0041\ufffd考")), 0, 20, -1),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }),
)

func TestTextIsInert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		requireInert(t, terminal.Text(hostile.Draw(t, "text")))
	})
}

// The same document comes out of a JSON writer, and nothing in it is obeyed.
func TestJSONIsInert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := map[string]string{hostile.Draw(t, "key"): hostile.Draw(t, "value")}
		var plain, safe bytes.Buffer
		for w, encoder := range map[*bytes.Buffer]*json.Encoder{&plain: json.NewEncoder(&plain), &safe: json.NewEncoder(terminal.JSON(&safe))} {
			encoder.SetIndent("", "  ")
			encoder.SetEscapeHTML(false)
			require.NoError(t, encoder.Encode(value), w)
		}
		requireInert(t, strings.ReplaceAll(safe.String(), "\n", ""))
		var want, got map[string]string
		require.NoError(t, json.Unmarshal(plain.Bytes(), &want))
		require.NoError(t, json.Unmarshal(safe.Bytes(), &got))
		require.Equal(t, want, got)
	})
}

func TestLines(t *testing.T) {
	var out bytes.Buffer
	n, err := terminal.Lines(&out).Write([]byte("a\x1b\nb\u202e\n"))
	require.NoError(t, err)
	require.Equal(t, 8, n)
	require.Equal(t, "a"+`\x1b`+"\nb"+`\u202e`+"\n", out.String())
}

// What is no terminal gets data as they are.
func TestDataElsewhere(t *testing.T) {
	var out bytes.Buffer
	require.Same(t, &out, terminal.Data(&out))
	f, err := os.Create(t.TempDir() + "/data.csv")
	require.NoError(t, err)
	defer f.Close()
	require.Same(t, f, terminal.Data(f))
}

// requireInert checks that a terminal only shows the text.
func requireInert(t require.TestingT, text string) {
	require.True(t, utf8.ValidString(text), "%q", text)
	for _, r := range text {
		require.False(t, unicode.IsControl(r) || strings.ContainsRune("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029", r), "%q", text)
	}
}
