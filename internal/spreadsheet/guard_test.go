package spreadsheet_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/spreadsheet"
)

func TestGuardedText(t *testing.T) {
	for name, texts := range map[string][]string{
		"formulas":            {"=1+1", "+491701234567", "-5", "@SUM(A1)", "-", "="},
		"ends of lines":       {"\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx"},
		"controls":            {"\x00=1", "\x00x", "\x1b[31m", "\x7fx", "\u0085x"},
		"full width":          {"＝1", "＋1", "－1", "＠x"},
		"small forms":         {"﹦1", "﹢1", "﹣1", "﹫x"},
		"minus":               {"−5"},
		"other forms":         {"⁼1", "⁺1", "⁻1", "₌1", "₊1", "₋1", "﬩1", "⩵1"},
		"invisible":           {"\ufeff=1", "\ufeffx", "\u200b=1", "\u200bx", "\u2060=1", "\u00ad=1", "\u202e=1", "\u3164=1", "\ufe0f=1", "\U000e0020=1"},
		"spaces before":       {" =1", "\u00a0=1", "\u3000+1", " \u200b-1", "\u2028=1"},
		"broken bytes before": {"\xff=1", "\xef\xbb=1"},
		"apostrophes":         {"'", "''", "'x", "'=1"},
		"long numbers":        {"1234567890123456", "4012888888881881", " 1234567890123456"},
		"leading zeros":       {"007", "00", " 7", "7 "},
		"exponents":           {"1e5", "12E345", "1234e567"},
		"dates and times":     {"5-4-3", "3-4", "1/2", "2026-01-05", "12:30", "1.2.2026"},
		"fractions, amounts":  {"1.10", ".5", ",5", "1,000", "5%", "%5", "(123)"},
		"months":              {"MARCH1", "sep1", "SEPT2", "12-May", "May-12", "Dec-99", "5 Jan", "1 jan 2026", "Oct 1, 2026", "JUN 2026"},
		"clock":               {"5 AM", "5:30 pm"},
	} {
		for _, text := range texts {
			require.Equal(t, "'"+text, spreadsheet.Guard(text), "%s: %q", name, text)
		}
	}
}

func TestTextLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "plain", "O'Brien", "a=b", "a-5", "Ａ", "考察期", "é", "\xef", "\xff", "\ufffd", " x", "x'", "(none)", "…",
		"0", "7", "17850", "123456789012345", "12a", "1 st", "5-4-x", "#3", "e5", "%", "May", "marching 1", "MAR-12-X", "C0000048", "MAR00012", "may1@shop", "am 5", "5 amp",
	} {
		require.Equal(t, text, spreadsheet.Guard(text), "%q", text)
		require.False(t, spreadsheet.Guards(text), "%q", text)
	}
}

// anyText draws text of which much needs a guard.
var anyText = rapid.OneOf(
	rapid.String(),
	rapid.StringOfN(rapid.SampledFrom([]rune("'=+-@＝﹣−\t\r\n\x00\ufeff\u200b 07.eE(x")), 0, 20, -1),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 8), func(b []byte) string { return string(b) }),
)

// What is guarded reads back to the byte, so that no two texts share a cell.
func TestGuardReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyText.Draw(t, "a"), anyText.Draw(t, "b")
		require.Equal(t, a, spreadsheet.Unguard(spreadsheet.Guard(a)))
		require.Equal(t, a == b, spreadsheet.Guard(a) == spreadsheet.Guard(b))
	})
}

// Whatever the text, its cell begins with an apostrophe or with nothing that
// starts a formula, seen or unseen.
func TestGuardedTextIsInert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := spreadsheet.Guard(anyText.Draw(t, "text"))
		if strings.HasPrefix(cell, "'") {
			return
		}
		seen := strings.TrimLeft(cell, " \t\r\n\x00\ufeff\u200b")
		require.NotRegexp(t, `^[-=+@＝＋－＠﹦﹢﹣﹫−]`, seen)
		require.NotRegexp(t, `^([0-9]{16,}|0[0-9]+)$`, cell)
	})
}

func BenchmarkGuards(b *testing.B) {
	texts := []string{"17850", "champions", "usually every 14 days", "5-4-3", "", "gold"}
	for b.Loop() {
		for _, text := range texts {
			spreadsheet.Guards(text)
		}
	}
}
