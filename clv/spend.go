package clv

import (
	"fmt"
	"math"

	"clientele/clv/internal/special"
	"clientele/internal/wording"
)

// gammaGammaParams are in the order of Fader, Hardie and Lee (2005b).
var gammaGammaParams = []parameter{
	{name: "p", low: sign("one_purchase_tells_nothing_of_the_next"), high: sign("a_customer_s_purchases_all_cost_the_same")},
	{name: "q", low: sign("spend_is_spread_without_limit"), high: sign("all_customers_spend_alike")},
	{name: "gamma", scales: true, low: sign("spend_is_spread_without_limit"), high: sign("all_customers_spend_alike")},
}

// GammaGamma is a model of spend per purchase: a customer's purchases cost
// Gamma(shape P, rate ν) each, and ν ~ Gamma(shape Q, rate Gamma) over
// customers. Spend is taken to be independent of how often one buys.
//
// All three parameters are above 0; P and Q are pure numbers, Gamma is money.
// NewGammaGamma checks them.
//
// Sources: Fader, Hardie and Lee (2005b), RFM and CLV: Using Iso-Value Curves,
// Journal of Marketing Research 42(4), https://doi.org/10.1509/jmkr.2005.42.4.415;
// Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value, note 25.
type GammaGamma struct {
	P, Q, Gamma float64
}

// NewGammaGamma checks parameters, each from MinParam to MaxParam. The error
// wraps ErrParameter, or ErrNoMean where q <= 1: then the model is returned too
// and may be used as ExpectedSpend says.
func NewGammaGamma(p, q, gamma float64) (GammaGamma, error) {
	g := GammaGamma{P: p, Q: q, Gamma: gamma}
	if _, err := paramValues(paramNames(gammaGammaParams), g.params()); err != nil {
		return GammaGamma{}, fmt.Errorf("gamma-gamma: %w", err)
	}
	_, err := g.Mean()
	return g, err
}

// params are the parameters by name.
func (g GammaGamma) params() map[string]float64 {
	return map[string]float64{"p": g.P, "q": g.Q, "gamma": g.Gamma}
}

// LogLikelihood is the log density of a mean spend m over x purchases, m > 0
// and x >= 1; NaN for anything else, up to MaxSpend and MaxCount. With z = xm/γ
//
//	ln Γ(px+q)/(Γ(px)Γ(q)) - q ln(1+z) - px ln(1+1/z) - ln m.
//
// As printed, with powers of m, x and γ apart, it loses its digits where px is
// large. Source: note 25, eq. (1a).
func (g GammaGamma) LogLikelihood(x, m float64) float64 {
	if !validSpend(x, m) {
		return math.NaN()
	}
	px, z := g.P*x, x*m/g.Gamma
	return lnGammaOverBeta(px, g.Q) - g.Q*math.Log1p(z) - px*math.Log1p(1/z) - math.Log(m)
}

// ExpectedSpend is the spend expected per purchase, E(M | m, x), of a customer
// with mean spend m over x purchases:
//
//	p(γ + xm)/(px + q - 1),
//
// a weighted mean of m and of the population's mean. x = 0 gives the latter,
// whatever m. A negative or undefined m (more returned than bought) counts as 0,
// and an m above MaxSpend as MaxSpend; an x that is not a count gives NaN.
//
// With q <= 1 the population's mean is infinite, and the formula turns negative
// or absurd. ExpectedSpend is then the harmonic mean of spend, p(γ+xm)/(px+q),
// for every x. It exists for any q, errs on the low side, and tends to m as x
// grows like the formula above.
//
// Source: note 25, eq. (5).
func (g GammaGamma) ExpectedSpend(x, m float64) float64 {
	if !validCount(x) {
		return math.NaN()
	}
	if !(m > 0) {
		m = 0
	}
	m = min(m, MaxSpend)
	if g.Q <= 1 {
		return g.P * (g.Gamma + x*m) / (g.P*x + g.Q)
	}
	return g.P * (g.Gamma + x*m) / (g.P*x + (g.Q - 1))
}

// Mean is the mean spend of the population per purchase, pγ/(q-1). The error
// wraps ErrNoMean where q <= 1.
func (g GammaGamma) Mean() (float64, error) {
	if g.Q <= 1 {
		return 0, failure{ErrNoMean, wording.Of("model.no_mean", "q", fmt.Sprint(g.Q))}
	}
	return g.P * g.Gamma / (g.Q - 1), nil
}

// MaxSpend is the largest mean spend a row may hold, in money.
const MaxSpend = 1e15

// validSpend reports whether a row says something about spend.
func validSpend(x, m float64) bool {
	return validCount(x) && x > 0 && m >= minSpend && m <= MaxSpend
}

// minSpend keeps 1/z in LogLikelihood finite.
const minSpend = 1e-15

// lnGammaOverBeta is ln Γ(u+v)/(Γ(u)Γ(v)) = -ln B(u, v).
func lnGammaOverBeta(u, v float64) float64 {
	small, large := min(u, v), max(u, v)
	lnGamma, _ := math.Lgamma(small)
	return special.LnRising(large, small) - lnGamma
}
