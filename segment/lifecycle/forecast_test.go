package lifecycle

import (
	"encoding/json"
	"math"

	"clientele/internal/wording"
)

// leavers is a shop whose customers buy at a rate ~ Gamma(R, Alpha), and leave after
// each purchase with probability Q.
type leavers struct{ R, Alpha, Q float64 }

func (f leavers) Rhythm() (r, alpha float64) { return f.R, f.Alpha }

func (f leavers) Ahead(x, tx, t, h float64) Outlook {
	silent := (1 - f.Q) * math.Pow((f.Alpha+tx)/(f.Alpha+t), f.R+x)
	alive := silent / (silent + f.Q)
	left := math.Pow((f.Alpha+t)/(f.Alpha+t+f.Q*h), f.R+x)
	return Outlook{Purchases: alive * (1 - left) / f.Q, Alive: alive, Silent: silent + f.Q}
}

// AtLeast is 1 less a negative binomial, of which each purchase but the last must not
// make the customer leave.
func (f leavers) AtLeast(n int, x, tx, t, h float64) float64 {
	p := h / (f.Alpha + t + h)
	term, below := math.Pow(1-p, f.R+x), 0.0
	for i := range n {
		below += term
		term *= (f.R + x + float64(i)) / float64(i+1) * p
	}
	return f.Ahead(x, tx, t, h).Alive * math.Pow(1-f.Q, float64(n-1)) * max(0, 1-below)
}

// fixedForecast fits whatever customers there are by the same leavers.
type fixedForecast struct{ leavers }

func (f fixedForecast) Fit(Histories, int32, json.RawMessage) (json.RawMessage, error) {
	return json.Marshal(f.leavers)
}

func (fixedForecast) Open(text json.RawMessage) (Forecast, error) {
	var f leavers
	return f, json.Unmarshal(text, &f)
}

// typicalLeavers have gaps of about two months; one in twenty purchases is the last.
var typicalLeavers = leavers{R: 1, Alpha: 60, Q: 0.05}

// shopOf tells stages by rules.
func shopOf(rules Rules) Tracker {
	return Tracker{Rules: rules, Forecaster: fixedForecast{typicalLeavers}, Workers: 1, Say: wording.In("en")}
}

func mustText(f leavers) json.RawMessage {
	text, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	return text
}

// alone is the distribution of k that is all at one of regularities.
func alone(k float64) (s shapeShares) {
	for i, v := range shapes {
		if v == k {
			s[i] = 1
		}
	}
	return s
}
