package clv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchmarkPanel is a large shop: customers of three years, by days in weeks.
func benchmarkPanel(customers int) Panel {
	rng := rand.New(rand.NewPCG(1, 2))
	return betaGeometric{r: 0.5, alpha: 6, a: 0.8, b: 2.5}.simulate(rng, customers, func() float64 {
		return math.Floor(1+1095*rng.Float64()) / 7
	})
}

func BenchmarkFit(b *testing.B) {
	for _, name := range betaGeometrics {
		b.Run(name, func(b *testing.B) {
			const customers = 100_000
			p := benchmarkPanel(customers)
			for b.Loop() {
				_, err := FitModel(name, p, 1)
				require.NoError(b, err)
			}
			reportRate(b, customers)
		})
	}
}

func BenchmarkScore(b *testing.B) {
	for _, customers := range []int{100_000, 1_000_000} {
		b.Run(strconv.Itoa(customers), func(b *testing.B) {
			p := benchmarkPanel(customers)
			m := model(b, "bg-nbd", 0.5, 6, 0.8, 2.5)
			o := ScoreOptions{Horizon: 156, Delta: 0.0018, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
			for b.Loop() {
				Score(m, p, o)
			}
			reportRate(b, customers)
		})
	}
}

// regularBench is a shop whose customers buy at regular times, by days.
func regularBench(customers, k int) Panel {
	rng := rand.New(rand.NewPCG(1, 2))
	m := condensed{betaGeometric{first: 1, r: 0.5, alpha: 6 / float64(k), a: 0.8, b: 2.5}, k}
	p := m.simulate(rng, customers, func() float64 { return math.Floor(1+1095*rng.Float64()) / 7 })
	for i := range p.TX {
		p.TX[i] = math.Floor(p.TX[i]*7) / 7
		p.LnGaps[i] = min(p.LnGaps[i], p.X[i]*math.Log(p.TX[i]/max(p.X[i], 1)))
		if p.TX[i] == 0 { // two purchases on one day
			p.X[i], p.LnGaps[i] = 0, 0
		}
	}
	return p
}

// A fit of one k, and one that finds it.
func BenchmarkFitCondensed(b *testing.B) {
	for _, k := range []int{1, 2, 3, 4} {
		p := regularBench(100_000, k)
		for _, asked := range []int{k, 0} {
			b.Run(fmt.Sprintf("made %d, asked %d", k, asked), func(b *testing.B) {
				for b.Loop() {
					_, err := FitModelWith("mbg-cnbd-k", p, FitOptions{K: asked})
					require.NoError(b, err)
				}
				reportRate(b, p.Len())
			})
		}
	}
}

// A shop that hardly anybody leaves, on a clock that gives each customer a time of
// their own, as that of stages does.
func BenchmarkFitOwnClock(b *testing.B) {
	const customers = 4000
	rng := rand.New(rand.NewPCG(1, 2))
	p := betaGeometric{r: 0.8, alpha: 10, a: 0.01, b: 5}.simulate(rng, customers, func() float64 { return 53 * rng.Float64() })
	for _, name := range []string{"nbd", "mbg-nbd", "pareto-nbd", "bg-cnbd-k/2", "mbg-cnbd-k/2", "mbg-cnbd-k/3"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := FitVariant(name, p, FitOptions{})
				require.NoError(b, err)
			}
			reportRate(b, customers)
		})
	}
}

func BenchmarkScoreCondensed(b *testing.B) {
	for _, k := range []int{1, 2, 3, 4} {
		b.Run(strconv.Itoa(k), func(b *testing.B) {
			p := regularBench(1_000_000, k)
			m := model(b, "mbg-cnbd-k", float64(k), 0.5, 6/float64(k), 0.8, 2.5)
			for b.Loop() {
				Score(m, p, ScoreOptions{Horizon: 156, Delta: 0.0018, WithDECT: true})
			}
			reportRate(b, p.Len())
		})
	}
}

// paretoPanel is the shop of benchmarkPanel under the Pareto/NBD model.
func paretoPanel(customers int) Panel {
	rng := rand.New(rand.NewPCG(1, 2))
	return pareto{r: 0.5, alpha: 6, s: 0.6, beta: 12}.simulate(rng, customers, func() float64 {
		return math.Floor(1+1095*rng.Float64()) / 7
	}, 1./7)
}

func BenchmarkFitPareto(b *testing.B) {
	for _, customers := range []int{100_000, 1_000_000} {
		b.Run(strconv.Itoa(customers), func(b *testing.B) {
			p := paretoPanel(customers)
			for b.Loop() {
				_, err := FitModel("pareto-nbd", p, 1)
				require.NoError(b, err)
			}
			reportRate(b, customers)
		})
	}
}

func BenchmarkScorePareto(b *testing.B) {
	const customers = 1_000_000
	p := paretoPanel(customers)
	m := model(b, "pareto-nbd", 0.5, 6, 0.6, 12)
	for b.Loop() {
		Score(m, p, ScoreOptions{Horizon: 52, Delta: 0.0018, WithDECT: true})
	}
	reportRate(b, customers)
}

// gompertzPanel is the same shop where the risk to leave rises, by days.
func gompertzPanel(customers int) Panel {
	rng := rand.New(rand.NewPCG(1, 2))
	p := gompertz{r: 0.5, alpha: 6, b: 0.03, s: 0.6, beta: 4}.simulate(rng, customers, func() float64 {
		return math.Floor(1+1095*rng.Float64()) / 7
	})
	for i, tx := range p.TX {
		p.TX[i] = math.Ceil(7*tx) / 7
	}
	return p
}

func BenchmarkFitGompertz(b *testing.B) {
	const customers = 100_000
	p := gompertzPanel(customers)
	for b.Loop() {
		_, err := FitModel("ggompertz-nbd", p, 1)
		require.NoError(b, err)
	}
	reportRate(b, customers)
}

func BenchmarkScoreGompertz(b *testing.B) {
	const customers = 1_000_000
	p := gompertzPanel(customers)
	m := model(b, "ggompertz-nbd", 0.5, 6, 0.03, 0.6, 4)
	for b.Loop() {
		Score(m, p, ScoreOptions{Horizon: 156, Delta: 0.0018, WithDECT: true})
	}
	reportRate(b, customers)
}

func BenchmarkFitGammaGamma(b *testing.B) {
	const customers = 100_000
	rng := rand.New(rand.NewPCG(3, 4))
	x, spend := GammaGamma{P: 6, Q: 4, Gamma: 15}.simulate(rng, customers)
	for b.Loop() {
		_, err := FitGammaGamma(x, spend, nil, 1)
		require.NoError(b, err)
	}
	reportRate(b, customers)
}

// reportRate adds customers per second.
func reportRate(b *testing.B, customers int) {
	b.ReportMetric(float64(customers)*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}
