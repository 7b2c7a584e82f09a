package consent

import (
	"slices"
	"strings"
)

// Status is whether a customer may be on a list.
type Status string

// The statuses.
const (
	Yes        Status = "yes"
	NoConsent  Status = "no_consent" // none was given, or it was withdrawn
	Provenance Status = "provenance" // their details come from where they must not

	// By what came back of contacts, and by the job: no export can allow again.
	Unsubscribed Status = "unsubscribed"
	Complained   Status = "complained"
	Excluded     Status = "excluded"
)

// Rule is what the job says.
type Rule struct {
	// Require are the values of consent that allow; none: nothing is asked.
	Require []string `json:"require,omitempty"`
	// Exclude are the values of provenance that forbid.
	Exclude []string `json:"exclude,omitempty"`
}

// Records collects what was said of each customer. Customers are numbers from 0 on.
type Records struct {
	rule   Rule
	told   []consent
	voices map[voice]*consent // of accounts whose members each have a word
	banned []bool
}

// consent is the newest that a customer has said.
type consent struct {
	known, allows bool
	day           int32
}

// voice is a member of a customer who is an account of several.
type voice struct {
	customer int
	member   string
}

// NewRecords begins without a word of anybody.
func NewRecords(rule Rule) *Records { return &Records{rule: rule} }

// Consent tells of a value of consent, last said on a day, and whether a row that is used
// says so. The newest counts; of one day, the one that does not allow: a withdrawal binds,
// wherever it stands. A row that is set aside allows nothing.
func (r *Records) Consent(customer int, value string, last int32, used bool) {
	allows := holds(r.rule.Require, value)
	if allows && !used {
		return
	}
	r.told = grown(r.told, customer)
	r.told[customer].hear(allows, last)
}

// ConsentOf is Consent for a customer who is an account, by one of its members. Each member's
// newest word counts. One of them that does not allow forbids, as what is sent to an account
// may reach any of its members; else one that allows is enough.
func (r *Records) ConsentOf(customer int, member, value string, last int32, used bool) {
	allows := holds(r.rule.Require, value)
	if allows && !used {
		return
	}
	if r.voices == nil {
		r.voices = map[voice]*consent{}
	}
	of := voice{customer, member}
	if r.voices[of] == nil {
		r.voices[of] = &consent{}
	}
	r.voices[of].hear(allows, last)
}

// hear takes a word that was last said on a day.
func (c *consent) hear(allows bool, last int32) {
	switch {
	case !c.known || last > c.day:
		*c = consent{true, allows, last}
	case last == c.day:
		c.allows = c.allows && allows
	}
}

// Provenance tells of a value of provenance. One that forbids does so for good: details
// that were come by unlawfully do not become lawful by a later row.
func (r *Records) Provenance(customer int, value string) {
	r.banned = grown(r.banned, customer)
	r.banned[customer] = r.banned[customer] || holds(r.rule.Exclude, value)
}

// Decide says of so many customers whether they may be on a list.
func (r *Records) Decide(customers int) []Status {
	r.countVoices()
	out := make([]Status, customers)
	for i := range out {
		switch {
		case i < len(r.banned) && r.banned[i]:
			out[i] = Provenance
		case len(r.rule.Require) > 0 && (i >= len(r.told) || !r.told[i].allows):
			out[i] = NoConsent
		default:
			out[i] = Yes
		}
	}
	return out
}

// countVoices makes one word of those of the members of each account.
func (r *Records) countVoices() {
	for of, said := range r.voices {
		r.told = grown(r.told, of.customer)
		c := &r.told[of.customer]
		c.allows = said.allows && (c.allows || !c.known)
		c.known = true
	}
	r.voices = nil
}

// holds tells whether a value is among some, whatever its letters and the spaces around.
func holds(values []string, value string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(strings.TrimSpace(v), strings.TrimSpace(value)) })
}

// grown is a column with room for a customer.
func grown[T any](column []T, customer int) []T {
	for len(column) <= customer {
		var none T
		column = append(column, none)
	}
	return column
}
