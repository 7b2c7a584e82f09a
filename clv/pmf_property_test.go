package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The chances of all counts add up to 1 and to the mean CET, and that of none
// is no smaller than the chance of having left.
func TestPMFAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		x, tx, end := drawRow(t)
		h := rapid.Float64Range(0.01, 60).Draw(t, "h")
		cet := m.CET(h, x, tx, end)
		sum, mean := 0., 0.
		n := 0.
		for ; n < 40+20*cet || m.PMFAhead(n, h, x, tx, end)*n*n > 1e-13; n++ {
			p := m.PMFAhead(n, h, x, tx, end)
			sum += p
			mean += n * p
			if n > 2000 { // a tail as fat as that is another test's
				return
			}
		}
		require.InDelta(t, 1, sum, 1e-9)
		require.InDelta(t, cet, mean, 1e-8*max(1, cet))
		require.LessOrEqual(t, 1-m.PAlive(x, tx, end), slack*m.PMFAhead(0, h, x, tx, end))
	})
}

// What is drawn agrees with what is computed, within four standard errors.
func TestDraws(t *testing.T) {
	const draws = 20_000
	for _, c := range []struct{ x, tx, end, h, delta float64 }{{0, 0, 10, 20, 0.01}, {7, 30, 39, 100, 0.02}} {
		for _, name := range betaGeometrics {
			ahead := model(t, name, 0.5, 6, 0.8, 2.5).after(c.x)
			requireDraws(t, ahead, c.h, c.delta, c.end, draws)
		}
	}
}

// requireDraws compares the mean of draws with the expectations, and the share
// without a purchase with its chance.
func requireDraws(t *testing.T, ahead prospect, h, delta, end float64, draws int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(31, 32))
	var purchases, discounted, time, none sample
	for range draws {
		f := ahead.draw(rng, h, delta, end)
		purchases.add(f.purchases)
		discounted.add(f.discounted)
		time.add(f.time)
		if f.purchases == 0 {
			none.add(1)
		} else {
			none.add(0)
		}
	}
	wantPurchases, _ := ahead.ahead(h, 0, end)
	wantDiscounted, wantTime := ahead.ahead(h, delta, end)
	purchases.requireMean(t, wantPurchases)
	discounted.requireMean(t, wantDiscounted)
	time.requireMean(t, wantTime)
	none.requireMean(t, ahead.pmf(0, h, end))
}

// The same where nearly all of the purchases are drawn at once, with customers
// who leave before the horizon and such who do not.
func TestDrawsOfCrowds(t *testing.T) {
	const draws = 20_000
	for _, name := range betaGeometrics {
		ahead := model(t, name, 5, 0.5, 0.9, 900).after(3)
		requireDraws(t, ahead, 120, 0.02, 2, draws)
		// One by one they would take years.
		f := model(t, name, 1e9, 1e-9, 1e-9, 1e12).after(3).draw(newRand(), 1e15, 1e-15, 2)
		requireFinite(t, f.purchases, f.discounted, f.time)
		require.Greater(t, f.purchases, 1e20)
	}
}

// Survival is the same by pieces and by counts where both have digits.
func TestSurvivalByCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, _ := drawSurvivor(t)
		u := math.Exp(rapid.Float64Range(-10, 10).Draw(t, "ln u"))
		alive, _ := c.at(u)
		require.InDelta(t, alive, c.survivalByCount(u), 1e-13+1e-12*alive)
	})
}
