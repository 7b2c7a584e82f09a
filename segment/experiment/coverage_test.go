package experiment

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
)

// drawnAgain draws the arms of n customers by the keyed hash, in a round of its own.
func drawnAgain(n, round int, control float64) Arms {
	treated, share := make([]bool, n), make([]float64, n)
	d := NewDraws("round "+strconv.Itoa(round), "campaign")
	for i := range n {
		treated[i], share[i] = d.Of(strconv.Itoa(i)) >= control, control
	}
	return NewArms(treated, share)
}

// few is what 150 customers bring of whom a third buys, for lognormal amounts.
func few() []float64 {
	dice := rand.New(rand.NewPCG(6, 1))
	y := make([]float64, 150)
	for i := range y {
		if dice.Float64() < .35 {
			y[i] = 40 * math.Exp(dice.NormFloat64())
		}
	}
	return y
}

// Of campaigns that do nothing, one in twenty intervals lies above 0 and one in twenty below;
// 400 campaigns leave a standard error of 1.1 in hundredths. Of as many arms none is an
// alarm, and of arms of which a tenth of control went missing, most are.
func TestNothingIsDone(t *testing.T) {
	const rounds = 400
	y := few()
	var above, below, welchAbove, alarms, missing float64
	for r := range rounds {
		a := drawnAgain(len(y), r, .2)
		e := a.Difference(y)
		if e.Low > 0 {
			above++
			require.Equal(t, Positive, a.Judge(e, true))
		}
		if e.High < 0 {
			below++
		}
		if a.compare(y).welch().Low > 0 {
			welchAbove++
		}
		if Alarming(a.SampleRatio()) {
			alarms++
		}
		short := a
		short.blocks = []block{a.blocks[0]}
		short.blocks[0].control = a.blocks[0].control[:len(a.blocks[0].control)/3]
		if Alarming(short.SampleRatio()) {
			missing++
		}
	}
	require.InDelta(t, 5, 100*above/rounds, 3.3)
	require.InDelta(t, 5, 100*below/rounds, 3.3)
	require.Greater(t, welchAbove, above)
	require.LessOrEqual(t, alarms, 2.)
	require.Greater(t, missing, rounds/2.)
}

// Of sample ratios at the share that was drawn, one in a thousand is an alarm.
func TestSampleRatioAlarmsAtItsRate(t *testing.T) {
	const rounds = 100_000
	dice := rand.New(rand.NewPCG(9, 9))
	alarms := 0.
	for range rounds {
		b := block{share: .3}
		for range 400 {
			if dice.Float64() < .3 {
				b.control = append(b.control, 0)
			} else {
				b.treated = append(b.treated, 0)
			}
		}
		if Alarming((Arms{blocks: []block{b}}).SampleRatio()) {
			alarms++
		}
	}
	require.InDelta(t, 1, 1000*alarms/rounds, .35)
}

// The variance of effects over many draws falls by 1 − ρ².
func TestAdjustedVarianceFalls(t *testing.T) {
	const rounds = 2000
	dice := rand.New(rand.NewPCG(3, 3))
	y, x := make([]float64, 600), make([]float64, 600)
	for i := range y {
		x[i] = math.Exp(dice.NormFloat64())
		y[i] = 2*x[i] + 3*dice.NormFloat64()
	}
	var plain, adjusted []float64
	rho2 := 0.0
	for r := range rounds {
		a := drawnAgain(len(y), r, .3)
		out, rho := a.Adjust(y, x)
		plain, adjusted = append(plain, a.compare(y).effect), append(adjusted, a.compare(out).effect)
		rho2 += rho * rho / rounds
	}
	require.InDelta(t, 1-rho2, stat.Variance(adjusted, nil)/stat.Variance(plain, nil), .04)
	require.InDelta(t, 0, stat.Mean(adjusted, nil), .03)
}
