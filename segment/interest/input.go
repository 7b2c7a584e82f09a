package interest

import (
	"cmp"
	"errors"
	"fmt"
)

// ErrInvalid marks counts of baskets that contradict each other, or rules out of their
// range.
var ErrInvalid = errors.New("interest: bad input")

// Windows is the number of windows in which recent baskets are counted; see [Spans].
const Windows = 6

// Spans are the lengths of the windows in days, shortest first, for a history of so many
// days. The last one is the recent part, a share of the history (0 to 1); the others are
// one to five sixths of it. Every window ends with the night's date.
func Spans(historyDays int, recent float64) [Windows]int {
	var spans [Windows]int
	for k := range spans {
		spans[k] = int(float64(historyDays) * recent * float64(k+1) / Windows)
	}
	return spans
}

// BasketCounts counts baskets: all of a history, and those in each window. A basket is a
// day on which a customer bought something.
type BasketCounts struct {
	All    int32
	Recent [Windows]int32 // in each window, shortest first: never falling
}

// before is the number of baskets before window k.
func (b BasketCounts) before(k int) int { return int(b.All - b.Recent[k]) }

// Input is what the test for lost interests needs to know about a shop. Things are what a
// customer may lose interest in: categories or products.
type Input struct {
	// Baskets has one entry per customer.
	Baskets []BasketCounts
	// Shift has one entry per thing.
	Shift []ShiftSums
	// Parent is the category of each product, or NoParent. Nil: the things have no
	// parents.
	Parent []int32
	// Pairs are the customers with the things that they bought often enough for a test,
	// in order of customer, then thing. Which pairs are listed may depend on
	// BasketCounts.All alone, and not on when the baskets were: a choice that depends on
	// the outcome would make the p-values wrong.
	Pairs []Pair
}

// Pair is a customer and a thing, as indices into the columns of [Input], and the
// customer's baskets that hold the thing.
type Pair struct {
	Customer, Thing int32
	With            BasketCounts
}

// NoParent is the parent of a product without a category, and the sibling of a finding
// without one.
const NoParent = -1

// Rules are the thresholds of the test. A field that is 0 takes its default.
type Rules struct {
	// FalseDiscoveries is the share of the findings of a night that may be false, in
	// expectation. Default 0.10.
	FalseDiscoveries float64
	// ShareRatio is how small the share of baskets since must be, relative to the share
	// that was to be expected. Default 0.5.
	ShareRatio float64
	// SiblingAlpha is the level of the test for a sibling that rose instead. Default 0.05.
	SiblingAlpha float64
}

func (r Rules) withDefaults() Rules {
	r.FalseDiscoveries = cmp.Or(r.FalseDiscoveries, 0.10)
	r.ShareRatio = cmp.Or(r.ShareRatio, 0.5)
	r.SiblingAlpha = cmp.Or(r.SiblingAlpha, 0.05)
	return r
}

// Validate reports the first threshold out of its range. The error wraps
// ErrInvalid.
func (r Rules) Validate() error {
	r = r.withDefaults()
	for _, s := range []struct {
		name  string
		value float64
	}{{"false discoveries", r.FalseDiscoveries}, {"share ratio", r.ShareRatio}, {"sibling alpha", r.SiblingAlpha}} {
		if !(s.value > 0 && s.value < 1) {
			return fmt.Errorf("%w: %s is %v, want it between 0 and 1", ErrInvalid, s.name, s.value)
		}
	}
	return nil
}

// Validate reports the first column of wrong length or the first counts that
// cannot be true. The error wraps ErrInvalid.
func (in *Input) Validate() error {
	if in.Parent != nil && len(in.Parent) != len(in.Shift) {
		return fmt.Errorf("%w: %d parents of %d things", ErrInvalid, len(in.Parent), len(in.Shift))
	}
	for i, x := range in.Pairs {
		if text := in.contradiction(i); text != "" {
			return fmt.Errorf("%w: pair at index %d (customer %d, thing %d): %s", ErrInvalid, i, x.Customer, x.Thing, text)
		}
	}
	return nil
}

// contradiction says what is wrong with pair i; empty if nothing is.
func (in *Input) contradiction(i int) string {
	x := in.Pairs[i]
	switch {
	case x.Customer < 0 || int(x.Customer) >= len(in.Baskets):
		return fmt.Sprintf("there are %d customers", len(in.Baskets))
	case x.Thing < 0 || int(x.Thing) >= len(in.Shift):
		return fmt.Sprintf("there are %d things", len(in.Shift))
	case i > 0 && !in.Pairs[i-1].precedes(x):
		return "out of order; want pairs by customer, then thing, each once"
	}
	all := in.Baskets[x.Customer]
	if x.With.All < 1 || x.With.All > all.All {
		return fmt.Sprintf("in %d of %d baskets", x.With.All, all.All)
	}
	shorter, shorterAll := int32(0), int32(0)
	for k := range Windows {
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

func (x Pair) precedes(y Pair) bool {
	return x.Customer < y.Customer || x.Customer == y.Customer && x.Thing < y.Thing
}
