package publication

import (
	"fmt"
	"math"
	"time"

	"clientele/segment/quality"
)

// Anchor is the night whose groups are held against what their customers have
// spent since. Every later night remembers it, so that no run needs more than the
// one before it, until a night of another calendar month, four weeks or more
// later, takes its place.
type Anchor struct {
	Day string `json:"day"`
	// Rules is a fingerprint of the settings that made the groups. Under other
	// settings they are other groups, and the watch begins anew.
	Rules string `json:"rules"`
	// Spend is the newest comparison that is long enough to be judged or, before
	// there is one, as long as there is. Null on the first night.
	Spend *NextSpend `json:"next_spend"`
}

// NextSpend is how far the groups of one night set apart what customers spent
// afterwards.
type NextSpend struct {
	From  string                        `json:"from"` // the night whose groups they are
	To    string                        `json:"to"`   // the last day of spend
	Days  int                           `json:"days"`
	Kinds map[string]quality.Separation `json:"kinds"` // by kind of group
}

// validate reports what no night writes.
func (a *Anchor) validate(night time.Time) error {
	if a == nil {
		return nil
	}
	day, err := time.Parse(time.DateOnly, a.Day)
	if err != nil || day.After(night) {
		return fmt.Errorf("anchor.day is %q, expected a day that is not after the night", a.Day)
	}
	s := a.Spend
	if s == nil {
		return nil
	}
	if s.Days < 0 || s.Days > math.MaxInt32 {
		return fmt.Errorf("anchor.next_spend.days is %d", s.Days)
	}
	for kind, k := range s.Kinds {
		if k.Customers < 0 || k.Groups < 0 || noShare(k) {
			return fmt.Errorf("anchor.next_spend.kinds.%s: a number is out of its range", kind)
		}
	}
	return nil
}

// noShare tells that shares of variance are none. One less what chance gives may be below 0:
// of n customers in k groups it is -(k - 1)/(n - k) at least, and n is above k.
func noShare(s quality.Separation) bool {
	return s.EtaSquared < 0 || s.EtaSquared > 1 || s.EpsilonSquared > 1 || s.EpsilonSquared < -float64(s.Groups)
}
