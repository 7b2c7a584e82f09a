package segment

import (
	"errors"
	"fmt"
)

// ErrInterests marks counts of baskets that contradict themselves, or rules
// that no test can work with.
var ErrInterests = errors.New("segment: bad interests")

// InterestWindows is the number of windows in which recent baskets are
// counted; see InterestSpans.
const InterestWindows = 6

// InterestSpans gives the days of the InterestWindows windows, shortest first,
// of a history of so many days: the last is the recent part, a share of the
// history (0 to 1), and the others are its sixths. A window holds the last so many days
// up to and including the night's date.
func InterestSpans(historyDays int, recent float64) [InterestWindows]int {
	var spans [InterestWindows]int
	for k := range spans {
		spans[k] = int(float64(historyDays) * recent * float64(k+1) / InterestWindows)
	}
	return spans
}

// BasketCounts counts baskets: all of a history, and those in each window. A
// basket is a day on which something was bought.
type BasketCounts struct {
	All    int32
	Recent [InterestWindows]int32 // in each window, shortest first: never falling
}

// before is the baskets that came before window k.
func (b BasketCounts) before(k int) int { return int(b.All - b.Recent[k]) }

// InterestPanel is what the test for lost interests needs to know of a shop.
// Things are categories or products: whatever a customer may lose interest in.
type InterestPanel struct {
	// Baskets has one entry per customer.
	Baskets []BasketCounts
	// Shift has one entry per thing.
	Shift []ShiftSums
	// Parent is the category of each product; NoParent where it has none. Nil:
	// the things have no parents.
	Parent []int32
	// Pairs are the customers with the things that they bought often enough
	// for a test, in order of customer, then thing. Which pairs are listed may
	// depend on All alone, not on when the baskets were: a choice that looks at
	// the outcome would spoil the test.
	Pairs []InterestPair
}

// InterestPair is a customer and a thing: indices into the columns of
// InterestPanel, and the customer's baskets that hold it.
type InterestPair struct {
	Customer, Thing int32
	With            BasketCounts
}

// NoParent is the parent of a product without one, and the sibling of a
// finding without one.
const NoParent = -1

// InterestRules are the thresholds of the test. A field left at zero takes its
// default.
type InterestRules struct {
	// FalseDiscoveries is the tolerated share of false ones among the findings
	// of a night. Default 0.10.
	FalseDiscoveries float64
	// ShareRatio is the size filter: the share of baskets must have fallen to
	// at most so much of what was to be expected. Default 0.5.
	ShareRatio float64
	// SiblingAlpha is the level at which the rise of a sibling makes a drop a
	// switch. Default 0.05.
	SiblingAlpha float64
}

func (r InterestRules) withDefaults() InterestRules {
	orFloat(&r.FalseDiscoveries, 0.10)
	orFloat(&r.ShareRatio, 0.5)
	orFloat(&r.SiblingAlpha, 0.05)
	return r
}

// Validate reports the first threshold out of its range. The error wraps
// ErrInterests.
func (r InterestRules) Validate() error {
	r = r.withDefaults()
	for _, s := range []struct {
		name  string
		value float64
	}{{"false discoveries", r.FalseDiscoveries}, {"share ratio", r.ShareRatio}, {"sibling alpha", r.SiblingAlpha}} {
		if !(s.value > 0 && s.value < 1) {
			return fmt.Errorf("%w: %s is %v, want it between 0 and 1", ErrInterests, s.name, s.value)
		}
	}
	return nil
}

// Validate reports the first column of wrong length or the first counts that
// cannot be true. The error wraps ErrInterests.
func (p *InterestPanel) Validate() error {
	if p.Parent != nil && len(p.Parent) != len(p.Shift) {
		return fmt.Errorf("%w: %d parents of %d things", ErrInterests, len(p.Parent), len(p.Shift))
	}
	for i, x := range p.Pairs {
		if text := p.contradiction(i); text != "" {
			return fmt.Errorf("%w: pair at index %d (customer %d, thing %d): %s", ErrInterests, i, x.Customer, x.Thing, text)
		}
	}
	return nil
}

// contradiction says what is wrong with pair i, or nothing.
func (p *InterestPanel) contradiction(i int) string {
	x := p.Pairs[i]
	switch {
	case x.Customer < 0 || int(x.Customer) >= len(p.Baskets):
		return fmt.Sprintf("there are %d customers", len(p.Baskets))
	case x.Thing < 0 || int(x.Thing) >= len(p.Shift):
		return fmt.Sprintf("there are %d things", len(p.Shift))
	case i > 0 && !p.Pairs[i-1].precedes(x):
		return "out of order; want pairs by customer, then thing, each once"
	}
	all := p.Baskets[x.Customer]
	if x.With.All < 1 || x.With.All > all.All {
		return fmt.Sprintf("in %d of %d baskets", x.With.All, all.All)
	}
	shorter, shorterAll := int32(0), int32(0)
	for k := range InterestWindows {
		with, of := x.With.Recent[k], all.Recent[k]
		switch {
		case with < shorter || of < shorterAll:
			return fmt.Sprintf("window %d holds less than the shorter one", k)
		case with > of || x.With.All-with > all.All-of:
			return fmt.Sprintf("in %d of %d baskets of window %d, in %d of %d before", with, of, k, x.With.All-with, all.All-of)
		}
		shorter, shorterAll = with, of
	}
	return ""
}

func (x InterestPair) precedes(y InterestPair) bool {
	return x.Customer < y.Customer || x.Customer == y.Customer && x.Thing < y.Thing
}
