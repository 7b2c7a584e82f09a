package segment

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// A panel that was written and read back judges as before, to the last bit.
func TestPanelSurvivesJSON(t *testing.T) {
	panel, err := FitPanel(mixedPanel(300), 690, StageRules{})
	require.NoError(t, err)
	require.NoError(t, panel.Validate())
	text, err := json.Marshal(panel)
	require.NoError(t, err)
	var read Panel
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, panel, read)
}

func TestPanelRefuses(t *testing.T) {
	for want, damage := range map[string]func(*Panel){
		"cut is 0":                                   func(p *Panel) { p.Cut = 0 },
		"shares of regularity add up to 0":           func(p *Panel) { p.Rhythm.Regularity = regularityShares{} },
		"the least is -0.5":                          func(p *Panel) { p.Rhythm.Regularity = regularityShares{-0.5, 1.5} },
		"k of the rhythm is -1":                      func(p *Panel) { p.Rhythm.K = -1 },
		"k of the rhythm is 1e+308":                  func(p *Panel) { p.Rhythm.K = 1e308 },
		"a of the rhythm is 1e+308":                  func(p *Panel) { p.Rhythm.A = 1e308 },
		"mean_gap of the rhythm is 1e+308":           func(p *Panel) { p.Rhythm.MeanGap = 1e308 },
		"median_gap of the rhythm is 1e+308":         func(p *Panel) { p.Rhythm.MedianGap = 1e308 },
		"a share of the rhythm is 0 or 1":            func(p *Panel) { p.Rhythm.ReturnShare = 1 },
		"quit_share of the rhythm is 2":              func(p *Panel) { p.Rhythm.QuitShare = 2 },
		"repeaters of the rhythm is 1.073741824e+09": func(p *Panel) { p.Rhythm.Repeaters = 1 << 30 },
		"level 1 of the clock is 0, want it wi":      func(p *Panel) { p.Clock.Levels = []float64{1, 0} },
		"2 levels of the clock from week -5 on":      func(p *Panel) { p.Clock = Clock{FirstWeek: -5, Levels: []float64{1, 1}} },
	} {
		panel := typical
		damage(&panel)
		require.ErrorContains(t, panel.Validate(), want)
	}
	require.NoError(t, typical.Validate())
}
