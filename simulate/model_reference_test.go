package simulate

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"
)

// sampled is the number of customers behind each comparison. The seed is fixed,
// so a comparison within 4 standard errors either holds for ever or never does.
const (
	sampled   = 200_000
	tolerance = 4 // standard errors
)

// simulated is what a sample of one model shows at time horizon after the first
// purchase, in model units.
type simulated struct {
	repeats []float64 // x of each customer
	alive   float64   // share of customers who have not left
}

// sample draws a sample from a model.
func sample(t *testing.T, name string, params map[string]float64, horizon float64) simulated {
	t.Helper()
	m, ok := findModel(name)
	require.True(t, ok)
	d := newDice()
	s := simulated{repeats: make([]float64, sampled)}
	var days []float64
	for i := range s.repeats {
		d.reset(7, lifeDraws, i)
		var left float64
		days, left = m.draw(d, params).purchases(d, 0, horizon, 1, days[:0])
		s.repeats[i] = float64(len(days) - 1)
		if math.IsInf(left, 1) {
			s.alive += 1.0 / sampled
		}
	}
	return s
}

// requireMean compares the mean of x with what the model expects.
func (s simulated) requireMean(t *testing.T, want float64) {
	t.Helper()
	mean, sd := stat.MeanStdDev(s.repeats, nil)
	require.InDelta(t, want, mean, tolerance*sd/math.Sqrt(sampled), "mean of x")
}

// requireShares compares the shares of customers with x = 0, 1, ...
func (s simulated) requireShares(t *testing.T, want ...float64) {
	t.Helper()
	got := make([]float64, len(want))
	for _, x := range s.repeats {
		if int(x) < len(got) {
			got[int(x)] += 1.0 / sampled
		}
	}
	for x, p := range want {
		requireShare(t, p, got[x])
	}
}

// requireShare compares a share with its probability.
func requireShare(t *testing.T, want, got float64) {
	t.Helper()
	require.InDelta(t, want, got, tolerance*math.Sqrt(want*(1-want)/sampled))
}

// The parameters are those of the CDNOW sample in weeks as printed by the
// BTYD package's walkthrough; E[X(52)] from the closed form, which it prints
// as 1.473.
func TestParetoNBDReference(t *testing.T) {
	p := map[string]float64{"r": 0.5534, "alpha": 10.5802, "s": 0.6061, "beta": 11.6562}
	s := sample(t, "pareto-nbd", p, 52)
	s.requireMean(t, 1.4730669919919908)
	// P(lifetime > t) = (beta/(beta+t))^s, Schmittlein, Morrison and Colombo (1987).
	requireShare(t, math.Pow(p["beta"]/(p["beta"]+52), p["s"]), s.alive)
}

