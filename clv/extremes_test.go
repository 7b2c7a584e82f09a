package clv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// extremes draws numbers over the whole range of what is allowed, and its ends
// often: fuzzing starts from them.
type extremes struct{ *rand.Rand }

// between draws evenly in the logarithm.
func (e extremes) between(low, high float64) float64 {
	return low * math.Exp(e.Float64()*math.Log(high/low))
}

func (e extremes) param() float64 { return e.between(MinParam, MaxParam) }

func (e extremes) oneOf(values ...float64) float64 { return values[e.IntN(len(values))] }

// count draws a whole number up to most.
func (e extremes) count(most float64) float64 {
	return math.Floor(e.oneOf(e.between(1, most+1)-1, min(most, float64(e.IntN(100))), most*e.Float64(), 0, most))
}

// rate draws a rate of discount.
func (e extremes) rate() float64 {
	return e.oneOf(0, e.between(1e-300, MaxTime), e.between(1e-6, 10))
}

func TestExtremeCounts(t *testing.T) {
	e, drawn := extremes{newRand()}, ""
	defer func() {
		if t.Failed() {
			t.Log(drawn)
		}
	}()
	for range 4000 {
		params := map[string]float64{"alpha": e.param(), "beta": e.param()}
		end := e.count(MaxTime)
		tx := e.count(end)
		x, name := tx, "sbg"
		if e.IntN(3) > 0 {
			name = "bg-bb"
			params["gamma"], params["delta"] = e.param(), e.param()
			if tx > 0 {
				x = 1 + e.count(tx-1)
			}
		}
		h := e.oneOf(math.Inf(1), e.count(MaxTime), MaxTime, 50*e.Float64())
		n := e.count(min(h, MaxTime))
		drawn = fmt.Sprintf("%s %v: x %v, t_x %v, t %v, h %v, n %v", name, params, x, tx, end, h, n)
		requireSane(t, name, params, x, tx, end, h, e.rate(), n)
	}
}

func TestExtremeBetaGeometric(t *testing.T) {
	requireExtremesWork(t, 4000, func(e extremes) *Model {
		return model(t, betaGeometrics[e.IntN(2)], e.param(), e.param(), e.param(), e.param())
	})
}

func TestExtremeCondensed(t *testing.T) {
	requireExtremesWork(t, 100, func(e extremes) *Model {
		k := e.oneOf(2, 3, 4, MaxStages)
		return model(t, condensedNames[e.IntN(2)], k, e.param(), e.param(), e.param(), e.param())
	})
}

// requireExtremesWork calls models with histories, both at the ends of what is
// allowed.
func requireExtremesWork(t *testing.T, rounds int, drawModel func(e extremes) *Model) {
	t.Helper()
	e, drawn := extremes{newRand()}, ""
	defer func() {
		if t.Failed() {
			t.Log(drawn)
		}
	}()
	for range rounds {
		m := drawModel(e)
		end := e.oneOf(0, e.between(1e-9, MaxTime), MaxTime, e.between(1, 100))
		x, tx := e.count(MaxCount), 0.
		if x > 0 {
			tx = end * e.oneOf(0, 1, e.Float64())
		}
		h := e.oneOf(e.between(1e-300, MaxTime), MaxTime, e.between(1, 1000), math.SmallestNonzeroFloat64)
		n := e.count(MaxCount)
		drawn = fmt.Sprintf("%s %v: x %v, t_x %v, t %v, h %v, n %v", m.Name(), m.theta, x, tx, end, h, n)
		requireModelSane(t, m.Name(), m.params(), x, tx, end, h, e.rate(), n)
		requirePlayable(t, m, n, h, e.rate(), x, tx, end)
	}
}

// params are the model's parameters by name.
func (m *Model) params() map[string]float64 {
	params := make(map[string]float64)
	for _, p := range m.Params() {
		params[p.Name] = p.Value
	}
	return params
}
