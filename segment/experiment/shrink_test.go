package experiment

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Seven hospital-like groups of one factor, of which the model is the classical one of
// random effects, whatever stands in cell and factor: the restricted likelihood is searched
// here by itself, over a grid.
func TestShrinkReference(t *testing.T) {
	effects := []float64{28, 8, -3, 7, -1, 1, 18, 12}
	errors := []float64{15, 10, 16, 11, 9, 11, 10, 18} // Rubin (1981), eight schools
	var cells []Cell
	for i := range effects {
		effects[i] *= 3 // as they are, they differ by no more than chance
		cells = append(cells, Cell{Labels: []string{strconv.Itoa(i)}, Effect: effects[i], Variance: errors[i] * errors[i]})
	}
	best, at := math.Inf(-1), 0.0
	for tau2 := 0.5; tau2 < 3000; tau2 += .5 {
		weights, mean, logs := 0.0, 0.0, 0.0
		for i := range effects {
			w := 1 / (errors[i]*errors[i] + tau2)
			weights, mean, logs = weights+w, mean+w*effects[i], logs+math.Log(w)
		}
		mean /= weights
		l := logs - math.Log(weights)
		for i := range effects {
			l -= square(effects[i]-mean) / (errors[i]*errors[i] + tau2)
		}
		if l > best {
			best, at = l, tau2
		}
	}
	s := Shrink(cells, 1)
	require.InDelta(t, at, s.Between[0]+s.Rest, 1+.01*at)
	for i, c := range cells {
		effect, variance := s.Effect(c.Labels)
		kept := c.Variance / (c.Variance + at)
		require.InDelta(t, kept*s.Mean+(1-kept)*effects[i], effect, .2)
		require.InDelta(t, kept*at+kept*kept*s.MeanVariance, variance, .03*variance)
	}
	_, variance := s.Effect([]string{"another"})
	require.InDelta(t, at+s.MeanVariance, variance, .03*variance)
}

// Of effects that differ by stage and not by tier, the variances are found, shrunken effects
// are nearer to the truth than the means of cells, and intervals by their variance hold it.
func TestShrinkFindsWhatIsPlanted(t *testing.T) {
	dice := rand.New(rand.NewPCG(17, 1))
	var raw, shrunk, held, n float64
	for range 40 {
		var cells []Cell
		var truth []float64
		for stage := range 4 {
			of := 5 + 3*dice.NormFloat64()
			for tier := range 5 {
				variance := 4 + 60*dice.Float64()
				cells = append(cells, Cell{
					Labels: []string{strconv.Itoa(stage), strconv.Itoa(tier)}, Variance: variance,
					Effect: of + math.Sqrt(variance)*dice.NormFloat64(),
				})
				truth = append(truth, of)
			}
		}
		s := Shrink(cells, 2)
		for i, c := range cells {
			effect, variance := s.Effect(c.Labels)
			raw += square(c.Effect - truth[i])
			shrunk += square(effect - truth[i])
			if math.Abs(effect-truth[i]) < 1.645*math.Sqrt(variance) {
				held++
			}
			n++
		}
	}
	require.Less(t, shrunk, .4*raw)
	require.InDelta(t, .9, held/n, .06)
}

// Cells of one label each, in one block: their effects add up to the difference of means.
func TestCellsAddUp(t *testing.T) {
	labels := [][]string{make([]string, len(spend))}
	for i := range spend {
		labels[0][i] = strconv.Itoa(i % 3)
	}
	a := armsOf(10, 6, .375)
	sum := 0.0
	for _, c := range a.Cells(spend, labels) {
		sum += c.Effect * float64(c.Customers) / float64(len(spend))
		require.Positive(t, c.Variance)
	}
	require.InDelta(t, a.Difference(spend).Effect, sum, 1e-12)
	require.Empty(t, a.Cells(make([]float64, len(spend)), labels))
	none := Shrink(nil, 1)
	effect, _ := none.Effect([]string{"0"})
	require.True(t, math.IsNaN(effect))
}

// Outcomes whose standard deviation is 10 in one stage and 1 in the other, and twice as much
// in a tier: the factors are found, also for cells of one customer.
func TestSpread(t *testing.T) {
	dice := rand.New(rand.NewPCG(4, 2))
	const n = 4000
	labels := [][]string{make([]string, n), make([]string, n)}
	effects, rows, truth := make([]float64, n), make([]int, n), make([]float64, n)
	for i := range n {
		sd := 1.
		labels[0][i], labels[1][i] = "stability", "none"
		if dice.Float64() < .3 {
			labels[0][i], sd = "decline", 10
		}
		if dice.Float64() < .2 {
			labels[1][i], sd = "gold", 2*sd
		}
		rows[i], truth[i], effects[i] = i, sd*sd, sd*dice.NormFloat64()
	}
	for i, v := range spread(effects, rows, labels) {
		require.InDelta(t, 1, v/truth[i], .2)
	}
}

// A factor whose labels are numbers is an amount: where effects are in proportion to it, labels
// of few customers, and such as were not measured, are expected to follow.
func TestShrinkAmounts(t *testing.T) {
	var cells []Cell
	for _, x := range []string{"1", "2", "3", "4", "5", "7", "8", "9", "10", ""} {
		effect, _ := number(x)
		cells = append(cells, Cell{Labels: []string{x, "a"}, Customers: 100, Effect: 3 * effect, Variance: .01})
	}
	s := Shrink(cells, 2)
	require.Positive(t, s.Slopes[0])
	require.Zero(t, s.Slopes[1])
	between, _ := s.Effect([]string{"6", "a"})
	require.InDelta(t, 18, between, 2)
	beyond, _ := s.Effect([]string{"14", "a"})
	require.InDelta(t, 42, beyond, 8)

	cells[0].Labels[0] = "one" // a word among them, and they are words
	require.Zero(t, Shrink(cells, 2).Slopes[0])

	for i := range cells { // nothing goes by the amount
		cells[i].Labels[0], cells[i].Effect = strconv.Itoa(i), 5+.05*float64(i%3-1)
	}
	s = Shrink(cells, 2)
	beyond, _ = s.Effect([]string{"32", "a"})
	require.InDelta(t, 5, beyond, .2)
}