// Parameters and E[X(78)] from Hardie's worksheet for BG/NBD (it prints
// 1.8576 from unrounded parameters; 1.860519058 is exact at these), and the
// probabilities of x = 0 to 3 in 39 weeks at the same parameters.
func TestBGNBDReference(t *testing.T) {
	p := map[string]float64{"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
	sample(t, "bg-nbd", p, 78).requireMean(t, 1.860519058)
	sample(t, "bg-nbd", p, 39).requireShares(t, 0.5737863521, 0.1993952808, 0.0854297595, 0.0458603539)
}

// Parameters, E[X(52)] and the probabilities of x = 0 to 4 in 39 weeks as
// printed by BTYDplus 1.2.0 for the CDNOW sample.
func TestMBGNBDReference(t *testing.T) {
	p := map[string]float64{"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}
	sample(t, "mbg-nbd", p, 52).requireMean(t, 1.419717363)
	sample(t, "mbg-nbd", p, 39).requireShares(t, 0.5824731895, 0.1827830773, 0.0868948257, 0.0485704430, 0.0297741486)
}

// Mean r t/alpha and variance r t/alpha + r (t/alpha)^2 of the NBD, Ehrenberg
// (1959); parameters of the CDNOW sample by BTYDplus.
func TestNBDReference(t *testing.T) {
	const horizon = 39
	p := map[string]float64{"r": 0.38476588, "alpha": 12.07201373}
	s := sample(t, "nbd", p, horizon)
	mean := p["r"] * horizon / p["alpha"]
	s.requireMean(t, mean)
	require.InDelta(t, 1, s.alive, 1e-9)
	// The standard error of a variance from the fourth moment of the sample.
	m, variance := stat.MeanVariance(s.repeats, nil)
	fourth := stat.MomentAbout(4, s.repeats, m, nil)
	se := math.Sqrt((fourth - variance*variance) / sampled)
	require.InDelta(t, mean+mean*mean/p["r"], variance, tolerance*se)
}

// S(t) = (beta/(beta+exp(b t)-1))^s and E[X(t)] = r/alpha times the integral
// of S from 0 to t, Bemmaor and Glady (2012); parameters chosen so that most
// customers leave.
func TestGGompertzNBDReference(t *testing.T) {
	p := map[string]float64{"r": 0.553, "alpha": 10.578, "b": 0.02, "s": 0.603, "beta": 0.26}
	survival := func(u float64) float64 {
		return math.Pow(p["beta"]/(p["beta"]+math.Expm1(p["b"]*u)), p["s"])
	}
	s := sample(t, "ggompertz-nbd", p, 52)
	requireShare(t, survival(52), s.alive)
	s.requireMean(t, p["r"]/p["alpha"]*quad.Fixed(survival, 0, 52, 40, quad.Legendre{}, 0))
}

// With two stages to a gap nobody has come back by t if at most one stage has
// passed: P = q^r (1 + r (1-q)) with q = alpha/(alpha+t), times the chance of
// staying after the first purchase, a coin for MBG alone; parameters of the
// CDNOW sample by BTYDplus.
func TestCNBDReference(t *testing.T) {
	const horizon = 20
	none := func(p map[string]float64) float64 {
		q := p["alpha"] / (p["alpha"] + horizon)
		return math.Pow(q, p["r"]) * (1 + p["r"]*(1-q))
	}
	bg := map[string]float64{"k": 2, "r": 0.22691704, "alpha": 1.46291785, "a": 0.94399573, "b": 2.07431576}
	sample(t, "bg-cnbd-k", bg, horizon).requireShares(t, none(bg))
	mbg := map[string]float64{"k": 2, "r": 0.57990804, "alpha": 2.28819949, "a": 1.13433078, "b": 1.58477857}
	stays := mbg["b"] / (mbg["a"] + mbg["b"])
	sample(t, "mbg-cnbd-k", mbg, horizon).requireShares(t, 1-stays+stays*none(mbg))
}

// Parameters, chances of 0 to 6 purchases at six opportunities, as printed by
// BTYD 2.4.3, and E[X(6)] of Hardie's worksheet, for the donations of Fader,
// Hardie and Shang (2010). Of those alive for opportunity n the share is
// B(gamma, delta+n)/B(gamma, delta), here for n = 6 by its product.
func TestBGBBReference(t *testing.T) {
	p := map[string]float64{"alpha": 1.204, "beta": 0.750, "gamma": 0.657, "delta": 2.783}
	s := sample(t, "bg-bb", p, 6.5)
	s.requireShares(t, .3112177433, .1701099784, .1214805138, .100263115, .0916598534, .0924811479, .1127876482)
	s.requireMean(t, 2.2202)
	alive := 1.0
	for i := range 6 {
		alive *= (p["delta"] + float64(i)) / (p["gamma"] + p["delta"] + float64(i))
	}
	requireShare(t, alive, s.alive)
}

// The survival curve of the "regular" customers of Fader and Hardie (2007), at
// the fit to their table: .239024 after seven renewals, and those who lapsed at
// the first and at the second.
func TestSBGReference(t *testing.T) {
	p := map[string]float64{"alpha": 0.7040772985, "beta": 1.1820430262}
	s := sample(t, "sbg", p, 7.5)
	requireShare(t, .239024, s.alive)
	s.requireShares(t, 1-.626706, .626706-.473819)
}

// Mean p gamma/(q-1) = 35.2189781 at the parameters of the CDNOW sample,
// Fader, Hardie and Lee (2005).
func TestGammaGammaReference(t *testing.T) {
	o := Defaults()
	o.Spend = Spend{P: 6.25, Q: 3.74, Gamma: 15.44}
	p, err := newPlan(o)
	require.NoError(t, err)
	d, l := newDice(), life{}
	spend := make([]float64, sampled)
	for i := range spend {
		d.reset(7, lifeDraws, i)
		l.nu = d.gamma(o.Spend.Q, o.Spend.Gamma)
		spend[i] = float64(p.spend(d, &l)) / 100
	}
	mean, sd := stat.MeanStdDev(spend, nil)
	require.InDelta(t, 35.2189781, mean, tolerance*sd/math.Sqrt(sampled))
}
