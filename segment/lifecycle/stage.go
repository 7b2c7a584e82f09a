package lifecycle

import (
	"clientele/internal/wording"
)

// Stage is a stage of a customer's relationship with the shop. Decline may follow any of
// the other three.
//
// Source: the four stages of 陈明亮 (考察期, 形成期, 稳定期, 退化期).
type Stage string

// The four stages. The empty Stage means none.
const (
	Exploration Stage = "exploration"
	Formation   Stage = "formation"
	Stability   Stage = "stability"
	Declining   Stage = "decline"
)

// Label is the stage's name for people.
func (s Stage) Label(say wording.Language) string {
	if !say.Has("stage.name", string(s)) {
		return string(s)
	}
	return say.SayOf("stage.name", string(s))
}

// Decline says whether a customer buys less, and how that came about.
type Decline string

// The kinds of decline. None and Watch leave the customer in its base stage;
// the others put it into the decline stage.
const (
	// DeclineNone: the customer goes on as before, as far as can be told.
	DeclineNone Decline = "none"
	// DeclineWatch: less is expected than before, but not little enough for a decline.
	DeclineWatch Decline = "watch"
	// DeclineSudden: the rate of purchases fell at once, to less or to nothing.
	DeclineSudden Decline = "sudden"
	// DeclineGradual: the rate of purchases fell little by little.
	DeclineGradual Decline = "gradual"
	// DeclineLost: no return is to be expected.
	DeclineLost Decline = "lost"
)
