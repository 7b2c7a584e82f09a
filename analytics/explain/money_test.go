package explain

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Lines add up to the total, to the millionth, whatever they are.
func TestLinesOfALedgerAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		for range rapid.IntRange(0, 9).Draw(t, "lines") {
			l.add(Line{What: "x"}, rapid.Float64Range(-1e9, 1e9).Draw(t, "amount"))
		}
		require.Equal(t, money.FromFloat(money.Round(l.sum)), l.Total)
		total := money.FromFloat(money.Round(rapid.Float64Range(-1e9, 1e9).Draw(t, "total")))
		closed := l.close(total, LineRest)
		var sum money.Amount
		for _, line := range closed.Lines {
			sum = sum.Plus(line.Amount)
			require.False(t, isZero(line.Amount))
		}
		require.Equal(t, total, sum)
		require.Equal(t, total, closed.Total)
	})
}

// A line of marks has a mark for each purchase day and begins with one; two dates and it fit
// on a terminal of 80.
func TestMarks(t *testing.T) {
	require.Equal(t, "|·2", marks([]calendar.Day{0, 2, 2}, 2))
	require.Empty(t, marks(nil, 5))
	rapid.Check(t, func(t *rapid.T) {
		night := rapid.Int32Range(0, 20_000).Draw(t, "night")
		days := append([]calendar.Day{0}, rapid.SliceOfN(rapid.Int32Range(0, night), 0, 30).Draw(t, "days")...)
		line := marks(days, night)
		require.LessOrEqual(t, utf8.RuneCountInString(line), marksWide)
		require.False(t, strings.HasPrefix(line, "·"))
		counted := 0
		for _, r := range line {
			switch {
			case r == '|':
				counted++
			case r >= '2' && r <= '9':
				counted += int(r - '0')
			case r == '#':
				counted += 10
			}
		}
		require.LessOrEqual(t, counted, len(days))
		if !strings.Contains(line, "#") {
			require.Equal(t, len(days), counted)
		}
	})
}

// Ids that a person reads out alike are near, and others are not.
func TestSpelling(t *testing.T) {
	for _, alike := range [][]string{
		{"C0000398", "c0000398", " C0000398 ", "Ｃ0000398", "C 0000398"}, {"42", "0042", "42.0", " 042"}, {"0", "000", "0.0"}, {"Straße", "STRASSE"},
	} {
		for _, id := range alike {
			require.Equal(t, spelling(alike[0]), spelling(id), id)
		}
	}
	for _, pair := range [][2]string{{"C0000398", "C0000399"}, {"a-1", "a1"}, {"42", "420"}, {"C01", "C1"}, {"1.5", "15"}} {
		require.NotEqual(t, spelling(pair[0]), spelling(pair[1]))
	}
}

// The shape of ids is said where nearly all have it, and holds nothing of them.
func TestShapeOfIDs(t *testing.T) {
	s := shapes{}
	for range 20 {
		s.add("AB-1234")
	}
	s.add("till")
	require.Equal(t, "AA-9999", s.common())
	s.add("x1")
	s.add("x2")
	require.Empty(t, s.common())
	require.Equal(t, "AA?9 9", shapeOf("é名\x1b1 2"))
}
