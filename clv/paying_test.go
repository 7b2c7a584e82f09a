package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// simulatePaying draws customers of whom each purchase brings money or not.
func simulatePaying(rng *rand.Rand, p Paying, customers int) (paid, purchases []float64) {
	chances := distuv.Beta{Alpha: p.A, Beta: p.B, Src: rng}
	for range customers {
		chance, n, k := chances.Rand(), 1+math.Floor(rng.ExpFloat64()*6), 0.
		for range int(n) {
			if rng.Float64() < chance {
				k++
			}
		}
		paid, purchases = append(paid, k), append(purchases, n)
	}
	return paid, purchases
}

// A fit to simulated customers finds the parameters they were drawn from, to within
// four of its own standard errors.
func TestFitPayingRecoversParameters(t *testing.T) {
	for _, truth := range []Paying{{A: 2, B: 1}, {A: 0.3, B: 0.1}, {A: 20, B: 5}} {
		paid, purchases := simulatePaying(rand.New(rand.NewPCG(51, 52)), truth, 5000)
		fit, err := FitPaying(paid, purchases, nil, 2)
		require.NoError(t, err)
		for i, want := range []float64{truth.A, truth.B} {
			require.InDelta(t, want, fit.Params[i].Value, 4*fit.Params[i].StdErr, fit.Params[i].Name)
			require.Less(t, fit.Params[i].StdErr, want/2, fit.Params[i].Name)
		}
	}
}

// Among customers who always pay or never do, one purchase says which; among
// payers of whom one bought once and paid nothing, it says little.
func TestPayingAfterOnePurchase(t *testing.T) {
	fit := func(paid, purchases []float64) Paying {
		f, err := FitPaying(paid, purchases, nil, 1)
		require.NoError(t, err)
		return f.Model
	}
	var paid, purchases []float64
	for i := range 40 {
		paid, purchases = append(paid, float64(24*(i%2))), append(purchases, 24)
	}
	either := fit(paid, purchases)
	require.InDelta(t, 0.0066, either.Share(0, 1), 1e-4)
	require.InDelta(t, 0.00028, either.Share(0, 24), 1e-5)
	require.InDelta(t, 0.9997, either.Share(24, 24), 1e-4)

	paid, purchases = []float64{0}, []float64{1}
	for range 1000 {
		paid, purchases = append(paid, 3), append(purchases, 3)
	}
	require.InDelta(t, 0.4816, fit(paid, purchases).Share(0, 1), 1e-4)

	// One customer in all: as likely as not, but for the one purchase.
	require.InDelta(t, 1./3, fit([]float64{0}, []float64{1}).Share(0, 1), 1e-5)
}

// What is expected of simulated customers is what their next purchases bring on
// average, of those who have paid often, at times and never alike.
func TestSpendModelMatchesSimulation(t *testing.T) {
	rng := rand.New(rand.NewPCG(53, 54))
	paid, purchases := simulatePaying(rng, Paying{A: 0.6, B: 0.4}, 20_000)
	rates := distuv.Gamma{Alpha: 4, Beta: 15, Src: rng}
	var of []SpendHistory
	var rate, chance []float64
	for i, n := range purchases {
		// Given what was seen, π ~ Beta(A + paid, B + unpaid).
		chance = append(chance, distuv.Beta{Alpha: 0.6 + paid[i], Beta: 0.4 + n - paid[i], Src: rng}.Rand())
		rate = append(rate, rates.Rand())
		h := SpendHistory{Paid: paid[i], Repeats: n}
		if paid[i] > 0 {
			h.Mean = distuv.Gamma{Alpha: 6 * paid[i], Beta: rate[i], Src: rng}.Rand() / paid[i]
		}
		of = append(of, h)
	}
	fit, err := FitSpend(of, nil, 2)
	require.NoError(t, err)
	m := fit.SpendModel()
	var never, times, always sample
	for i, h := range of {
		off := m.Expected(h) - chance[i]*6/rate[i]
		switch h.Paid {
		case 0:
			never.add(off)
		case h.Repeats:
			always.add(off)
		default:
			times.add(off)
		}
	}
	for _, s := range []sample{never, times, always} {
		require.Greater(t, s.n, 1000.)
		s.requireMean(t, 0)
	}
}

// More purchases at 0 never raise what is expected, which stays between 0 and what
// the same customer's payments alone would say; where all have always paid, it is
// that.
func TestUnpaidIsBelowPayers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := SpendModel{GammaGamma: GammaGamma{P: 6, Q: rapid.Float64Range(0.5, 50).Draw(t, "q"), Gamma: 15}}
		if rapid.Bool().Draw(t, "fitted") {
			m.FirstPaid = &Paying{A: rapid.Float64Range(1e-3, 1e3).Draw(t, "a"), B: rapid.Float64Range(1e-3, 1e3).Draw(t, "b")}
		}
		h := SpendHistory{Paid: float64(rapid.IntRange(0, 50).Draw(t, "paid")), Mean: 20}
		h.Repeats = h.Paid
		h.FirstUnpaid = rapid.Bool().Draw(t, "first unpaid")
		paying := m.ExpectedSpend(h.Paid, h.Mean)
		if m.FirstPaid == nil && !h.FirstUnpaid {
			got := m.Expected(h)
			require.InDelta(t, paying, got, 0)
		}
		before := paying
		for range 5 {
			v := m.Expected(h)
			require.GreaterOrEqual(t, v, 0.)
			require.LessOrEqual(t, v, before)
			before = v
			h.Repeats++
		}
	})
}

func TestFitPayingRefuses(t *testing.T) {
	_, err := FitPaying([]float64{2}, []float64{1}, nil, 1)
	require.ErrorIs(t, err, ErrRow)
	require.EqualError(t, err, "fit paying: row 0: "+ErrRow.Error()+": paid, purchases or weight is out of range: expected counts, no more paid than bought")
	_, err = FitPaying(nil, nil, nil, 1)
	require.ErrorIs(t, err, ErrNoCustomers)
	_, err = NewPaying(1, 0)
	require.ErrorIs(t, err, ErrParameter)
}
