package clv

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallShop is a shop of some hundred customers in weeks, with a fit to it and
// intervals of a year.
type smallShop struct {
	panel               Panel
	meanSpend, expected []float64
	model               *Model
	covariance          [][]float64 // of the model
	o                   PredictiveOptions
}

func newSmallShop(t testing.TB, customers int) (s smallShop) {
	t.Helper()
	s.panel = benchmarkPanel(customers)
	s.model = model(t, "bg-nbd", 0.5, 6, 0.8, 2.5)
	spend := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	rng := newRand()
	for _, x := range s.panel.X {
		m := math.Floor(1 + 60*rng.Float64())
		s.meanSpend = append(s.meanSpend, m)
		s.expected = append(s.expected, spend.ExpectedSpend(x, m))
	}
	s.covariance = logCovariance(s.model.theta, 0.1, 0.5)
	s.o = PredictiveOptions{
		Horizon: 52, Delta: 0.002,
		Prices: Prices{Margin: 0.3, UnitsPerYear: 52},
		Spend:  &spend, SpendCovariance: logCovariance([]float64{spend.P, spend.Q, spend.Gamma}, 0.05, 0.5),
	}
	return s
}

func (s smallShop) blend() *Blend { return Alone(s.model, s.covariance) }

func (s smallShop) predictive(t testing.TB) *Predictive {
	t.Helper()
	p, err := NewPredictive(s.blend(), s.o)
	require.NoError(t, err)
	return p
}

// values are intervals and scores of the whole shop.
func (s smallShop) values(t testing.TB) (low, high []float64) {
	t.Helper()
	p := s.predictive(t)
	return p.Values(s.panel, ScoreBlend(s.blend(), s.panel, p.ScoreOptions()), Baskets{Spend: s.expected})
}

func TestPredictiveOptions(t *testing.T) {
	m := model(t, "bg-nbd", 0.5, 6, 0.8, 2.5)
	for _, test := range []struct {
		o    PredictiveOptions
		says string
	}{
		{PredictiveOptions{Horizon: -1}, "horizon (-1) is not a number"},
		{PredictiveOptions{Horizon: 52, Delta: math.NaN()}, "delta (NaN) is not a number"},
		{PredictiveOptions{Horizon: math.Inf(1)}, "expected a finite horizon or a delta above 0"},
		{PredictiveOptions{Level: 1}, "level (1) is not a number above 0 and up to 0.99"},
		{PredictiveOptions{Level: math.NaN()}, "level (NaN)"},
		{PredictiveOptions{Prices: Prices{PerOrder: math.NaN()}}, "per_order (NaN) is not a finite number"},
		{PredictiveOptions{Prices: Prices{PerYearAlive: 1}}, "units_per_year (0) should be above 0"},
		{PredictiveOptions{Spend: &GammaGamma{P: 1, Q: 2}}, "gamma (0) is not a number from"},
		{PredictiveOptions{Spend: &GammaGamma{P: 1, Q: 2, Gamma: 3}, SpendCovariance: make([][]float64, 3)}, "spend covariance should have 3 rows"},
	} {
		_, err := NewPredictive(Alone(m, nil), test.o)
		require.ErrorIs(t, err, ErrParameter)
		require.ErrorContains(t, err, test.says)
	}
	p, err := NewPredictive(Alone(m, nil), PredictiveOptions{Horizon: 52})
	require.NoError(t, err)
	require.InDelta(t, DefaultLevel, p.o.Level, 0)
}

// Customers with no future have none for sure.
func TestPredictiveOfNobody(t *testing.T) {
	s := newSmallShop(t, 0)
	gone := Panel{X: []float64{400}, TX: []float64{1}, T: []float64{1e6}}
	scores := ScoreBlend(s.blend(), gone, ScoreOptions{Horizon: 52})
	require.Less(t, scores.PAlive[0], 1e-300)
	s.o.Prices.PerYearAlive = 3
	p := s.predictive(t)
	for _, interval := range []func() (low, high []float64){
		func() (low, high []float64) { return p.Purchases(gone, scores) },
		func() (low, high []float64) { return p.Values(gone, BlendScores{}, Baskets{Spend: []float64{20}}) },
	} {
		low, high := interval()
		require.Zero(t, low[0])
		require.Zero(t, high[0])
	}
	low, high := p.Total(gone, BlendScores{}, Spent{Mean: []float64{10}}, Baskets{Spend: []float64{20}}).Interval(p.o.Level, Past{})
	require.InDelta(t, 0, low, 1e-200)
	require.InDelta(t, 0, high, 1e-200)

	low, high = p.Total(Panel{}, BlendScores{}, Spent{}, Baskets{}).Interval(p.o.Level, Past{})
	require.Zero(t, low)
	require.Zero(t, high)
	low, high = p.TotalPurchases(Panel{}, BlendScores{})
	require.Zero(t, low)
	require.Zero(t, high)
}

