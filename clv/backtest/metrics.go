package backtest

import "math"

// Metrics say how well a forecast of each customer's purchases came true. A
// number that does not exist, such as a correlation with a constant, is NaN.
type Metrics struct {
	Customers float64 // forecasts: one per customer and split
	Actual    float64 // purchases in the holdout
	Expected  float64
	Bias      float64 // Expected/Actual - 1
	MAE       float64 // mean |expected - actual| per customer
	RMSE      float64 // root of the mean square of the same
	// Skill is 1 - (RMSE/that of the better naive forecast)^2: 1 is perfect, 0
	// no better than naive. Squares are least for the mean, so that they measure
	// an expectation fairly; |errors| are least for the median, often 0.
	Skill    float64
	Spearman float64 // rank correlation, ties averaged
	Gini     float64 // normalised: 1 for the true order of customers, 0 for chance
	// LogScore is the mean ln P(count), the higher the better; NaN for a naive
	// forecast, which says nothing on how likely a count is.
	LogScore float64
	// Coverage of IntervalLevel intervals of each customer's count; NaN for a
	// naive forecast.
	Coverage Coverage
	Deciles  []Decile // ten, the customers predicted to buy most first
}

// outcome is the forecast of some customers alike, and what they did.
type outcome struct{ predicted, actual, customers float64 }

// done is what the customers of some outcomes did, in the terms in which forecasts are held
// against it: it is the same for all forecasts.
type done struct {
	ranks []float64 // of what they bought, by outcome
	area  float64   // between the gain curve of the true order and the diagonal
}

func doneIn(outcomes []outcome) done {
	perfect := make([]outcome, len(outcomes))
	for i, o := range outcomes {
		perfect[i] = outcome{o.actual, o.actual, o.customers}
	}
	return done{ranks(perfect), gainArea(byForecast(perfect))}
}

// measure fills in all that a point forecast can be scored by.
func (t done) measure(outcomes []outcome) Metrics {
	m := Metrics{LogScore: math.NaN(), Coverage: Coverage{math.NaN(), math.NaN()}, Skill: math.NaN()}
	absolute, squares := 0.0, 0.0
	for _, o := range outcomes {
		miss := o.predicted - o.actual
		m.Customers += o.customers
		m.Actual += o.customers * o.actual
		m.Expected += o.customers * o.predicted
		absolute += o.customers * math.Abs(miss)
		squares += o.customers * miss * miss
	}
	m.Bias = bias(m.Expected, m.Actual)
	m.MAE = absolute / m.Customers
	m.RMSE = math.Sqrt(squares / m.Customers)
	m.Spearman = spearman(outcomes, t.ranks)
	groups := byForecast(outcomes)
	m.Gini = gini(groups, t.area)
	m.Deciles = deciles(groups)
	return m
}

// bias is expected/actual - 1; NaN where nothing was bought.
func bias(expected, actual float64) float64 {
	if actual == 0 {
		return math.NaN()
	}
	return expected/actual - 1
}

// skill compares with the better of the naive forecasts.
func (m Metrics) skill(naive []Forecast) float64 {
	best := math.NaN()
	for _, f := range naive {
		if !(f.RMSE >= best) {
			best = f.RMSE
		}
	}
	ratio := m.RMSE / best
	return 1 - ratio*ratio
}

// pool is one set of metrics for all splits: totals are added up; means,
// correlations and the Gini are averaged by customers, a decile with its like.
func pool(splits []Metrics) Metrics {
	var p Metrics
	for _, m := range splits {
		p.Customers += m.Customers
		p.Actual += m.Actual
		p.Expected += m.Expected
	}
	mean := func(of func(m Metrics) float64) float64 {
		sum := 0.0
		for _, m := range splits {
			sum += m.Customers * of(m)
		}
		return sum / p.Customers
	}
	p.Bias = bias(p.Expected, p.Actual)
	p.MAE = mean(func(m Metrics) float64 { return m.MAE })
	p.RMSE = math.Sqrt(mean(func(m Metrics) float64 { return m.RMSE * m.RMSE }))
	p.Skill = math.NaN()
	p.Spearman = mean(func(m Metrics) float64 { return m.Spearman })
	p.Gini = mean(func(m Metrics) float64 { return m.Gini })
	p.LogScore = mean(func(m Metrics) float64 { return m.LogScore })
	p.Coverage.Raw = mean(func(m Metrics) float64 { return m.Coverage.Raw })
	p.Coverage.TieSplit = mean(func(m Metrics) float64 { return m.Coverage.TieSplit })
	p.Deciles = poolDeciles(splits)
	return p
}
