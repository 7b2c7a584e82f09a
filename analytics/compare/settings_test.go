package compare

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

func flat(t *testing.T, text string) settings {
	t.Helper()
	s, err := settingsOf(publication.Settings(text))
	require.NoError(t, err)
	return s
}

func TestSettingsAreFlattened(t *testing.T) {
	require.Equal(t, settings{
		"name": "shop", "clv.margin": "0.10", "rfm": "off", "tiers.levels.0.name": "silver", "tiers.levels.0.qualify.spend": "500",
		"output.formats.0": "csv", "flag": "true", "tiers.start": "tonight", "tiers.returns": "keep",
	}, flat(t, `{"name": "shop", "clv": {"margin": 0.10}, "rfm": "off", "nothing": null, "flag": true,
		"tiers": {"levels": [{"name": "silver", "qualify": {"spend": 500}}]}, "output": {"formats": ["csv"]}}`))
}

// What a version without a key did is no change where the key says the same.
func TestSettingsOfAnEarlierVersion(t *testing.T) {
	tiers := `{"tiers": {"levels": [{"name": "silver", "qualify": {"spend": 500}}]%s}}`
	older, same, other := fmt.Sprintf(tiers, ""), fmt.Sprintf(tiers, `, "start": "tonight"`), fmt.Sprintf(tiers, `, "start": "replay"`)
	require.Empty(t, flat(t, older).changes(flat(t, same)))
	require.Len(t, flat(t, older).changes(flat(t, other)), 1)
	reverse := fmt.Sprintf(tiers, `, "start": "tonight", "returns": "reverse"`)
	require.True(t, rulesFrom(t, older, reverse).of("tier"))
	require.False(t, rulesFrom(t, older, other).of("tier"), "how the first night began moves nobody now")
}

func TestSettingChanges(t *testing.T) {
	older := flat(t, `{"as_of": "2026-01-01", "clv": {"margin": 0.5}, "rfm": {"bins": 5, "window": "all"}}`)
	newer := flat(t, `{"as_of": "2026-02-01", "clv": {"margin": 0.5}, "rfm": {"bins": 4}, "stages": "off"}`)
	text := func(s string) *string { return &s }
	require.Equal(t, []SettingChange{
		{"rfm.bins", text("5"), text("4")}, {"rfm.window", text("all"), nil}, {"stages", nil, text("off")},
	}, older.changes(newer))
	require.Empty(t, newer.changes(newer))

	// A stage that is switched is one change.
	off := flat(t, `{"as_of": "2026-02-01", "clv": {"margin": 0.5}, "rfm": "off", "output": {"dir": "elsewhere"}}`)
	require.Equal(t, []SettingChange{{"rfm", text("on"), text("off")}}, older.changes(off))
	require.Equal(t, []SettingChange{{"rfm", text("off"), text("on")}}, off.changes(older))
}

func rulesFrom(t *testing.T, older, newer string) rules {
	t.Helper()
	r, err := rulesOf(publication.Settings(older), publication.Settings(newer))
	require.NoError(t, err)
	return r
}

// Which settings make which groups.
func TestRulesOfKinds(t *testing.T) {
	const spend = `"tiers": {"levels": [{"name": "gold", "qualify": {"spend": 5}}]}`
	for _, c := range []struct {
		name, older, newer string
		rfm, tier, stage   bool
	}{
		{"nothing", `{` + spend + `}`, `{` + spend + `}`, false, false, false},
		{"where files lie", `{"sources": [{"path": "a"}]}`, `{"sources": [{"path": "b"}]}`, false, false, false},
		{"what a row is", `{"sources": [{"where": "x"}]}`, `{"sources": [{"where": "y"}]}`, true, true, true},
		{"what an amount is", `{"sources": [{"columns": {"amount": "x"}}]}`, `{"sources": [{"columns": {"amount": "y"}}]}`, true, true, true},
		{"a label", `{"sources": [{"columns": {"region": "x"}}]}`, `{"sources": [{"columns": {"region": "y"}}]}`, false, false, false},
		{"when a day ends", `{"timezone": "UTC"}`, `{"timezone": "Asia/Tokyo"}`, true, true, true},
		{"scores", `{"rfm": {"bins": 5},` + spend + `}`, `{"rfm": {"bins": 4},` + spend + `}`, true, false, false},
		{"when scores are refitted", `{"rfm": {"refit": "never"}}`, `{"rfm": {"refit": "always"}}`, false, false, false},
		{
			"scores that tiers go by",
			`{"rfm": {"bins": 5}, "tiers": {"levels": [{"qualify": {"r": 5}}]}}`,
			`{"rfm": {"bins": 4}, "tiers": {"levels": [{"qualify": {"r": 5}}]}}`, true, true, false,
		},
		{
			"the combined score that tiers go by",
			`{"rfm": {"weights": {"r": 1}}, "tiers": {"levels": [{"qualify": {"rfm_score": 50}}]}}`,
			`{"rfm": {"weights": {"r": 2}}, "tiers": {"levels": [{"qualify": {"rfm_score": 50}}]}}`, true, true, false,
		},
		{
			"values that tiers are ranked by",
			`{"clv": {"margin": 1}, "tiers": {"levels": [{"limit": {"by": "clv"}}]}}`,
			`{"clv": {"margin": 0.5}, "tiers": {"levels": [{"limit": {"by": "clv"}}]}}`, false, true, false,
		},
		{"values that no tier goes by", `{"clv": {"margin": 1},` + spend + `}`, `{"clv": {"margin": 0.5},` + spend + `}`, false, false, false},
		{"a threshold", `{` + spend + `}`, `{"tiers": {"levels": [{"name": "gold", "qualify": {"spend": 6}}]}}`, false, true, false},
		{"how early to warn", `{"tiers": {"warn": "30 days"}}`, `{"tiers": {"warn": "10 days"}}`, false, false, false},
		{"a stage", `{"stages": {"formation": {"purchase_days": 3}}}`, `{"stages": {"formation": {"purchase_days": 4}}}`, false, false, true},
	} {
		r := rulesFrom(t, c.older, c.newer)
		require.Equal(t, []bool{c.rfm, c.tier, c.stage}, []bool{r.of("rfm"), r.of("tier"), r.of("stage")}, c.name)
	}
}