// No time ahead, nothing to spend: [0, 0], whoever it is and at what costs.
func TestPredictiveOfNothing(t *testing.T) {
	s := newSmallShop(t, 50)
	for _, nothing := range []func(s *smallShop){
		func(s *smallShop) { s.o.Horizon, s.o.Prices.PerOrder, s.o.Prices.PerYearAlive = 0, 2, 3 },
		func(s *smallShop) { s.expected = make([]float64, s.panel.Len()) },
		func(s *smallShop) { s.o.Prices.Margin = 0 },
	} {
		s := s
		nothing(&s)
		low, high := s.values(t)
		for i := range low {
			require.Zero(t, low[i])
			require.Zero(t, high[i])
		}
		low[0], high[0] = s.predictive(t).Total(s.panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})
		require.Zero(t, low[0])
		require.Zero(t, high[0])
	}
}

// Rows that no customer can have, and spend that is not known, give NaN.
func TestPredictiveOfNaN(t *testing.T) {
	s := newSmallShop(t, 0)
	s.panel = Panel{X: []float64{1, 1.5, 2}, TX: []float64{5, 1, 3}, T: []float64{4, 2, 10}}
	s.expected = []float64{20, 20, math.NaN()}
	low, high := s.values(t)
	requireNaN(t, low...)
	requireNaN(t, high...)
	low, high = s.predictive(t).Purchases(s.panel, BlendScores{})
	requireNaN(t, low[0], high[0], low[1], high[1])
	requireFinite(t, low[2], high[2])

	s.o.Horizon = math.Inf(1)
	low, high = s.predictive(t).Purchases(s.panel, BlendScores{})
	requireNaN(t, low[2], high[2])
	low[0], high[0] = s.predictive(t).TotalPurchases(s.panel, BlendScores{})
	requireNaN(t, low[0], high[0])
}

// The interval holds the expected value, unless that is a mean over so few
// customers who buy that it lies above most of what may happen.
func TestIntervalHoldsExpected(t *testing.T) {
	s := newSmallShop(t, 1000)
	p := s.predictive(t)
	scores := ScoreBlend(s.blend(), s.panel, p.ScoreOptions())
	low, high := p.Values(s.panel, scores, Baskets{Spend: s.expected})
	fewest, most := p.Purchases(s.panel, scores)
	for i := range low {
		value := FutureValue(s.o.Prices, scores.DECT[i], 0, Basket{Spend: s.expected[i], Orders: 1})
		require.LessOrEqual(t, low[i], value)
		require.GreaterOrEqual(t, low[i], 0.)
		require.InDelta(t, math.Round(fewest[i]), fewest[i], 0)
		require.LessOrEqual(t, fewest[i], math.Ceil(scores.CET[i]))
		idle := s.model.PMFAhead(0, s.o.Horizon, s.panel.X[i], s.panel.TX[i], s.panel.T[i])
		if idle < 0.8 {
			require.GreaterOrEqual(t, high[i], value)
			require.GreaterOrEqual(t, most[i], math.Floor(scores.CET[i]))
		}
		if idle > 0.06 {
			require.Zero(t, low[i])
			require.Zero(t, fewest[i])
		}
		if idle > 0.97 {
			require.Zero(t, high[i])
			require.Zero(t, most[i])
		}
	}
	bottom, top := p.Total(s.panel, scores, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})
	total := 0.
	for i := range s.expected {
		total += FutureValue(s.o.Prices, scores.DECT[i], 0, Basket{Spend: s.expected[i], Orders: 1})
	}
	require.Less(t, bottom, total)
	require.Greater(t, top, total)
}

