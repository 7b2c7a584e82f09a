package backtest

const (
	// MaxOrigins is the most origins that Plan chooses: each costs a fit of
	// every model, and holdouts that overlap by half add ever less.
	MaxOrigins = 4
	// maxHoldout is the longest holdout that Plan chooses, days: a year has
	// every season once.
	maxHoldout = 365
	daysInWeek = 7
)

// Plan chooses the origins and the days of holdout that o leaves open, for a
// shop whose first purchase was on day first.
//
// The holdout is a quarter of the span from there to today, at most a year. The
// last origin has its holdout end today; the others step back by half a
// holdout, as long as at least half of the span is left for calibration, and
// up to MaxOrigins. Where a holdout is a week or longer, both are whole weeks, so
// that no weekday counts more than the others. A year of history, for
// example, is fitted to its first 191, 230 and 274 days or so, each followed by
// 91 days that are predicted.
//
// With origins given, the holdout left open is all that follows the last
// origin, at most a year. A span too short for one day of holdout gives no
// origins.
func Plan(first int32, o Options) (origins []int32, holdout int32) {
	span := o.Today - first
	holdout = o.Holdout
	if len(o.Origins) > 0 {
		if holdout == 0 {
			holdout = min(o.Today-o.Origins[len(o.Origins)-1], maxHoldout)
		}
		return o.Origins, holdout
	}
	if holdout == 0 {
		holdout = wholeWeeks(min(span/4, maxHoldout))
	}
	if holdout == 0 {
		return nil, 0
	}
	step := max(1, wholeWeeks(holdout/2))
	latest := o.Today - holdout
	for i := int32(MaxOrigins - 1); i >= 0; i-- {
		origin := latest - i*step
		// The last origin needs no more than a customer to be calibrated with.
		if origin >= first && (i == 0 || 2*(origin-first) >= span) {
			origins = append(origins, origin)
		}
	}
	return origins, holdout
}

// wholeWeeks rounds days down to weeks, unless there is less than one.
func wholeWeeks(days int32) int32 {
	if days < daysInWeek {
		return days
	}
	return days - days%daysInWeek
}
