package worth

import (
	"math"

	"clientele/analytics/customers"
	"clientele/clv"
)

// panelOf turns calendar days into model time.
func panelOf(t *customers.Table, today int32, unitDays float64) clv.Panel {
	p := clv.Panel{X: make([]float64, t.Len()), TX: make([]float64, t.Len()), T: make([]float64, t.Len())}
	for i := range t.ID {
		p.X[i] = float64(t.PurchaseDays[i] - 1)
		p.TX[i] = float64(t.LastDay[i]-t.FirstDay[i]) / unitDays
		p.T[i] = float64(today-t.FirstDay[i]) / unitDays
	}
	if t.Days != nil {
		p.LnGaps = lnGaps(t, unitDays)
	}
	return p
}

// lnGaps are the sums of the logarithms of each customer's gaps between purchase days,
// in model units.
func lnGaps(t *customers.Table, unitDays float64) []float64 {
	sums := make([]float64, t.Len())
	for i := range sums {
		days := t.Days[t.DayStart[i]:t.DayStart[i+1]]
		for j := 1; j < len(days); j++ {
			sums[i] += math.Log(float64(days[j]-days[j-1]) / unitDays)
		}
	}
	return sums
}
