package simulate_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"clientele/clv"
)

// standardised is ln(estimate/truth) of each parameter in standard errors, and
// the sum of squares d' C^-1 d of all, whose law is chi-squared. Logarithms,
// because in those the law of estimates is closer to normal, and those in which
// the package draws parameters for its intervals.
func standardised(t *testing.T, truth map[string]float64, got clv.Estimate) (z []float64, squares float64) {
	t.Helper()
	k := len(got.Params)
	d, c := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
	for i, p := range got.Params {
		d.SetVec(i, math.Log(p.Value/truth[p.Name]))
		z = append(z, d.AtVec(i)*p.Value/p.StdErr)
		for j, q := range got.Params[:i+1] {
			c.SetSym(i, j, got.Covariance[i][j]/p.Value/q.Value)
		}
	}
	var root mat.Cholesky
	require.True(t, root.Factorize(c), "the covariance is not positive definite")
	var solved mat.VecDense
	require.NoError(t, root.SolveVecTo(&solved, d))
	return z, mat.Dot(d, &solved)
}

const (
	shops         = 300
	shopCustomers = 400
)

// study holds many estimates of one truth against it.
type study struct {
	truth   map[string]float64
	names   []string
	z       [][]float64 // by parameter, of each shop
	squares []float64   // of each shop
}

// add takes the estimate of one more shop.
func (s *study) add(t *testing.T, got clv.Estimate) {
	t.Helper()
	if s.names == nil {
		for _, p := range got.Params {
			s.names = append(s.names, p.Name)
		}
		s.z = make([][]float64, len(s.names))
	}
	z, squares := standardised(t, s.truth, got)
	for i, v := range z {
		s.z[i] = append(s.z[i], v)
	}
	s.squares = append(s.squares, squares)
}

// require wants errors of mean 0 and spread 1 and sums of squares with the mean
// of their law, its degrees of freedom k, each within four standard errors of
// the study: 1/sqrt(n) of the mean, 1/sqrt(2n) of the spread, and sqrt(2k/n),
// for n shops. These leave room for the bias of estimates from few customers,
// here a tenth of a standard error.
func (s *study) require(t *testing.T) {
	t.Helper()
	k, n := float64(len(s.truth)), float64(len(s.squares))
	for i, z := range s.z {
		mean, spread := stat.MeanStdDev(z, nil)
		t.Logf("%s: errors of mean %.3f and spread %.3f", s.names[i], mean, spread)
		require.InDelta(t, 0, mean, 4/math.Sqrt(n), "mean error of %s", s.names[i])
		require.InDelta(t, 1, spread, 4/math.Sqrt(2*n), "spread of the errors of %s", s.names[i])
	}
	squares := stat.Mean(s.squares, nil)
	t.Logf("sum of squares %.3f for %g", squares, k)
	require.InDelta(t, k, squares, 4*math.Sqrt(2*k/n), "sum of squares")
}

// The customers of a shop of the study. Their purchases are half as rare as in
// madeBy and more of them leave: the standard errors are seven times as large, so
// that merged purchases matter less, while estimates from so few customers need
// histories that tell more, or their own bias would show.
var studiedBuyers = map[string]float64{"r": 1.2, "alpha": 40, "s": 0.9, "beta": 250}

// Standard errors are right: over many shops of one truth, estimates scatter
// about it as widely as the standard error of each says. Here in continuous
// time, and for spend.
func TestStandardErrorsAreRight(t *testing.T) {
	o := madeBy(t, "pareto-nbd")
	o.Customers, o.Params = shopCustomers, studiedBuyers
	life, spend := study{truth: o.Params}, study{truth: truthOf(o.Spend)}
	for seed := range uint64(shops) {
		o.Seed = seed
		s := readBack(t, o)
		life.add(t, fitLife(t, o, s))
		spend.add(t, fitSpend(t, s))
	}
	t.Run("pareto-nbd", life.require)
	t.Run("gamma-gamma", spend.require)
}

// And where time is counted in opportunities.
func TestStandardErrorsAreRightInOpportunities(t *testing.T) {
	o := madeBy(t, "bg-bb")
	o.Customers = shopCustomers
	life := study{truth: o.Params}
	for seed := range uint64(shops) {
		o.Seed = seed
		life.add(t, fitLife(t, o, readBack(t, o)))
	}
	life.require(t)
}
