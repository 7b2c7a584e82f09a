package segment

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

func TestRFGridIsTotalAndDisjoint(t *testing.T) {
	scheme := RFGrid()
	cells := map[string]int{}
	for r := int8(1); r <= 5; r++ {
		for f := int8(1); f <= 5; f++ {
			for m := int8(1); m <= 5; m++ {
				var matches []string
				for _, rule := range scheme.Rules {
					if rule.Matches(r, f, m) {
						matches = append(matches, rule.Key)
					}
				}
				require.Len(t, matches, 1, "cell %d-%d-%d", r, f, m)
				require.Equal(t, matches[0], scheme.Assign(r, f, m))
				cells[matches[0]]++
			}
		}
	}
	// Cells of each segment among 125: the areas of its box in the 5×5 grid
	// of recency and frequency, times five monetary scores.
	require.Equal(t, map[string]int{
		"champions": 10, "loyal": 20, "potential_loyalists": 20, "new": 5, "promising": 5,
		"need_attention": 5, "about_to_sleep": 10, "cant_lose": 10, "at_risk": 20, "hibernating": 20,
	}, cells)
}

func TestRFGridKnownCells(t *testing.T) {
	scheme := RFGrid()
	tests := []struct {
		r, f int8
		want string
	}{
		{5, 5, "champions"},
		{5, 4, "champions"},
		{4, 5, "loyal"},
		{3, 4, "loyal"},
		{5, 2, "potential_loyalists"},
		{4, 3, "potential_loyalists"},
		{5, 1, "new"},
		{4, 1, "promising"},
		{3, 3, "need_attention"},
		{3, 1, "about_to_sleep"},
		{2, 5, "cant_lose"},
		{1, 3, "at_risk"},
		{1, 1, "hibernating"},
		{2, 2, "hibernating"},
		{6, 1, Others}, // a score of another number of bins
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, scheme.Assign(tt.r, tt.f, 3), "r=%d f=%d", tt.r, tt.f)
	}
}

func TestFirstRuleWins(t *testing.T) {
	scheme := Scheme{Name: "mine", Bins: 5, Rules: []Rule{
		{Key: "top", M: Range{5, 5}},
		{Key: "recent", R: Range{4, 5}},
	}}
	require.Equal(t, "top", scheme.Assign(5, 1, 5))
	require.Equal(t, "recent", scheme.Assign(5, 1, 4))
	require.Equal(t, Others, scheme.Assign(3, 1, 4))
}

func TestLabels(t *testing.T) {
	scheme := RFGrid()
	en, zh := wording.In("en"), wording.In("zh")
	for _, rule := range scheme.Rules {
		require.NotEqual(t, scheme.Label(en, rule.Key), scheme.Label(zh, rule.Key))
	}
	require.Equal(t, "忠诚客户", scheme.Label(zh, "loyal"))
	require.Equal(t, "Loyal", scheme.Label(en, "loyal"))
	require.Equal(t, "其他客户", scheme.Label(zh, Others))
	require.Equal(t, "unheard_of", scheme.Label(zh, "unheard_of"))
	own := Scheme{Name: "own", Rules: []Rule{{Key: "top", Label: "The best"}, {Key: "loyal"}}}
	require.Equal(t, []string{"The best", "loyal", "Others"}, []string{own.Label(zh, "top"), own.Label(zh, "loyal"), own.Label(en, Others)})
}
