package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPanelValidate(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, test := range []struct {
		x, tx, t, weight float64
		says             string
	}{
		{-1, 0, 1, 1, "x is not a whole number"},
		{0.5, 0, 1, 1, "x is not a whole number"},
		{nan, 0, 1, 1, "x is not a whole number"},
		{1e300, 0, 1, 1, "x is not a whole number"},
		{1, 1, nan, 1, "t is not a number from 0"},
		{1, 1, inf, 1, "t is not a number from 0"},
		{1, -1, 1, 1, "t_x is not a number from 0"},
		{1, nan, 1, 1, "t_x is not a number from 0"},
		{1, 2, 1, 1, "t_x is after t"},
		{0, 1, 2, 1, "t_x should be 0 where x is 0"},
		{1, 1, 2, -1, "weight is not a number from 0"},
		{1, 1, 2, nan, "weight is not a number from 0"},
	} {
		p := Panel{X: []float64{0, test.x}, TX: []float64{0, test.tx}, T: []float64{5, test.t}, Weight: []float64{1, test.weight}}
		err := p.Validate()
		require.ErrorIs(t, err, ErrRow)
		require.ErrorContains(t, err, "panel row 1: ")
		require.ErrorContains(t, err, test.says)
		require.Equal(t, test.weight != 1, validRow(test.x, test.tx, test.t))
	}
	require.NoError(t, Panel{}.Validate())
	require.NoError(t, Panel{X: []float64{3}, TX: []float64{2}, T: []float64{2}}.Validate())
}

func TestPanelMerge(t *testing.T) {
	p := Panel{
		X:  []float64{2, 0, 2, 0, 1},
		TX: []float64{3, 0, 3, math.Copysign(0, -1), 4},
		T:  []float64{9, 5, 9, 5, 7},
	}
	require.Equal(t, Panel{
		X:      []float64{0, 1, 2},
		TX:     []float64{0, 4, 3},
		T:      []float64{5, 7, 9},
		Weight: []float64{2, 1, 2},
	}, p.Merge())
	require.False(t, math.Signbit(p.Merge().TX[0]))
	require.Zero(t, Panel{}.Merge())
}
