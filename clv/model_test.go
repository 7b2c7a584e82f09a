package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewModel(t *testing.T) {
	m, err := NewModel("mbg-nbd", map[string]float64{"b": 4, "a": 3, "alpha": 2, "r": 1})
	require.NoError(t, err)
	require.Equal(t, "mbg-nbd", m.Name())
	for i, name := range []string{"r", "alpha", "a", "b"} {
		p := m.Params()[i]
		require.Equal(t, name, p.Name)
		require.InDelta(t, float64(i+1), p.Value, 0)
		requireNaN(t, p.StdErr)
	}
}

func TestNewModelRefuses(t *testing.T) {
	_, err := NewModel("pareto", nil)
	require.ErrorIs(t, err, ErrUnknownModel)

	_, err = NewModel("bg-nbd", map[string]float64{"r": 1, "alpha": -2, "a": 3, "s": 4, "beta": 1})
	require.ErrorIs(t, err, ErrParameter)
	require.EqualError(t, err, "bg-nbd: bad parameter: alpha (-2) is not a number from 1e-12 to 1e+12, "+
		`b is missing, "beta" is unknown, "s" is unknown; expected r, alpha, a, b`)
}

func TestScoreOptions(t *testing.T) {
	m := model(t, "bg-nbd", 0.25, 4, 0.8, 2.5)
	p := Panel{X: []float64{1, 2, 0.5}, TX: []float64{1, 2, 1}, T: []float64{9, 9, 9}}

	// Columns not asked for are nil, and a row that cannot be spoils no other.
	s := Score(m, p, ScoreOptions{Horizon: 52})
	require.Nil(t, s.LogLikelihood)
	require.Nil(t, s.DECT)
	require.Nil(t, s.AliveTime)
	requireFinite(t, s.PAlive[0], s.CET[0], s.PAlive[1], s.CET[1])
	requireNaN(t, s.PAlive[2], s.CET[2])

	// Without a rate of discount DECT is CET.
	s = Score(m, p, ScoreOptions{Horizon: 52, WithDECT: true})
	require.Equal(t, s.CET[:2], s.DECT[:2])

	for _, o := range []ScoreOptions{{Horizon: -1}, {Delta: -0.1}, {Horizon: 1e300}} {
		o.WithAliveTime = true
		require.ErrorIs(t, o.Validate(), ErrParameter)
		s := Score(m, p, o)
		requireNaN(t, s.CET[0], s.AliveTime[0])
		requireFinite(t, s.PAlive[0])
	}
	require.Empty(t, Score(m, Panel{}, ScoreOptions{Horizon: 1}).CET)
}
