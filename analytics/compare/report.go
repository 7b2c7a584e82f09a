package compare

import (
	"clientele/analytics/asset/equity"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Report is what changed between two publications of a job.
type Report struct {
	Name     string `json:"name"`
	Currency string `json:"currency,omitempty"`
	Old      Night  `json:"old"`
	New      Night  `json:"new"`
	Days     int    `json:"days"` // from old to new

	Customers Change[int64]         `json:"customers"`
	Revenue   Change[money.Amount]  `json:"revenue"`    // net spend over the whole history
	PastValue *Change[money.Amount] `json:"past_value"` // null: a night has no lifetime values
	Equity    *Change[money.Amount] `json:"equity"`     // null: a night has no lifetime model
	// EquityLedger is what moved equity; null where a night has no lifetime values.
	EquityLedger *equity.Span `json:"equity_ledger"`

	Entered Flow   `json:"entered"` // with what they are worth on the newer night
	Left    Flow   `json:"left"`    // with what they were worth on the older night
	Kinds   []Kind `json:"kinds"`
	// Campaigns are those of either night, in order of name, with the holdout; not there where
	// neither has any.
	Campaigns []Campaign `json:"campaigns,omitempty"`

	Settings  []SettingChange   `json:"settings"`
	CutPoints *Change[string]   `json:"cutpoints"` // nights they were fitted on; null: the same
	Model     *Change[string]   `json:"model"`     // names; null: a night has none
	Params    []ParameterChange `json:"params"`    // of the model; of a blend as MODEL.NAME and MODEL.weight; of spend as spend.NAME

	// Language is that of the newer night. It is no part of the report, whose keys and codes
	// are the same in all.
	Language string `json:"-"`

	movers []Mover
	nights []*publication.Publication // the newer first
}

// Labels are what groups are called in a language.
func (r *Report) Labels(say wording.Language) publication.Labels {
	return publication.LabelsIn(say, r.nights...)
}

// Night names a publication.
type Night struct {
	Path  string `json:"path"`
	AsOf  string `json:"as_of"`
	RunID string `json:"run_id"`
}

// Change is a number on both nights.
type Change[T any] struct {
	Old T `json:"old"`
	New T `json:"new"`
}

// ParameterChange is a model parameter on both nights; null: the model of that
// night has none of that name.
type ParameterChange struct {
	Name string   `json:"name"`
	Old  *float64 `json:"old"`
	New  *float64 `json:"new"`
}

// Flow is customers who are on one night only.
type Flow struct {
	Customers int64        `json:"customers"`
	Revenue   money.Amount `json:"revenue"`
	Equity    money.Amount `json:"equity"` // 0 without a lifetime model
	Causes    []CauseCount `json:"causes"`
}

// Kind is how the customers moved between groups of one kind.
type Kind struct {
	Kind   string       `json:"kind"` // rfm, tier or stage
	Groups []Group      `json:"groups"`
	Moves  []Move       `json:"migration"` // all pairs that somebody is in, stayed ones too
	Moved  int64        `json:"moved"`     // on both nights, and in another group
	Causes []CauseCount `json:"causes"`
}

// Move counts customers by their groups on both nights; null: not a customer
// that night.
type Move struct {
	From      *string `json:"from"`
	To        *string `json:"to"`
	Customers int64   `json:"customers"`
}

// CauseCount counts customers by cause. Up and Down are those who rose and fell,
// for tiers alone.
type CauseCount struct {
	Cause     cause.Cause `json:"cause"`
	Customers int64       `json:"customers"`
	Up        int64       `json:"up,omitempty"`
	Down      int64       `json:"down,omitempty"`
}

// What a Mover did who is on one night only, in place of a kind of group.
const (
	Entered = "entered"
	Left    = "left"
)

// Mover is a customer who changed group, entered or left.
type Mover struct {
	Customer string      `json:"customer_id"`
	Kind     string      `json:"kind"` // rfm, tier or stage; Entered or Left, without From and To
	From     *string     `json:"from"`
	To       *string     `json:"to"`
	Cause    cause.Cause `json:"cause"`
}

// Movers lists those who moved, the most valuable customers first, at most limit
// of them (0: all), and how many are left out.
func (r *Report) Movers(limit int) (movers []Mover, more int) {
	if limit <= 0 || limit >= len(r.movers) {
		return r.movers, 0
	}
	return r.movers[:limit], len(r.movers) - limit
}
