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
		"cut is 0":                              func(p *Panel) { p.Cut = 0 },
		"shares of regularity add up to 0":      func(p *Panel) { p.Rhythm.Regularity = regularityShares{} },
		"a number of the rhythm is out of":      func(p *Panel) { p.Rhythm.K = -1 },
		"level 1 of the clock is 0, want it wi": func(p *Panel) { p.Clock.Levels = []float64{1, 0} },
	} {
		panel := typical
		damage(&panel)
		require.ErrorContains(t, panel.Validate(), want)
	}
}
