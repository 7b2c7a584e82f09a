package worth

import (
	"fmt"
	"math"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/clv"
)

// widthOf takes a forecast of equity apart.
func widthOf(t clv.TotalForecast, past clv.Past) publication.EquityWidth {
	share := func(variance float64) float64 {
		if !t.Logarithmic {
			variance /= t.Gross * t.Gross
		}
		return math.Sqrt(variance)
	}
	return publication.EquityWidth{
		Chance: share(t.Chance), Parameters: share(t.Parameters), Members: share(t.MembersAfter(past)), Money: math.Sqrt(past.Drift),
	}
}

// wideFactor is from which ratio of its ends on an interval deserves a warning: then
// equity is known to a factor of two at best.
const wideFactor = 2

// warnOfWidth says how little is known of customer equity, and why.
func (w *Result) warnOfWidth(n night.Context, level publication.Level) {
	e := w.Bounds
	if e.Low > 0 && e.High < wideFactor*e.Low {
		return
	}
	n.Warn("clv: customer equity is known roughly only, from %.2f to %.2f: %s", e.Low, e.High, w.whyWide(level))
}

// whyWide is the largest of the reasons, in words.
func (w *Result) whyWide(level publication.Level) string {
	e := w.Bounds.Width
	switch max(e.Chance, e.Parameters, e.Members, e.Money) {
	case e.Money:
		if level.Days == 0 || w.choice.untested != "" {
			return "no forecast of the money of this shop could be tried yet"
		}
		return fmt.Sprintf("forecasts of the money of this shop were off by %.0f%% over %.0f days, and the horizon is %.0f",
			100*math.Sqrt(level.Variance), level.Days, w.valuer.days())
	case e.Members:
		return "the models of the blend are far apart"
	case e.Parameters:
		return "too few purchases pin the models down"
	default:
		return "there are few customers, and what they happen to do does not average out"
	}
}
