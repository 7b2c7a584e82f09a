package segment

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
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
			require.NotEqual(t, rule.Key, s.Label(wording.In("en"), rule.Key))
			require.NotEqual(t, s.Label(wording.In("en"), rule.Key), s.Label(wording.In("zh"), rule.Key))
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

// The number of cells of each segment, by hand: the cells of its box less those of the
// boxes before it. In rfm10-legacy, loyal_customers has 4·3·3 cells, of which champions
// has 8; potential_loyalist has 3·3·3, of which loyal_customers has 3.
func TestCellsOfPublishedTables(t *testing.T) {
	for _, c := range []struct {
		scheme Scheme
		want   map[string]int
	}{
		{RFM10(), map[string]int{
			"champions": 1, "potential_loyalist": 35, "loyal_customers": 15, "promising": 8, "new_customers": 15,
			"cant_lose_them": 6, "at_risk": 7, "need_attention": 4, "about_to_sleep": 10, "lost": 14, Others: 10,
		}},
		{RFM10Legacy(), map[string]int{
			"champions": 8, "loyal_customers": 28, "potential_loyalist": 24, "need_attention": 3,
			"about_to_sleep": 3, "at_risk": 20, "lost": 3, Others: 36,
		}},
		{Putler11(), map[string]int{
			"champions": 20, "loyal_customers": 10, "potential_loyalist": 28, "recent_customers": 2, "promising": 1,
			"needs_attention": 28, "about_to_sleep": 1, "at_risk": 19, "cant_lose_them": 10, "hibernating": 6,
		}},
		{RFGrid(), map[string]int{
			"champions": 10, "loyal": 20, "potential_loyalists": 20, "new": 5, "promising": 5, "need_attention": 5,
			"about_to_sleep": 10, "at_risk": 20, "cant_lose": 10, "hibernating": 20,
		}},
	} {
		got := map[string]int{}
		for cell := range c.scheme.Cells() {
			got[c.scheme.Assign(cell.R, cell.F, cell.M)]++
		}
		require.Equal(t, c.want, got, c.scheme.Name)
	}
}