// A customer has the same bits alone, in a shard, in any order, by any number of
// workers, and a total those of any order.
func TestPredictiveBits(t *testing.T) {
	for _, costs := range []float64{0, 3} {
		s := newSmallShop(t, 3000)
		s.o.Prices.PerYearAlive, s.o.Prices.PerOrder = costs, costs
		low, high := s.values(t)
		fewest, most := s.predictive(t).Purchases(s.panel, BlendScores{})
		bottom, top := s.predictive(t).Total(s.panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})

		s.o.Workers = 3
		order := rand.New(rand.NewPCG(5, 6)).Perm(s.panel.Len())
		mixed := s.rows(order)
		p := mixed.predictive(t)
		gotBottom, gotTop := p.Total(mixed.panel, BlendScores{}, Spent{Mean: mixed.meanSpend}, Baskets{Spend: mixed.expected}).Interval(DefaultLevel, Past{})
		require.Equal(t, [2]float64{bottom, top}, [2]float64{gotBottom, gotTop})
		for shard := range slices.Chunk(order, 700) {
			part := s.rows(shard)
			gotLow, gotHigh := p.Values(part.panel, BlendScores{}, Baskets{Spend: part.expected})
			gotFewest, gotMost := p.Purchases(part.panel, BlendScores{})
			for i, row := range shard {
				require.Equal(t, [4]float64{low[row], high[row], fewest[row], most[row]},
					[4]float64{gotLow[i], gotHigh[i], gotFewest[i], gotMost[i]})
			}
		}
		alone := s.rows(order[:1])
		gotLow, gotHigh := alone.values(t)
		require.Equal(t, [2]float64{low[order[0]], high[order[0]]}, [2]float64{gotLow[0], gotHigh[0]})
	}
}

// rows is a shop of some of the customers.
func (s smallShop) rows(of []int) smallShop {
	part := s
	part.panel, part.meanSpend, part.expected = Panel{}, nil, nil
	for _, i := range of {
		part.panel.appendRow(s.panel.X[i], s.panel.TX[i], s.panel.T[i], 1)
		part.meanSpend = append(part.meanSpend, s.meanSpend[i])
		part.expected = append(part.expected, s.expected[i])
	}
	return part
}

// Cents in place of euros, and days in place of weeks, change nothing else.
func TestPredictiveUnits(t *testing.T) {
	const days = 7
	s := newSmallShop(t, 400)
	s.o.Prices.PerOrder, s.o.Prices.PerYearAlive = 1, 2
	low, high := s.values(t)
	fewest, most := s.predictive(t).Purchases(s.panel, BlendScores{})
	bottom, top := s.predictive(t).Total(s.panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})

	u := s
	u.model = model(t, "bg-nbd", 0.5, 6*days, 0.8, 2.5)
	u.panel = s.panel.inUnit(1. / days)
	u.o.Horizon, u.o.Delta = s.o.Horizon*days, s.o.Delta/days
	u.covariance = logCovariance(u.model.theta, 0.1, 0.5)
	u.o.Spend = &GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44 * cents}
	u.o.SpendCovariance = logCovariance([]float64{6.25, 3.74, 15.44 * cents}, 0.05, 0.5)
	u.o.Prices = Prices{Margin: 0.3, PerOrder: cents, PerYearAlive: 2 * cents, UnitsPerYear: 52 * days}
	u.meanSpend, u.expected = inCents(s.meanSpend), inCents(s.expected)
	gotLow, gotHigh := u.values(t)
	gotFewest, gotMost := u.predictive(t).Purchases(u.panel, BlendScores{})
	gotBottom, gotTop := u.predictive(t).Total(u.panel, BlendScores{}, Spent{Mean: u.meanSpend}, Baskets{Spend: u.expected}).Interval(DefaultLevel, Past{})

	require.InDeltaSlice(t, inCents(low), gotLow, 1e-6)
	require.InDeltaSlice(t, inCents(high), gotHigh, 1e-6)
	require.Equal(t, fewest, gotFewest)
	require.Equal(t, most, gotMost)
	require.InEpsilon(t, bottom*cents, gotBottom, 1e-9)
	require.InEpsilon(t, top*cents, gotTop, 1e-9)
}

const cents = 100

func inCents(euros []float64) []float64 {
	scaled := make([]float64, len(euros))
	for i, v := range euros {
		scaled[i] = v * cents
	}
	return scaled
}

// A row of weight n is n customers, in money and in purchases.
func TestTotalWeights(t *testing.T) {
	for _, costs := range []float64{0, 3} {
		s := newSmallShop(t, 700)
		s.o.Prices.PerYearAlive = costs
		p := s.predictive(t)
		weighted, repeated := s.panel, Panel{}
		var spend, expected []float64
		for i := range s.panel.X {
			w := float64(i % 4)
			weighted.Weight = append(weighted.Weight, w)
			for range i % 4 {
				repeated.appendRow(s.panel.X[i], s.panel.TX[i], s.panel.T[i], 1)
				spend, expected = append(spend, s.meanSpend[i]), append(expected, s.expected[i])
			}
		}
		low, high := p.Total(weighted, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})
		gotLow, gotHigh := p.Total(repeated, BlendScores{}, Spent{Mean: spend}, Baskets{Spend: expected}).Interval(DefaultLevel, Past{})
		require.InEpsilon(t, low, gotLow, 1e-12)
		require.InEpsilon(t, high, gotHigh, 1e-12)
		low, high = p.TotalPurchases(weighted, BlendScores{})
		gotLow, gotHigh = p.TotalPurchases(repeated, BlendScores{})
		require.InDelta(t, low, gotLow, 0)
		require.InDelta(t, high, gotHigh, 0)
	}
}

