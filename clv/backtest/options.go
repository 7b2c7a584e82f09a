package backtest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"clientele/clv"
)

// Options say what to backtest. Days are counted from 1970-01-01.
type Options struct {
	Today    int32    // last day of observation, inclusive; later purchases are left out
	UnitDays float64  // days in a model unit: 1, 7, 30.4375
	Models   []string // candidates: variants that clv.FitVariant takes
	Origins  []int32  // last days of calibration, ascending; nil: see Plan
	Holdout  int32    // days after each origin that are predicted; 0: see Plan
	Workers  int      // goroutines; below 1 means 1
	// Brief leaves out what weighing the candidates does not need, which takes most of the
	// time: Coverage, which is NaN, and Cumulative, which is nil.
	Brief bool
	// Detail adds Latest, of which Coverage is known though the test be brief.
	Detail bool
}

// Validate returns an error that wraps ErrOptions and lists all that is wrong.
func (o Options) Validate() error {
	var wrong []string
	note := func(bad bool, format string, values ...any) {
		if bad {
			wrong = append(wrong, fmt.Sprintf(format, values...))
		}
	}
	note(!(o.UnitDays > 0) || math.IsInf(o.UnitDays, 1), "unit of %v days, expected a number above 0", o.UnitDays)
	note(len(o.Models) == 0, "no model to test, expected some of %s", strings.Join(clv.ModelNames(), ", "))
	for i, name := range o.Models {
		_, _, err := clv.SplitVariant(name)
		note(err != nil, "%v", err)
		note(slices.Contains(o.Models[:i], name), "model %q is there twice", name)
	}
	note(o.Holdout < 0, "holdout of %d days, expected at least 1, or 0 to have it chosen", o.Holdout)
	for i, origin := range o.Origins {
		note(i > 0 && origin <= o.Origins[i-1], "origin %d follows %d, expected ascending days", origin, o.Origins[max(i, 1)-1])
		// In 64 bits: a sum of two days may overflow 32.
		note(int64(origin)+int64(max(o.Holdout, 1)) > int64(o.Today),
			"a holdout of %d days after origin %d ends after day %d, the last observed", max(o.Holdout, 1), origin, o.Today)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s", ErrOptions, strings.Join(wrong, "; "))
	}
	return nil
}
