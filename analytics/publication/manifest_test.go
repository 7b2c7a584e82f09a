package publication

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A run has the name of what goes into it: all of that, and nothing else.
func TestRunID(t *testing.T) {
	of := func(change func(m *Manifest)) string {
		m := Manifest{
			Name: "shop", AsOf: "2024-01-02", Settings: Settings(`{"name":"shop","where":"a < b"}`),
			Inputs: []Input{{Path: "a.csv", SHA256: "1", Rows: 2}}, Versions: map[string]string{"clientele": "1"},
			Previous: &PreviousNight{AsOf: "2024-01-01", RunID: "before"}, Tiers: &TierCounts{Pins: &FileBeside{Path: "pins.csv", SHA256: "2"}},
		}
		change(&m)
		id, err := RunIDOf(m)
		require.NoError(t, err)
		require.Len(t, id, 16)
		return id
	}
	same := of(func(*Manifest) {})
	for name, change := range map[string]func(m *Manifest){
		"name":             func(m *Manifest) { m.Name = "other" },
		"night":            func(m *Manifest) { m.AsOf = "2024-01-03" },
		"settings":         func(m *Manifest) { m.Settings = Settings(`{"name":"shop"}`) },
		"export":           func(m *Manifest) { m.Inputs[0].SHA256 = "3" },
		"version":          func(m *Manifest) { m.Versions["clientele"] = "2" },
		"night before":     func(m *Manifest) { m.Previous.RunID = "other" },
		"no night before":  func(m *Manifest) { m.Previous = nil },
		"pins":             func(m *Manifest) { m.Tiers.Pins.SHA256 = "4" },
		"tiers, no pins":   func(m *Manifest) { m.Tiers.Pins = nil },
		"tiers at all":     func(m *Manifest) { m.Tiers = nil },
		"rows of an input": func(m *Manifest) { m.Inputs[0].Rows = 3 },
	} {
		require.NotEqual(t, same, of(change), name)
	}
	require.Equal(t, same, of(func(m *Manifest) { m.Timings, m.Warnings = map[string]float64{"load": 1}, []string{"slow"} }))
}
