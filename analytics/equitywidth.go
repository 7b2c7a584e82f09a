package analytics

import (
	"fmt"
	"math"

	"clientele/clv"
)

// EquityWidth is what makes the interval of customer equity wide: the standard error
// that each reason has alone, as a share of equity (of its logarithm).
type EquityWidth struct {
	Chance     float64 `json:"chance"`     // what customers happen to do
	Parameters float64 `json:"parameters"` // of the models
	Members    float64 `json:"members"`    // how far the models of the blend are apart
	Money      float64 `json:"money"`      // what earlier forecasts of the shop's money missed, over the horizon
}

// widthOf takes a forecast of equity apart.
func widthOf(t clv.TotalForecast, past clv.Past) EquityWidth {
	share := func(variance float64) float64 {
		if !t.Logarithmic {
			variance /= t.Gross * t.Gross
		}
		return math.Sqrt(variance)
	}
	return EquityWidth{share(t.Chance), share(t.Parameters), share(t.MembersAfter(past)), math.Sqrt(past.Drift)}
}

// wideFactor is from which ratio of its ends on an interval deserves a warning: then
// equity is known to a factor of two at best.
const wideFactor = 2

// warnOfWidth says how little is known of customer equity, and why.
func (n *night) warnOfWidth() {
	w := n.worth
	if w.equityLow > 0 && w.equityHigh < wideFactor*w.equityLow {
		return
	}
	e := w.equityWidth
	why := fmt.Sprintf("forecasts of the money of this shop were off by %.0f%% over %.0f days, and the horizon is %.0f",
		100*math.Sqrt(n.level().Variance), n.level().Days, n.forecastDays())
	switch max(e.Chance, e.Parameters, e.Members, e.Money) {
	case e.Money:
		if n.level().Days == 0 || w.choice.untested != "" {
			why = "no forecast of the money of this shop could be tried yet"
		}
	case e.Members:
		why = "the models of the blend are far apart"
	case e.Parameters:
		why = "too few purchases pin the models down"
	default:
		why = "there are few customers, and what they happen to do does not average out"
	}
	n.warn("clv: customer equity is known roughly only, from %.2f to %.2f: %s", w.equityLow, w.equityHigh, why)
}
