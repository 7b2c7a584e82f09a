package experiment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Ten treated customers, six of control, and what was foretold of them. Values of these
// are by scipy 1.17.1.
var (
	spend    = []float64{12, 0, 7.5, 30, 0, 4, 19, 0, 25, 8, 0, 3, 11, 0, 6.5, 0}
	forecast = []float64{10, 1, 8, 22, 3, 5, 14, 2, 20, 9, 1, 4, 9, 2, 7, 0}
)

// armsOf puts the first customers into treatment.
func armsOf(treated, control int, share float64) Arms {
	in, shares := make([]bool, treated+control), make([]float64, treated+control)
	for i := range in {
		in[i], shares[i] = i < treated, share
	}
	return NewArms(in, shares)
}

// scipy.stats.ttest_ind(equal_var=False).confidence_interval(.90).
func TestWelchReference(t *testing.T) {
	e := armsOf(10, 6, .375).compare(spend).welch()
	require.InDelta(t, 7.133333333333335, e.Effect, 1e-12)
	require.InDelta(t, 0.2502574223025338, e.Low, 1e-9)
	require.InDelta(t, 14.016409244364134, e.High, 1e-9)
	require.InDelta(t, 3.8870868840874193, e.SE, 1e-12)
}

// All 8,008 choices of six customers give the interval to a half of a percent of them; ours
// draws 1,999 of these, and its ends lie as far off as a tail of 5% that is known to a
// standard error of half a percent.
func TestRandomizedReference(t *testing.T) {
	e := armsOf(10, 6, .375).Difference(spend)
	require.InDelta(t, -0.8723954152412429, e.Low, .1*e.SE)
	require.InDelta(t, 14.11414659489267, e.High, .1*e.SE)
}

// The 95% intervals of Newcombe (1998), Statistics in Medicine 17, 857 (table I: 81 of 263)
// and 873 (table II: 56 of 70 and 48 of 80), to their four digits.
func TestSharesReference(t *testing.T) {
	low, high := wilson(81, 263, 1.959964)
	require.InDelta(t, .2553, low, 5e-5)
	require.InDelta(t, .3662, high, 5e-5)
	y := make([]float64, 150)
	for i := range y {
		if i < 56 || i >= 70 && i < 70+48 {
			y[i] = 1
		}
	}
	e := armsOf(70, 80, .5).compare(y).newcombe(1.959964)
	require.InDelta(t, .2, e.Effect, 1e-12)
	require.InDelta(t, .0524, e.Low, 5e-5)
	require.InDelta(t, .3339, e.High, 5e-5)
	at90 := armsOf(70, 80, .5).Shares(y)
	require.Greater(t, at90.Low, e.Low)
	require.Less(t, at90.High, e.High)
}

func TestRelativeReference(t *testing.T) {
	a := armsOf(10, 6, .375)
	r := a.Relative(spend) // the control's mean is 1.85 standard errors from 0
	require.InDelta(t, 2.087804878048781, r.Lift, 1e-12)
	require.InDelta(t, 0.14975148565774177, r.Low, 1e-9)
	require.InDelta(t, 27.203833324421122, r.High, 1e-7)
	moved := make([]float64, len(spend))
	for i, y := range spend {
		moved[i] = y + 30
		if i < 10 {
			moved[i] += 10
		}
	}
	r = a.Relative(moved)
	require.InDelta(t, 0.5127182044887781, r.Lift, 1e-12)
	require.InDelta(t, 0.3102580726961037, r.Low, 1e-12)
	require.InDelta(t, 0.7464623297325765, r.High, 1e-12)
}

// scipy.stats.linregress gives slope and correlation.
func TestAdjustReference(t *testing.T) {
	adjusted, rho := armsOf(10, 6, .375).Adjust(spend, forecast)
	require.InDelta(t, 0.9903532855766107, rho, 1e-12)
	require.InDelta(t, 8.19710217, adjusted[0], 1e-8)
	require.InDelta(t, 10.34741968, adjusted[15], 1e-8)
}

// scipy.stats.chisquare([800, 230], [824, 206]), and chi2.sf of two such sums.
func TestSampleRatioReference(t *testing.T) {
	one := armsOf(800, 230, .2)
	require.InDelta(t, 0.06154899453094327, one.SampleRatio(), 1e-12)
	var treated []bool
	var share []float64
	for _, b := range []struct {
		treated, control int
		share            float64
	}{{800, 230, .2}, {40, 60, .5}, {7, 0, 0}} {
		for i := range b.treated + b.control {
			treated, share = append(treated, i < b.treated), append(share, b.share)
		}
	}
	two := NewArms(treated, share)
	require.InDelta(t, 0.02357489709366718, two.SampleRatio(), 1e-12)
	require.Equal(t, 7, two.LeftOut())
	require.True(t, math.IsNaN(armsOf(9, 0, 0).SampleRatio()))
}

// By hand: s = 10, 400 and 100 customers. 2.80 · 10 · √(1/400 + 1/100) = 3.1305. It takes
// these 500 customers to find just that, and four times as many for half of it.
func TestSizeReference(t *testing.T) {
	s := Size{Treated: 400, Control: 100, Variance: 100}
	require.InDelta(t, 3.130495168499706, s.Detectable(), 1e-12)
	require.InDelta(t, 500, s.Needed(s.Detectable()), 1)
	require.InDelta(t, 2000, s.Needed(-s.Detectable()/2), 1)
	require.InDelta(t, s.Detectable()/2, s.DetectableShare(2), 1e-12) // CV = 5, and 500 > 7.84 · 25
	require.True(t, math.IsNaN(s.DetectableShare(1.2)))               // CV = 8.3: 544 customers
	require.True(t, math.IsNaN(s.Needed(0)))
	require.True(t, math.IsNaN(Size{Treated: 5, Variance: 1}.Detectable()))
	require.True(t, math.IsNaN(Size{Treated: 5, Control: 5}.Detectable()))
}
