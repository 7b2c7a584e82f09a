package interest

import (
	"slices"

	"clientele/internal/concurrent"
)

// Loss is the finding that a customer has dropped a thing.
type Loss struct {
	// Pair is the index of customer and thing among the panel's pairs.
	Pair int
	// Window is the one in which the loss shows, an index of Spans.
	Window int
	// Before and After count the baskets before the window and in it;
	// WithBefore and WithAfter those with the thing.
	Before, WithBefore, After, WithAfter int
	// DropLow and DropHigh are the 90% interval of the share before less the
	// share after. As with everything that is picked because it is large, the
	// drop of a finding tends to be overstated.
	DropLow, DropHigh float64
	// Shift is the factor by which the odds of the thing moved for everybody
	// else in the same window.
	Shift float64
	// P is the probability of such a loss by chance, 1e-300 where it is smaller, Q the share of false ones
	// to be expected among the findings up to this one.
	P, Q float64
}

// ShareBefore is the share of baskets that held the thing before.
func (f Loss) ShareBefore() float64 { return float64(f.WithBefore) / float64(f.Before) }

// ShareAfter is the share of baskets that hold the thing since.
func (f Loss) ShareAfter() float64 { return float64(f.WithAfter) / float64(f.After) }

// expectedShare is the share that was to be expected after, had the customer
// gone along with everybody else.
func (f Loss) expectedShare() float64 {
	p := f.ShareBefore()
	return p * f.Shift / (1 - p + p*f.Shift)
}

// Result is what the test found in a panel.
type Result struct {
	// Tested is the number of pairs that could be found at all.
	Tested int
	// Inflation is the factor, at least 1, by which baskets scatter more than
	// independent ones would; p-values allow for it.
	Inflation float64
	// Lost are the findings, in the order of the pairs.
	Lost []Loss
}

// Find finds which customers have lost interest in which things.
//
// Each pair is tested given the number of the customer's baskets before and
// since, and given how the thing moved for the other customers: neither a
// customer who buys less of everything nor a season is a lost interest. Pairs
// too small to be found are left out; over all others the share of false
// discoveries is held at FalseDiscoveries (Benjamini-Hochberg); and of what is
// left, a finding's share must have fallen to ShareRatio of what was to be
// expected.
//
// The result is a function of the counts: it has no memory of earlier nights,
// so that a night says the same whether or not the nights before it were run.
//
// workers is the number of goroutines, at least 1; it never changes a bit of
// the result. The error wraps ErrInvalid.
func Find(p *Panel, rules Rules, workers int) (Result, error) {
	if err := rules.Validate(); err != nil {
		return Result{}, err
	}
	if err := p.Validate(); err != nil {
		return Result{}, err
	}
	rules = rules.withDefaults()
	attainable := make([]float64, len(p.Pairs))
	concurrent.Each(len(p.Pairs), workers, func(i int) { attainable[i] = p.attainable(p.Pairs[i], rules.FalseDiscoveries) })
	lambda := p.inflation(testable(attainable, rules.FalseDiscoveries), workers)
	for i, least := range attainable {
		attainable[i] = deflate(least, lambda)
	}
	tested := testable(attainable, rules.FalseDiscoveries)

	evidence := make([]evidence, len(tested))
	chance := make([]float64, len(tested))
	concurrent.Each(len(tested), workers, func(t int) {
		evidence[t] = p.evidence(p.Pairs[tested[t]])
		evidence[t].p = deflate(evidence[t].p, lambda)
		chance[t] = evidence[t].p
	})
	result := Result{Tested: len(tested), Inflation: lambda}
	for t, q := range discoveryRates(chance) {
		if q > rules.FalseDiscoveries {
			continue
		}
		if f := p.finding(tested[t], evidence[t], q); f.ShareAfter() <= rules.ShareRatio*f.expectedShare() {
			result.Lost = append(result.Lost, f)
		}
	}
	return result, nil
}

// finding fills in the numbers of a loss.
func (p *Panel) finding(pair int, e evidence, q float64) Loss {
	x := p.Pairs[pair]
	all, k := p.Baskets[x.Customer], e.window
	f := Loss{
		Pair: pair, Window: k,
		Before: all.before(k), WithBefore: x.With.before(k),
		After: int(all.Recent[k]), WithAfter: int(x.With.Recent[k]),
		Shift: p.shiftOfOthers(x, k).odds(),
		P:     max(e.p, 1e-300), Q: max(q, 1e-300),
	}
	f.DropLow, f.DropHigh = dropInterval(f.WithBefore, f.Before, f.WithAfter, f.After)
	return f
}

// Siblings tells for each lost product whether the customer moved on to
// another of the same category: the index of that pair, or NoParent. Of the
// customer's other products with the same parent it is the one that rose most
// surely, and the rise must be significant at SiblingAlpha, divided by how many
// there are. lost are findings in products.
func (p *Panel) Siblings(lost []Loss, rules Rules) []int {
	alpha := rules.withDefaults().SiblingAlpha
	to := make([]int, len(lost))
	for i, f := range lost {
		to[i] = p.sibling(f, alpha)
	}
	return to
}

func (p *Panel) sibling(f Loss, alpha float64) int {
	own := p.Pairs[f.Pair]
	if p.Parent == nil || p.Parent[own.Thing] == NoParent {
		return NoParent
	}
	best, least, siblings := NoParent, 1., 0
	from, _ := slices.BinarySearchFunc(p.Pairs, own.Customer, func(x Pair, c int32) int { return int(x.Customer) - int(c) })
	for i := from; i < len(p.Pairs) && p.Pairs[i].Customer == own.Customer; i++ {
		x := p.Pairs[i]
		if i == f.Pair || p.Parent[x.Thing] != p.Parent[own.Thing] {
			continue
		}
		siblings++
		if rise := p.rise(x, f.Window); rise < least {
			best, least = i, rise
		}
	}
	if least*float64(siblings) > alpha {
		return NoParent
	}
	return best
}
