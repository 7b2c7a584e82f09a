package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Whose tiers change with the rules; with where the pins lie and who is warned,
// nobody's.
func TestRulesOfTiersAreComparedByWhatTheySay(t *testing.T) {
	dir := t.TempDir()
	const levels = "  levels: [{name: silver, qualify: {spend: 500, any: {orders: 3, p_alive: 0.5}}}, {name: gold, qualify: {spend: 900}}]\n"
	was := settings(t, "tiers:\n"+levels)
	publishNight(t, dir, "2024-01-02", was, nil)
	n := before(t, dir, "2024-01-03")
	require.Equal(t, []string{"silver", "gold"}, n.Tiers.Names())
	require.True(t, n.Tiers.SameRules(was.Tiers))
	for more, same := range map[string]bool{
		"  pins: pins.csv\n": true, "  warn: 9 days\n": true, "  apply: at-once\n": true, "  start: tonight\n": true, "  returns: reverse\n": true,
		"  term: 12 months\n": true, "  term: 1 year\n": false, "  grace: none\n": false, "  window: lifetime\n": false,
	} {
		require.Equal(t, same, n.Tiers.SameRules(settings(t, "tiers:\n"+more+levels).Tiers), more)
	}
	require.False(t, n.Tiers.SameRules(settings(t, "tiers: [{name: silver, qualify: {spend: 500}}]\n").Tiers))

	publishNight(t, dir, "2024-01-04", settings(t, ""), nil)
	require.Nil(t, before(t, dir, "2024-01-05").Tiers)
}
