package evidence

import (
	"math"

	"clientele/analytics/publication"
	"clientele/internal/number"
)

// counted is a value and how often it is there.
type counted struct {
	value float64
	count int64
}

const (
	// mostBins is about how many bins a histogram has: as many as a picture can show.
	mostBins = 40
	// shown is the share of the values that lie in bins of one width; the last bin has the
	// rest, which would stretch a picture beyond use.
	shown = 0.99
)

// step is the width of bins: a whole number of tenths, hundredths, ... or of units, so that
// every edge is the float64 nearest to its decimal.
type step struct {
	whole    float64
	exponent int // of ten
}

// edge is where bin i begins.
func (s step) edge(i int) float64 {
	if s.exponent < 0 {
		return float64(i) * s.whole / math.Pow10(-s.exponent)
	}
	return float64(i) * s.whole * math.Pow10(s.exponent)
}

// dayWidth is a width for days up to a number: a day, a week, four weeks, or years.
func dayWidth(most float64) step {
	for _, days := range []float64{1, 7, 28, 91, 364} {
		if most/days <= mostBins {
			return step{days, 0}
		}
	}
	return niceWidth(most)
}

// niceWidth is a width of 1, 2 or 5 times a power of ten, for values up to a number.
func niceWidth(most float64) step {
	least := most / mostBins
	exponent := int(math.Floor(math.Log10(least)))
	for _, whole := range []float64{1, 2, 5} {
		if s := (step{whole, exponent}); s.edge(1) >= least {
			return s
		}
	}
	return step{1, exponent + 1}
}

// histogram counts values, which ascend and are not below 0; nil without any, and where all
// are 0.
func histogram(values []counted, width func(most float64) step) *publication.Histogram {
	h := &publication.Histogram{}
	sum := 0.
	for _, v := range values {
		h.Values += v.count
		sum += v.value * float64(v.count)
	}
	if sum == 0 {
		return nil
	}
	h.Mean, h.Median = sum/float64(h.Values), quantile(values, h.Values, 0.5)
	s := width(quantile(values, h.Values, shown))
	last := 0
	for s.edge(last) <= quantile(values, h.Values, shown) {
		last++
	}
	h.Bins = make([]publication.Bin, last+1)
	for i := range h.Bins {
		h.Bins[i] = publication.Bin{From: s.edge(i), Expected: number.Float(math.NaN())}
		if i < last {
			to := s.edge(i + 1)
			h.Bins[i].To = &to
		}
	}
	at := 0
	for _, v := range values {
		for at < last && v.value >= s.edge(at+1) {
			at++
		}
		h.Bins[at].Count += v.count
	}
	return h
}

// quantile is the least value that so large a share of all, which are many, do not exceed.
func quantile(values []counted, many int64, share float64) float64 {
	below := int64(0)
	for _, v := range values {
		if below += v.count; float64(below) >= share*float64(many) {
			return v.value
		}
	}
	return values[len(values)-1].value
}
