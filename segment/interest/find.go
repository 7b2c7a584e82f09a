package interest

import (
	"slices"

	"clientele/internal/concurrent"
)

// Loss is a finding: a customer has lost interest in a thing.
type Loss struct {
	// Pair is an index of Input.Pairs.
	Pair int
	// Window is the window in which the loss shows, an index of Spans.
	Window int
	// Before and After count the baskets before the window and in it; WithBefore and
	// WithAfter count those of them that hold the thing.
	Before, WithBefore, After, WithAfter int
	// DropLow and DropHigh are the 90% interval of the share before less the share after.
	// Findings are picked because their drop is large, so that it tends to be overstated.
	DropLow, DropHigh float64
	// Shift is the factor by which the odds of the thing moved for all other customers in
	// the same window.
	Shift float64
	// P is the probability of such a loss by chance, at least 1e-300. Q is the expected
	// share of false findings among those with a P up to this one.
	P, Q float64
}

// ShareBefore is the share of baskets that held the thing before.
func (f Loss) ShareBefore() float64 { return float64(f.WithBefore) / float64(f.Before) }

// ShareAfter is the share of baskets that hold the thing since.
func (f Loss) ShareAfter() float64 { return float64(f.WithAfter) / float64(f.After) }

// expectedShare is the share that was to be expected after, had the customer changed as
// all others did.
func (f Loss) expectedShare() float64 {
	p := f.ShareBefore()
	return p * f.Shift / (1 - p + p*f.Shift)
}

// Result is what the test found.
type Result struct {
	// Tested is the number of pairs that were tested: those that could have been a finding.
	Tested int
	// Inflation is the factor, at least 1, by which the variance of the counts exceeds that
	// of independent baskets. The p-values allow for it.
	Inflation float64
	// Lost are the findings, in the order of the pairs.
	Lost []Loss
}

// Find finds which customers have lost interest in which things.
//
// Each pair is tested given the number of the customer's baskets before and since, and
// given how the thing moved for the other customers. So neither a customer who buys less
// of everything nor a season is a lost interest. Pairs with too few baskets to be a
// finding are left out. Over all others the share of false discoveries is held at
// FalseDiscoveries (Benjamini-Hochberg). Of these discoveries, those are findings whose
// share since is at most ShareRatio of the expected share.
//
// The result depends on the counts alone. It has no memory of earlier nights, so that a
// night says the same whether or not earlier nights were run.
//
// workers is the number of goroutines, at least 1. It does not change the result. The
// error wraps ErrInvalid.
func Find(in *Input, rules Rules, workers int) (Result, error) {
	if err := rules.Validate(); err != nil {
		return Result{}, err
	}
	if err := in.Validate(); err != nil {
		return Result{}, err
	}
	rules = rules.withDefaults()
	attainable := make([]float64, len(in.Pairs))
	concurrent.Each(len(in.Pairs), workers, func(i int) { attainable[i] = in.attainable(in.Pairs[i], rules.FalseDiscoveries) })
	lambda := in.inflation(testable(attainable, rules.FalseDiscoveries), workers)
	for i, least := range attainable {
		attainable[i] = deflate(least, lambda)
	}
	tested := testable(attainable, rules.FalseDiscoveries)

	tests := make([]lossTest, len(tested))
	p := make([]float64, len(tested))
	concurrent.Each(len(tested), workers, func(t int) {
		tests[t] = in.testLoss(in.Pairs[tested[t]])
		tests[t].p = deflate(tests[t].p, lambda)
		p[t] = tests[t].p
	})
	result := Result{Tested: len(tested), Inflation: lambda}
	for t, q := range discoveryRates(p) {
		if q > rules.FalseDiscoveries {
			continue
		}
		if f := in.finding(tested[t], tests[t], q); f.ShareAfter() <= rules.ShareRatio*f.expectedShare() {
			result.Lost = append(result.Lost, f)
		}
	}
	return result, nil
}

// finding is the Loss of a pair.
func (in *Input) finding(pair int, e lossTest, q float64) Loss {
	x := in.Pairs[pair]
	all, k := in.Baskets[x.Customer], e.window
	f := Loss{
		Pair: pair, Window: k,
		Before: all.before(k), WithBefore: x.With.before(k),
		After: int(all.Recent[k]), WithAfter: int(x.With.Recent[k]),
		Shift: in.shiftOfOthers(x, k).odds(),
		P:     max(e.p, 1e-300), Q: max(q, 1e-300),
	}
	f.DropLow, f.DropHigh = dropInterval(f.WithBefore, f.Before, f.WithAfter, f.After)
	return f
}

// Siblings tells, for each lost product, whether the customer turned to another product of
// the same category: the index of that pair, or NoParent. Of the customer's other products
// of the category it is the one with the smallest p-value of a rise. That p-value must be
// at most SiblingAlpha divided by the number of those products (Bonferroni). lost are
// findings about products.
func (in *Input) Siblings(lost []Loss, rules Rules) []int {
	alpha := rules.withDefaults().SiblingAlpha
	to := make([]int, len(lost))
	for i, f := range lost {
		to[i] = in.sibling(f, alpha)
	}
	return to
}

func (in *Input) sibling(f Loss, alpha float64) int {
	own := in.Pairs[f.Pair]
	if in.Parent == nil || in.Parent[own.Thing] == NoParent {
		return NoParent
	}
	best, least, siblings := NoParent, 1., 0
	from, _ := slices.BinarySearchFunc(in.Pairs, own.Customer, func(x Pair, c int32) int { return int(x.Customer) - int(c) })
	for i := from; i < len(in.Pairs) && in.Pairs[i].Customer == own.Customer; i++ {
		x := in.Pairs[i]
		if i == f.Pair || in.Parent[x.Thing] != in.Parent[own.Thing] {
			continue
		}
		siblings++
		if rise := in.rise(x, f.Window); rise < least {
			best, least = i, rise
		}
	}
	if least*float64(siblings) > alpha {
		return NoParent
	}
	return best
}
