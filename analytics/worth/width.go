package worth

import (
	"fmt"
	"math"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/clv"
	"clientele/internal/figures"
	"clientele/internal/wording"
)

// widthOf takes a forecast of equity apart. Where nothing is expected, as of a margin of 0,
// nothing can be off.
func widthOf(t clv.TotalForecast, past clv.Past) publication.EquityWidth {
	share := func(variance float64) float64 {
		if !t.Logarithmic && t.Gross != 0 {
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
	shown := figures.FormatOf(e.Low, e.High)
	n.Warn("warning.wide", "low", shown.Money(e.Low), "high", shown.Money(e.High), "why", w.whyWide(level))
}

// whyWide is the largest of the reasons, in words.
func (w *Result) whyWide(level publication.Level) wording.Message {
	e := w.Bounds.Width
	switch max(e.Chance, e.Parameters, e.Members, e.Money) {
	case e.Money:
		if level.Days == 0 || !w.choice.untested.IsZero() {
			return wording.Of("warning.wide_untried")
		}
		return wording.Of("warning.wide_money", "percent", fmt.Sprintf("%.0f", 100*math.Sqrt(level.Variance)),
			"days", fmt.Sprintf("%.0f", level.Days), "horizon", fmt.Sprintf("%.0f", w.valuer.Days()))
	case e.Members:
		return wording.Of("warning.wide_members")
	case e.Parameters:
		return wording.Of("warning.wide_parameters")
	default:
		return wording.Of("warning.wide_chance")
	}
}
