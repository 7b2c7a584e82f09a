package job

import (
	"clientele/segment/interest"
	"clientele/segment/lifecycle"
)

// Stages are the thresholds of the lifecycle stages.
type Stages struct {
	Formation FormationRule `json:"formation"`
	Stability StabilityRule `json:"stability"`
	Decline   DeclineRule   `json:"decline"`
	Lost      LostRule      `json:"lost"`
	Interests InterestRule  `json:"interests"`
}

// FormationRule is when exploration ends.
type FormationRule struct {
	PurchaseDays int `json:"purchase_days"` // at least this many; default 3
}

// StabilityRule is when formation ends.
type StabilityRule struct {
	PurchaseDays int     `json:"purchase_days"` // at least this many; default 6
	Tenure       Span    `json:"tenure"`        // from the first to the last of them; auto, the default: 4 of the shop's median gaps
	SpendCV      float64 `json:"spend_cv"`      // at most, of spend per purchase day; default 0.8
}

// DeclineRule is when a customer counts as declining.
type DeclineRule struct {
	Momentum   float64 `json:"momentum"`    // expected over former purchases of a quarter, below: in decline; default 0.3
	Watch      float64 `json:"watch"`       // the same for being watched; default 0.5
	FalseShare float64 `json:"false_share"` // of those in decline, who may be expected to go on as before; default 0.10
}

// LostRule is when a declining customer counts as lost.
type LostRule struct {
	Silence Span    `json:"silence"` // without a purchase, at least; auto, the default: 12 of the shop's median gaps
	PAlive  float64 `json:"p_alive"` // or P(alive) below; default 0.1
}

// InterestRule is when a customer has lost interest in a category.
type InterestRule struct {
	Off              bool    // the tests are not made
	Window           Span    // looked at, All: the whole history; default 24 months
	Recent           float64 // share of the window that is compared with the rest; default 0.5
	FalseDiscoveries float64 // tolerated share of the findings; default 0.1
	ShareRatio       float64 // share of baskets since, at most, of what was to be expected; default 0.5
}

// Rules are the thresholds in the terms of package lifecycle.
func (s *Stages) Rules() lifecycle.Rules {
	return lifecycle.Rules{
		FormationDays:     s.Formation.PurchaseDays,
		StabilityDays:     s.Stability.PurchaseDays,
		StabilitySpanDays: s.Stability.Tenure.daysOrAuto(),
		SpendCV:           s.Stability.SpendCV,
		Momentum:          s.Decline.Momentum,
		Watch:             s.Decline.Watch,
		FalseShare:        s.Decline.FalseShare,
		LostSilenceDays:   s.Lost.Silence.daysOrAuto(),
		LostPAlive:        s.Lost.PAlive,
	}
}

// daysOrAuto is a length in days. Auto is 0, which package lifecycle replaces by the
// shop's own rhythm.
func (s Span) daysOrAuto() float64 {
	if s.Word == Auto {
		return 0
	}
	return s.Days()
}

// Rules are the thresholds in the terms of package interest.
func (r InterestRule) Rules() interest.Rules {
	return interest.Rules{FalseDiscoveries: r.FalseDiscoveries, ShareRatio: r.ShareRatio}
}
