package backtest

import (
	"fmt"
	"math"
	"slices"
)

// What a comparison of models needs. A backtest with less is still reported, but it does
// not tell which model predicts better.
const (
	// MinDays is the shortest history that tells anything: two months, as
	// MinCalibrationDays has it. MinCustomersBack is the fewest customers with a repeat
	// purchase: with fewer than ten a rate has a standard error of a third or more.
	MinDays          = 56
	MinCustomersBack = 10

	// MinCalibrationDays is the shortest calibration: two months, twice the
	// shortest holdout, so that no model is asked to look ahead further than
	// half of what it has seen.
	MinCalibrationDays = 56
	// MinHoldoutDays is the shortest holdout: four weeks have each weekday and
	// each payday in them.
	MinHoldoutDays = 28
	// MinCalibrationGaps and MinHoldoutGaps are the same in median gaps between
	// purchases. Leaving shows as a gap that grows too long: a calibration of
	// less than two gaps has seen hardly a customer fail to come, and in a
	// holdout of less than one nobody could.
	MinCalibrationGaps = 2
	MinHoldoutGaps     = 1
	// MinRepeaters is the fewest customers with x >= 1 in the calibration: a
	// dozen for each of four parameters, and only these tell of the spread of
	// rates and of leaving.
	MinRepeaters = 50
	// MinHoldoutPurchases is the fewest purchases in the holdout. The count of
	// 25 independent purchases has a standard error of a fifth; with fewer,
	// chance alone would often pass DriftRatio.
	MinHoldoutPurchases = 25
	// DriftRatio says when a shop has changed so much that its owner should hear of
	// it: the purchases of the latest holdout are off the expected ones by more than
	// this. It is twice the error of the models when nothing is amiss (12% in CDNOW).
	// With MinHoldoutPurchases chance alone rarely does as much.
	DriftRatio = 1.25
)

// enough reports whether a split has enough purchases to compare models by.
func (v Split) enough() bool {
	return v.Repeaters >= MinRepeaters && v.Actual >= MinHoldoutPurchases
}

// informative reports whether a split also has a candidate to compare. One that
// nothing can be fitted to, as may be while a shop is young, says nothing
// against any of them.
func (v Split) informative() bool {
	return v.enough() && slices.ContainsFunc(v.Models, func(f Forecast) bool { return f.Problem == "" })
}

// informative are the informative splits.
func informative(splits []Split) (kept []Split) {
	for _, v := range splits {
		if v.informative() {
			kept = append(kept, v)
		}
	}
	return kept
}

// tooShort says why the history is too short to choose a model by; empty where
// it is not.
func (r *Report) tooShort() string {
	if len(r.Splits) == 0 {
		return fmt.Sprintf("the history is too short to be split: %d days from the first purchase to the last day of observation; "+
			"at least %d to calibrate and %d to predict are needed; run again when there are more",
			r.Today-r.FirstDay, MinCalibrationDays, MinHoldoutDays)
	}
	calibration := r.Splits[len(r.Splits)-1].Origin - r.FirstDay
	needCalibration := math.Max(MinCalibrationDays, MinCalibrationGaps*r.MedianGap)
	needHoldout := math.Max(MinHoldoutDays, MinHoldoutGaps*r.MedianGap)
	if float64(calibration) >= needCalibration && float64(r.Holdout) >= needHoldout {
		return ""
	}
	if r.MedianGap == 0 {
		return fmt.Sprintf("the history is too short: %d days to calibrate and %d to predict, and nobody has come back; "+
			"at least %.0f and %.0f are needed; run again when there are more", calibration, r.Holdout, needCalibration, needHoldout)
	}
	return fmt.Sprintf("the history is too short: %d days to calibrate and %d to predict, where customers come back after %.0f days "+
		"in the median; at least %.0f and %.0f are needed; run again when there are more",
		calibration, r.Holdout, r.MedianGap, needCalibration, needHoldout)
}

// tooFew says why the latest split has too few purchases; empty where it has
// enough.
func (r *Report) tooFew() string {
	v := r.Splits[len(r.Splits)-1]
	if v.enough() {
		return ""
	}
	return fmt.Sprintf("too few purchases to tell models apart: %.0f customers came back by the latest origin and %.0f purchases "+
		"followed in %d days; at least %d and %d are needed; run again when there are more, or join this shop with a similar one",
		v.Repeaters, v.Actual, r.Holdout, MinRepeaters, MinHoldoutPurchases)
}

// tellsNothing says why the history is of no use; empty where it is of some.
func (r *Report) tellsNothing() string {
	days := r.Today - r.FirstDay
	switch {
	case r.Customers == 0:
		return "there is no customer"
	case days < MinDays:
		return fmt.Sprintf("the history is too short: %d days from the first purchase to the last day of observation; "+
			"at least %d are needed; run again when there are more", days, MinDays)
	case r.CustomersBack < MinCustomersBack:
		return fmt.Sprintf("too few purchases: %.0f customers came back; at least %d are needed; "+
			"run again when there are more, or join this shop with a similar one", r.CustomersBack, MinCustomersBack)
	}
	return ""
}

// drifted says that the shop is no longer the one that the models were fitted to;
// empty where the latest forecast of the total came true.
func (r *Report) drifted() string {
	if len(r.Splits) == 0 {
		return ""
	}
	v := r.Splits[len(r.Splits)-1]
	f := v.Blend
	if !v.enough() || !(math.Abs(math.Log(f.Expected/f.Actual)) > math.Log(DriftRatio)) {
		return ""
	}
	return fmt.Sprintf("the shop has changed: in the latest %d days %.0f purchases were expected and %.0f were made, %.2f times as many; "+
		"look for a season, new prices or a change of the export, and if it is there to stay start the history after it",
		r.Holdout, f.Expected, f.Actual, f.Actual/f.Expected)
}
