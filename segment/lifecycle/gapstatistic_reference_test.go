package lifecycle

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// TestLikelihoodOfK holds the closed form against the integral it stands for, that
// of the gamma densities of the gaps over ln λ, for a block of four and one of
// three gaps.
func TestLikelihoodOfK(t *testing.T) {
	gaps := []float64{20, 35, 4, 61, 30, 30, 29}
	var b gapBlocks
	for _, g := range gaps {
		b.add(g, math.Log(g))
	}
	scale := scaleOf(30)
	got := b.statistic().logLikelihoods(scale)
	var lead float64
	for i, k := range shapes {
		want := 0.0
		for _, block := range [][]float64{gaps[:4], gaps[4:]} {
			integral := quad.Fixed(func(lnRate float64) float64 {
				d, p := distuv.Gamma{Alpha: k, Beta: math.Exp(lnRate)}, 1.0
				for _, g := range block {
					p *= d.Prob(g)
				}
				return p
			}, -30, 6, 2000, nil, 0)
			span := float64(len(block)) * math.Exp2(float64(scale)/2)
			want += math.Log(integral / seen(k, len(block), span))
		}
		if i == 0 {
			lead = got[i] - want
		}
		require.InDelta(t, lead, got[i]-want, 1e-6, "k = %v", k)
	}
}

// TestSeen holds the share of blocks without an unseen gap against what is known:
// of m memoryless gaps in a span all are above ε of it with probability
// (1−mε)^(m−1); of two, 1 − 2·I_ε(k, k); else against simulation.
func TestSeen(t *testing.T) {
	for _, span := range []float64{40, 120, 1000} {
		for m := 2; m <= block; m++ {
			require.InDelta(t, math.Pow(1-float64(m)*0.5/span, float64(m-1)), seen(1, m, span), 0.002, "m = %d", m)
		}
	}
	src := rand.NewPCG(3, 0)
	for _, k := range []float64{0.4, 0.8, 2} {
		const draws = 50_000
		gap, all := distuv.Gamma{Alpha: k, Beta: 1, Src: src}, 0
		for range draws {
			least, sum := math.Inf(1), 0.0
			for range block {
				g := gap.Rand()
				least, sum = min(least, g), sum+g
			}
			if least > 0.5/120*sum {
				all++
			}
		}
		require.InDelta(t, float64(all)/draws, seen(k, block, 120), 0.015, "k = %v", k)
	}
}

// TestRegularityIsRecovered: the shares of three sorts of customers, and a
// customer's own sort.
func TestRegularityIsRecovered(t *testing.T) {
	src := rand.NewPCG(8, 0)
	customers := map[statisticClass]int64{}
	var bursty []gapStatistic
	for i := range 6000 {
		k := []float64{0.4, 1, 1, 6}[i%4]
		var b gapBlocks
		gap, at, last := distuv.Gamma{Alpha: k, Beta: k / 30, Src: src}, 0.0, 0.0
		for n := 0; n < 24; {
			at += gap.Rand()
			if day := math.Floor(at); day > last {
				b.add(day-last, math.Log(day-last))
				last = day
				n++
			}
		}
		customers[classOf(b.statistic(), last/24)]++
		if k < 1 {
			bursty = append(bursty, b.statistic())
		}
	}
	shares, _ := fitRegularity(customers)
	require.InDelta(t, 0.25, shares[0]+shares[1]+shares[2], 0.06, "%v", shares)
	require.InDelta(t, 0.5, shares[3]+shares[4]+shares[5], 0.06, "%v", shares)
	require.InDelta(t, 0.25, shares[7]+shares[8]+shares[9], 0.03, "%v", shares)
	known := 0.0
	for _, g := range bursty {
		own := shares.posterior(g, scaleOf(30))
		known += (own[0] + own[1] + own[2]) / float64(len(bursty))
	}
	require.Greater(t, known, 0.55)
}
