package lifecycle

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// A panel that was written and read back is the same, to the last bit.
func TestPanelSurvivesJSON(t *testing.T) {
	panel := fitted(t, shopOf(Rules{}), mixedShop(300), 690)
	require.NoError(t, panel.Validate())
	text, err := json.Marshal(panel)
	require.NoError(t, err)
	var read Panel
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, panel, read)
}

func TestPanelRefuses(t *testing.T) {
	for want, damage := range map[string]func(*Panel){
		"goes_on is 2":                          func(p *Panel) { p.Again = 2 },
		"goes_on_once is NaN":                   func(p *Panel) { p.Once = math.NaN() },
		"slowdowns is -1":                       func(p *Panel) { p.Slowdowns = -1 },
		"shares of regularity add up to 0":      func(p *Panel) { p.Regularity = shapeShares{} },
		"the least is -0.5":                     func(p *Panel) { p.Regularity = shapeShares{-0.5, 1.5} },
		"k is -1":                               func(p *Panel) { p.K = -1 },
		"k is 1e+308":                           func(p *Panel) { p.K = 1e308 },
		"median_gap is 1e+308":                  func(p *Panel) { p.MedianGap = 1e308 },
		"repeaters is 1.073741824e+09":          func(p *Panel) { p.Repeaters = 1 << 30 },
		"level 1 of the clock is 0, want it wi": func(p *Panel) { p.Clock.Levels = []float64{1, 0} },
		"2 levels of the clock from week -5 on": func(p *Panel) { p.Clock = Clock{FirstWeek: -5, Levels: []float64{1, 1}} },
	} {
		panel := typical
		damage(&panel)
		require.ErrorContains(t, panel.Validate(), want)
	}
	require.NoError(t, typical.Validate())
}
