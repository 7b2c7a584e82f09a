package segment

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func cells(t *testing.T, codes ...string) []Cell {
	t.Helper()
	found := make([]Cell, len(codes))
	for i, c := range codes {
		require.Len(t, c, 3)
		found[i] = Cell{int8(c[0] - '0'), int8(c[1] - '0'), int8(c[2] - '0')}
	}
	return found
}

func never(s Scheme) []string {
	keys := []string{}
	for _, i := range s.Lint().Never {
		keys = append(keys, s.Rules[i].Key)
	}
	return keys
}

// TestLintOfPublishedTables: counts of rfm10 and the dead rules of rfm10-legacy
// were found apart from this code; those of putler11 follow from its first two
// rules of the same box.
func TestLintOfPublishedTables(t *testing.T) {
	l := RFM10().Lint()
	require.Equal(t, 125, l.Cells)
	require.Len(t, l.Overlapping, 58)
	require.Equal(t, cells(t, "215", "241", "251", "252", "341", "351", "441", "451", "541", "551"), l.Unmatched)
	require.Empty(t, l.Never)
	require.Equal(t, l.Overlapping, l.OrderDependent, "each name has one box")

	require.Equal(t, []string{"new_customers", "promising", "cant_lose_them"}, never(RFM10Legacy()))
	require.Equal(t, []string{"lost"}, never(Putler11()), "its box is that of hibernating")
	require.Empty(t, Putler11().Lint().Unmatched)

	for _, total := range []Scheme{RFGrid(), CN8()} {
		l := total.Lint()
		require.Empty(t, l.Unmatched)
		require.Empty(t, l.Overlapping)
		require.Empty(t, l.Never)
	}
	require.Equal(t, 8, CN8().Lint().Cells)
}

func TestPutler11GoesByTheNarrowestBox(t *testing.T) {
	s := Putler11()
	for _, c := range []struct {
		r, f, m int8
		want    string
	}{
		{5, 5, 4, "champions"}, // mean 4.5 counts as 5
		{5, 1, 1, "recent_customers"},
		{3, 1, 1, "promising"}, // and not potential_loyalist, which holds it too
		{1, 4, 4, "cant_lose_them"},
		{2, 4, 4, "at_risk"},        // eight cells, loyal_customers has twelve
		{2, 1, 1, "about_to_sleep"}, // 2-3 by 1-2, listed before hibernating
		{1, 1, 1, "hibernating"},
	} {
		require.Equal(t, c.want, s.Assign(c.r, c.f, c.m), "%d-%d-%d", c.r, c.f, c.m)
	}
}

func TestNamedSchemes(t *testing.T) {
	for _, name := range Schemes() {
		s, known := Named(name)
		require.True(t, known)
		require.Equal(t, name, s.Name)
		for _, rule := range s.Rules {
			require.NotEmpty(t, rule.Label.EN)
			require.NotEmpty(t, rule.Label.ZH)
			require.Regexp(t, `^[a-z]+(_[a-z]+)*$`, rule.Key)
		}
	}
	_, known := Named("ntile")
	require.False(t, known)
}

// Two boxes of one name overlap, but in no order is anybody named otherwise.
func TestBoxesOfOneName(t *testing.T) {
	s := Scheme{Bins: 2, Rules: []Rule{{Key: "a", R: Range{2, 2}}, {Key: "a", F: Range{2, 2}}, {Key: "b", R: Range{3, 3}}}}
	l := s.Lint()
	require.Equal(t, cells(t, "221", "222"), l.Overlapping)
	require.Empty(t, l.OrderDependent)
	require.Equal(t, []int{2}, l.Never)
	require.Equal(t, cells(t, "111", "112"), l.Unmatched)
}
