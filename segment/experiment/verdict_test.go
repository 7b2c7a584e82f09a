package experiment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJudge(t *testing.T) {
	fair, odd, one := armsOf(80, 20, .2), armsOf(80, 20, .5), armsOf(80, 0, 0)
	above, below, around := Estimate{Low: 1, High: 2}, Estimate{Low: -2, High: -1}, Estimate{Low: -1, High: 1}
	for _, c := range []struct {
		a     Arms
		e     Estimate
		ended bool
		want  Verdict
	}{
		{fair, above, true, Positive},
		{fair, below, true, Negative},
		{fair, around, true, TooSmall},
		{fair, Estimate{Low: math.NaN(), High: math.NaN()}, true, TooSmall},
		{fair, above, false, Running},
		{odd, above, true, Void},
		{odd, above, false, Void},
		{one, above, true, Described},
	} {
		require.Equal(t, c.want, c.a.Judge(c.e, c.ended))
	}
}

// Of 100 customers, 20 of whom are in control, 25 must have bought.
func TestEnough(t *testing.T) {
	a, y := armsOf(80, 20, .2), make([]float64, 100)
	for i := range 24 {
		y[4*i] = 3
	}
	require.False(t, a.Enough(y))
	y[99] = -1
	require.True(t, a.Enough(y))
	require.False(t, armsOf(5, 0, 0).Enough(y[:5]))
}
