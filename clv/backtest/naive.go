package backtest

// The naive forecasts, which need no model. A model is of use if it is better than both.
const (
	// OwnRate expects every customer to go on at the own rate so far, h x/t.
	OwnRate = "own-rate"
	// MeanRate expects of everybody the rate of all so far, h Σx/Σt.
	MeanRate = "mean-rate"
)

// naive makes both naive forecasts of a split.
func (k sample) naive() []Forecast {
	watched := 0.0
	for i, t := range k.rows.T {
		watched += k.rows.Weight[i] * t
	}
	own := func(i int) float64 { return perTime(k.rows.X[i], k.rows.T[i]) }
	mean := func(int) float64 { return perTime(k.repeats, watched) }
	return []Forecast{k.naiveForecast(OwnRate, own), k.naiveForecast(MeanRate, mean)}
}

// naiveForecast scores a forecast by a rate for every row.
func (k sample) naiveForecast(name string, rate func(row int) float64) Forecast {
	predicted := make([]float64, k.rows.Len())
	for i := range predicted {
		predicted[i] = k.horizon * rate(i)
	}
	return Forecast{Name: name, Metrics: k.done.measure(k.outcomes(predicted))}
}

// perTime is a rate; 0 of a customer who was not watched at all.
func perTime(x, t float64) float64 {
	if t == 0 {
		return 0
	}
	return x / t
}
