package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
)

const modelFile = `{"model": "bg-nbd", "unit": "week", "params": {"r": 0.2, "alpha": 4, "a": 0.8, "b": 2.4},
	"spend": {"model": "gamma-gamma", "params": {"p": 6, "q": 4, "gamma": 15}}, "chosen_on": "2024-01-01"}`

func TestModelOfANight(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	require.Nil(t, before(t, dir, "2024-01-03").Model, "a night without lifetime values")

	overwrite(t, path, "model.json", modelFile)
	m := before(t, dir, "2024-01-03").Model
	require.Equal(t, "bg-nbd", m.Model)
	require.Equal(t, map[string]float64{"r": 0.2, "alpha": 4, "a": 0.8, "b": 2.4}, m.Params)
	require.Equal(t, map[string]float64{"p": 6, "q": 4, "gamma": 15}, m.Spend.Params)
	require.Equal(t, "2024-01-01", m.ChosenOn)

	// A night that says why it has no model has none to go on from.
	overwrite(t, path, "model.json", `{"model": "none", "unit": "week", "params": {}, "refused": "too short a history"}`)
	require.Nil(t, before(t, dir, "2024-01-03").Model)
}

func TestDamagedModel(t *testing.T) {
	dir := t.TempDir()
	path := publishNight(t, dir, "2024-01-02", settings(t, ""), nil)
	for _, c := range []struct{ content, want string }{
		{"", "unexpected end of JSON input"},
		{`{"model": "bg-nbd", "params": {"r": 0.2}}`, "bg-nbd: bad parameter: alpha is missing, a is missing, b is missing; expected r, alpha, a, b"},
	} {
		overwrite(t, path, "model.json", c.content)
		n, err := history.Before(dir, name, day(t, "2024-01-03"))
		require.Nil(t, n)
		require.EqualError(t, err, "previous publication "+path+": model.json cannot be read: "+c.want+"; move the folder away to begin anew")
	}
}
