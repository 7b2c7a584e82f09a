package lifecycle

import (
	"clientele/internal/bilingual"
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

// Label returns the stage's name for people.
func (s Stage) Label() bilingual.Text {
	switch s {
	case Exploration:
		return bilingual.Text{EN: "Exploration", ZH: "考察期"}
	case Formation:
		return bilingual.Text{EN: "Formation", ZH: "形成期"}
	case Stability:
		return bilingual.Text{EN: "Stability", ZH: "稳定期"}
	case Declining:
		return bilingual.Text{EN: "Decline", ZH: "退化期"}
	}
	return bilingual.Text{EN: string(s), ZH: string(s)}
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
