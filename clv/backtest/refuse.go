package backtest

import (
	"fmt"
	"math"
	"slices"

	"clientele/internal/wording"
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
	return v.enough() && slices.ContainsFunc(v.Models, func(f Forecast) bool { return f.Problem.IsZero() })
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
func (r *Report) tooShort() wording.Message {
	if len(r.Splits) == 0 {
		return wording.Of("model.too_short_to_split", "days", wording.Plain(r.Today-r.FirstDay),
			"calibration", wording.Plain(MinCalibrationDays), "holdout", wording.Plain(MinHoldoutDays))
	}
	calibration := r.Splits[len(r.Splits)-1].Origin - r.FirstDay
	needCalibration := math.Max(MinCalibrationDays, MinCalibrationGaps*r.MedianGap)
	needHoldout := math.Max(MinHoldoutDays, MinHoldoutGaps*r.MedianGap)
	if float64(calibration) >= needCalibration && float64(r.Holdout) >= needHoldout {
		return wording.Message{}
	}
	if r.MedianGap == 0 {
		return wording.Of("model.too_short_nobody_back", "calibration", wording.Plain(calibration), "holdout", wording.Plain(r.Holdout),
			"need", whole(needCalibration), "need_holdout", whole(needHoldout))
	}
	return wording.Of("model.too_short", "calibration", wording.Plain(calibration), "holdout", wording.Plain(r.Holdout), "gap", whole(r.MedianGap),
		"need", whole(needCalibration), "need_holdout", whole(needHoldout))
}

// tooFew says why the latest split has too few purchases; empty where it has
// enough.
func (r *Report) tooFew() wording.Message {
	v := r.Splits[len(r.Splits)-1]
	if v.enough() {
		return wording.Message{}
	}
	return wording.Of("model.too_few", "customers", whole(v.Repeaters), "purchases", whole(v.Actual), "days", wording.Plain(r.Holdout),
		"need", wording.Plain(MinRepeaters), "need_purchases", wording.Plain(MinHoldoutPurchases))
}

// tellsNothing says why the history is of no use; empty where it is of some.
func (r *Report) tellsNothing() wording.Message {
	days := r.Today - r.FirstDay
	switch {
	case r.Customers == 0:
		return wording.Of("model.nobody")
	case days < MinDays:
		return wording.Of("model.too_short_to_tell", "days", wording.Plain(days), "need", wording.Plain(MinDays))
	case r.CustomersBack < MinCustomersBack:
		return wording.Of("model.too_few_back", "customers", whole(r.CustomersBack), "need", wording.Plain(MinCustomersBack))
	}
	return wording.Message{}
}

// drifted says that the shop is no longer the one that the models were fitted to;
// empty where the latest forecast of the total came true.
func (r *Report) drifted() wording.Message {
	if len(r.Splits) == 0 {
		return wording.Message{}
	}
	v := r.Splits[len(r.Splits)-1]
	f := v.Blend
	if !v.enough() || !(math.Abs(math.Log(f.Expected/f.Actual)) > math.Log(DriftRatio)) {
		return wording.Message{}
	}
	return wording.Of("model.drifted", "days", wording.Plain(r.Holdout), "expected", whole(f.Expected), "actual", whole(f.Actual),
		"times", fmt.Sprintf("%.2f", f.Actual/f.Expected))
}

// whole is a count that customers' weights may have made uneven.
func whole(v float64) string { return fmt.Sprintf("%.0f", v) }
