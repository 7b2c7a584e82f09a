package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestGompertzGolden holds the model to the shared values, over betas above and below
// 1. Those of two rows, x = 25 and t_x = 20, have nine digits only, as
// TestGompertzExact shows.
func TestGompertzGolden(t *testing.T) {
	for i, row := range readTable(t, "golden", "ggomnbd.csv") {
		at := func(column string) float64 { return number(t, row, column) }
		m := model(t, "ggompertz-nbd", at("r"), at("alpha"), at("b"), at("s"), at("beta"))
		x, tx, end := at("x"), at("t_x"), at("T")
		digits := 1e-11
		if x == 25 {
			digits = 2e-9
		}
		requireClose(t, at("ll"), m.LogLikelihood(x, tx, end), digits, "row %d", i)
		requireClose(t, at("p_alive"), m.PAlive(x, tx, end), digits, "row %d", i)
		requireClose(t, at("cet_39"), m.CET(39, x, tx, end), digits, "row %d", i)
	}
}

// The likelihood as the papers have it, with the integral from t_x to t cut into 200
// parts, in arithmetic of 40 digits (mpmath).
func TestGompertzExact(t *testing.T) {
	for _, c := range []struct {
		theta                [5]float64
		x, tx, t, ll, pAlive float64
	}{
		{[5]float64{0.553, 10.578, 0.0002, 0.603, 0.0026}, 25, 20, 39, -34.41028473801974416887, 0.0001529547281570834223615},
		{[5]float64{0.6, 10, 0.05, 0.7, 0.3}, 25, 20, 39, -33.64257133177490934312, 0.00002959824515121864910345},
		{[5]float64{0.6, 10, 0.05, 0.7, 0.3}, 150, 99.9, 100, -108.2296770500337841692, 0.9962386039049179156620},
	} {
		m := model(t, "ggompertz-nbd", c.theta[:]...)
		requireClose(t, c.ll, m.LogLikelihood(c.x, c.tx, c.t), 1e-14)
		requireClose(t, c.pAlive, m.PAlive(c.x, c.tx, c.t), 1e-12)
	}
}

// CLVTools fails here: P(alive) is 1 and the purchases are no number
// (shared/reference/clv-models.md, 5).
func TestGompertzWhereOthersFail(t *testing.T) {
	m := model(t, "ggompertz-nbd", 0.6, 10, 0.5, 0.7, 5)
	requireFinite(t, m.CET(39, 150, 99.9, 100))
	require.InDelta(t, 0.963215, m.PAlive(150, 99.9, 100), 1e-6)
}

// On CDNOW b and beta run to 0 (Bemmaor and Glady, 2012, table 2, print b .0002 and
// beta .0026), where the log-likelihood is their -9594.98, Pareto/NBD's.
func TestFitGompertzCDNOW(t *testing.T) {
	p, _ := cdnowSample(t)
	fit, err := FitModel("ggompertz-nbd", p, 2)
	require.NoError(t, err)
	require.True(t, fit.Converged)
	require.Equal(t, "pareto-nbd", fit.Model.Name())
	require.InDelta(t, -9594.97617894, fit.LogLikelihood, 1e-6)
	require.Contains(t, fit.Note.String(), "pareto-nbd is used")
}
