package backtest

import (
	"fmt"
	"math"
	"slices"
)

// What a choice asks for. A backtest that falls short of it is still reported,
// but nothing is concluded from it.
const (
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
	// DriftRatio and DriftStdErrs say when a shop has changed: the purchases of
	// the latest holdout are off the expected ones by more than this ratio and
	// by more than so many standard errors. Both: in a large shop a bias of 2%
	// is beyond any error and does no harm, and in a small one chance does more
	// than 25%. Three standard errors pass by chance in 3 shops of 1000; the
	// ratio is what the models miss when nothing is amiss (12% in CDNOW), twice
	// over. Of 900 simulated steady shops of 150 to 1500 customers, 3 were
	// refused; of shops whose customers buy half or twice as often from the
	// origin on, all of 1500 customers and at least 3 in 4 of 400.
	DriftRatio   = 1.25
	DriftStdErrs = 3
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

// drifted says that the shop is no longer the one that a model was fitted to;
// empty where the latest forecast of the total came true.
func (r *Report) drifted(model string) string {
	v := r.Splits[len(r.Splits)-1]
	for _, f := range v.Models {
		miss := f.Actual - f.Expected
		if f.Name != model || !(math.Abs(math.Log(f.Expected/f.Actual)) > math.Log(DriftRatio)) ||
			!(math.Abs(miss) > DriftStdErrs*f.TotalStdErr) {
			continue
		}
		return fmt.Sprintf("the shop has changed: in the latest %d days %s expected %.0f purchases and %.0f were made, %.2f times as many "+
			"and %.1f standard errors off (the limits are %.2f times either way and %d); whatever is predicted from the time before would "+
			"mislead; look for a season, new prices or a change of the export, and if it is there to stay start the history after it",
			r.Holdout, model, f.Expected, f.Actual, f.Actual/f.Expected, math.Abs(miss)/f.TotalStdErr, DriftRatio, DriftStdErrs)
	}
	return ""
}
