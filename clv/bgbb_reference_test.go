package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// paperBGBB is the fit to the donations as the paper prints it.
func paperBGBB(t *testing.T) *Model {
	t.Helper()
	return model(t, "bg-bb", 1.204, 0.750, 0.657, 2.783)
}

// donationsBGBB is the same fit to ten digits (clv-models.md, 2.3).
func donationsBGBB(t *testing.T) *Model {
	t.Helper()
	return model(t, "bg-bb", 1.2035223516, 0.7497163582, 0.6567182084, 2.7834422326)
}

// The 22 cells of the donations as Hardie's workbook prints them and
// pymc-marketing tests them, to its tolerance of 1e-3 (clv-models.md, 2.3).
func TestBGBBCells(t *testing.T) {
	m := paperBGBB(t)
	cells := []float64{
		-2.18167018824, -4.29485034929, -5.38473334360, -5.80915881601, -5.65172964525, -4.88370164695,
		-3.71682127437, -5.09558227343, -5.61576884108, -5.50636893346, -4.76723821904,
		-3.84829625138, -5.05936147828, -5.19562191019, -4.57070931973,
		-3.52745257839, -4.51620272962, -4.22465969453,
		-3.01199924784, -3.58817880928,
		-2.28882847451,
		-1.16751622367,
	}
	i := 0
	for tx := 6.; tx >= 0; tx-- {
		for x := tx; x >= min(tx, 1); x-- {
			want{cells[i], 1e-3}.require(t, m.LogLikelihood(x, tx, 6), "x=%v t_x=%v", x, tx)
			i++
		}
	}
	require.Len(t, cells, i)
}

// Single donors at the paper's parameters: BTYD 2.4.3 prints ten digits, the
// paper .11, .59 and .93 for P(alive). Its d = 0.1 a year is a continuous rate
// of ln 1.1.
func TestBGBBDonors(t *testing.T) {
	m := paperBGBB(t)
	for _, c := range []struct{ x, tx, pAlive, cet5, dert float64 }{
		{0, 0, .1080165842, .0728028775, .1146469962},
		{2, 4, .5895141164, 1.057348942, 1.665069903},
		{6, 6, .9304025424, 3.752115608, 5.90867832},
	} {
		requireClose(t, c.pAlive, m.PAlive(c.x, c.tx, 6), 2e-9, "P(alive) of x=%v", c.x)
		requireClose(t, c.cet5, m.CET(5, c.x, c.tx, 6), 2e-9, "CET of x=%v", c.x)
		requireClose(t, c.dert, m.DECT(math.Inf(1), math.Log(1.1), c.x, c.tx, 6), 2e-9, "DERT of x=%v", c.x)
	}
	requireClose(t, 1.848238057, m.CET(10, 3, 4, 6), 1e-9)
	requireClose(t, 1.628660773, m.DECT(math.Inf(1), math.Log(1.1), 3, 4, 6), 1e-9)
}

// E[X(n)] of a new donor, n = 1, ..., 11: Hardie's worksheet to four decimals.
func TestBGBBExpected(t *testing.T) {
	m := donationsBGBB(t)
	for i, sheet := range []float64{.4985, .9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887} {
		want{sheet, 6e-5}.require(t, m.Expected(float64(i+1)), "n=%d", i+1)
	}
}

// The chances of 0 to 6 donations in six years, to ten digits by BTYD 2.4.3.
func TestBGBBCounts(t *testing.T) {
	m := paperBGBB(t)
	for n, p := range []float64{
		.3112177433, .1701099784, .1214805138, .100263115, .0916598534, .0924811479, .1127876482,
	} {
		requireClose(t, p, m.PMF(float64(n), 6), 1e-9, "n=%d", n)
	}
	require.Zero(t, m.PMF(7, 6))
}

// Totals of Hardie's worksheets over all donors, one decimal: donations in the
// next five years, and donors with none and with six in the first six.
func TestBGBBTotals(t *testing.T) {
	p, m := donors(t), donationsBGBB(t)
	customers, next := 0., 0.
	for i, cet := range Score(m, p, ScoreOptions{Horizon: 5}).CET {
		next += p.Weight[i] * cet
		customers += p.Weight[i]
	}
	want{12884.2, 0.051}.require(t, next)
	want{3454.9, 0.051}.require(t, customers*m.PMF(0, 6))
	want{1253.1, 0.051}.require(t, customers*m.PMF(6, 6))
}
