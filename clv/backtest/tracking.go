package backtest

import (
	"slices"

	"clientele/clv"
)

// trackingSteps is into how many steps the time from the first purchase to the
// end of the holdout is cut: enough for a curve, few enough for a table.
const trackingSteps = 40

// trackingDays are the dates at which cumulative purchases are followed, evenly
// spread, with the origin and the end among them.
func trackingDays(first, origin, end int32) []int32 {
	days := []int32{origin}
	for i := int64(1); i <= trackingSteps; i++ {
		days = append(days, first+int32(int64(end-first)*i/trackingSteps))
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// cumulative counts the repeat purchases up to each date of the buyers born by
// an origin: those that were known by then, and those after it that stand.
func (s shop) cumulative(born int, origin int32, days []int32) []float64 {
	perStep := make([]float64, len(days)+1) // the last is for purchases after all dates
	for _, b := range s.buyers[:born] {
		known := b.known(origin)
		if len(known) == 0 {
			continue
		}
		for _, some := range [][]int32{known[1:], b.ahead(origin, Stands)} {
			for _, day := range some {
				step, _ := slices.BinarySearch(days, day)
				perStep[step] += b.customers
			}
		}
	}
	total := perStep[:len(days)]
	for i := 1; i < len(total); i++ {
		total[i] += total[i-1]
	}
	return total
}

// cohorts counts the buyers born by an origin by the day of their first
// purchase. A day may be there several times, and days are in no order where something
// came back.
func (s shop) cohorts(born int, origin int32) (days []int32, customers []float64) {
	for _, b := range s.buyers[:born] {
		known := b.known(origin)
		if len(known) == 0 {
			continue
		}
		if n := len(days); n == 0 || days[n-1] != known[0] {
			days, customers = append(days, known[0]), append(customers, 0)
		}
		customers[len(customers)-1] += b.customers
	}
	return days, customers
}

// expectedCumulative is what a model expects of the same, knowing nothing of
// the customers but the day of their first purchase:
//
//	Σ_i E[X(day - first day of i)]
//
// over cohorts rather than customers. Ages are whole days, so that a table of
// E[X(t)] by day serves every cohort and date.
func (s shop) expectedCumulative(m *clv.Model, k sample, days []int32, unitDays float64) []float64 {
	firsts, customers := s.cohorts(len(k.cellOf), k.origin)
	ages := make([]float64, days[len(days)-1]-slices.Min(firsts)+1)
	for i := range ages {
		ages[i] = float64(i) / unitDays
	}
	byAge := m.ExpectedCurve(ages)
	total := make([]float64, len(days))
	for i, day := range days {
		for c, first := range firsts {
			if first <= day {
				total[i] += customers[c] * byAge[day-first]
			}
		}
	}
	return total
}