// The less is known of the parameters, the wider the intervals are; the total's most of
// all, since chance averages out and error does not. A customer's grows little at
// first: what the error adds at the top, it also adds to the chance of nothing.
func TestParameterErrorWidens(t *testing.T) {
	s := newSmallShop(t, 1000)
	lastTotal := 0.
	var widths []float64
	for _, stdErr := range []float64{0, 0.4, 0.8} {
		s.covariance = logCovariance(s.model.theta, stdErr, 0.3)
		low, high := s.values(t)
		width := 0.
		for i := range low {
			width += high[i] - low[i]
		}
		widths = append(widths, width)
		bottom, top := s.predictive(t).Total(s.panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})
		require.Greater(t, top-bottom, 1.1*lastTotal, stdErr)
		lastTotal = top - bottom
	}
	require.InEpsilon(t, widths[0], widths[1], 0.05)
	require.Greater(t, widths[2], 1.05*widths[0])
}

// A total without any error of parameters is as wide as chance makes it: by the
// square root of the number of customers.
func TestTotalOfManyCustomers(t *testing.T) {
	s := newSmallShop(t, 500)
	s.covariance, s.o.SpendCovariance = nil, nil
	p := s.predictive(t)
	relative := func(copies float64) float64 {
		panel := s.panel
		panel.Weight = slices.Repeat([]float64{copies}, panel.Len())
		low, high := p.Total(panel, BlendScores{}, Spent{Mean: s.meanSpend}, Baskets{Spend: s.expected}).Interval(DefaultLevel, Past{})
		return math.Log(high / low)
	}
	require.InEpsilon(t, relative(1)/10, relative(100), 0.01)
}

// Parameters whose error is not known are taken as exact, and the others not.
func TestUnknownCovariance(t *testing.T) {
	s := newSmallShop(t, 1)
	nan := math.NaN()
	covariance := logCovariance(s.model.theta, 0.1, 0.5)
	for i := range covariance {
		covariance[2][i], covariance[i][2] = nan, nan
	}
	root := logRoot(s.model.theta, covariance)
	for i := range 4 {
		require.InDelta(t, 0, root.At(2, i), 1e-12)
	}
	variance := 0.
	for i := range 4 {
		variance += root.At(0, i) * root.At(0, i)
	}
	require.InDelta(t, 0.01, variance, 1e-12)
	// A variance without bound is cut, one below 0 ignored.
	require.InDelta(t, largestError, logRoot([]float64{1}, [][]float64{{1e90}}).At(0, 0), 1e-9)
	require.Zero(t, logRoot([]float64{1}, [][]float64{{-1}}).At(0, 0))
	require.Zero(t, logRoot([]float64{1}, [][]float64{{math.Inf(1)}}).At(0, 0))
}

// The points have the mean and the covariance that they stand for.
func TestStandardPoints(t *testing.T) {
	for _, n := range []int{1, 4, 8} {
		points := standardPoints(n)
		require.Len(t, points, spreadPoints)
		for a := range n {
			for b := range n {
				sum, squares := 0., 0.
				for _, z := range points {
					sum += z[a]
					squares += z[a] * z[b]
				}
				want := 0.
				if a == b {
					want = 1
				}
				require.InDelta(t, 0, sum, 1e-12)
				require.InDelta(t, want, squares/spreadPoints, 1e-12, strconv.Itoa(a)+" "+strconv.Itoa(b))
			}
		}
	}
}

func TestWholeNumbers(t *testing.T) {
	for _, test := range []struct{ bottom, top, low, high float64 }{
		{0, 0.5, 0, 0},   // none of the first purchase
		{0, 0.9, 0, 0},   // less than half of it
		{0, 1.1, 0, 1},   // more
		{0, 7.4, 0, 7},   // 6.5 to 7.4 is most of 7
		{2.4, 7.6, 3, 7}, // 2.4 to 2.5 is little of 2
		{1.6, 7.6, 2, 7},
		{3.2, 3.6, 3, 3}, // parts of 3 and of 4, neither half
	} {
		low, high := wholeNumbers(test.bottom, test.top)
		require.InDelta(t, test.low, low, 0, "%v", test)
		require.InDelta(t, test.high, high, 0, "%v", test)
	}
}
