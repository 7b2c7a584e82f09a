package interest

// wholeWindow is the window of all that is recent.
const wholeWindow = Windows - 1

// evidence is what the two tests say of a pair.
type evidence struct {
	p      float64
	window int // in which the loss shows
}

// distribution is how many of the baskets in window k would hold the pair's
// thing, had nothing changed for this customer alone. What counts is that they
// are so few of the baskets that there were: whoever buys less of everything
// has not lost one interest.
func (p *Panel) distribution(x Pair, k int, odds float64) noncentral {
	all := p.Baskets[x.Customer]
	return noncentral{First: all.before(k), Second: int(all.Recent[k]), Marked: int(x.With.All), Odds: odds}
}

// attainable is the smallest p-value that the pair could have had: that of no
// recent basket with the thing. Where it is above level, it may be anything
// above level.
func (p *Panel) attainable(x Pair, level float64) float64 {
	s := p.shiftOfOthers(x, wholeWindow)
	// One term of the average is enough to say that it is above.
	middle := len(shiftNodes) / 2
	if least := shiftWeights[middle] * p.distribution(x, wholeWindow, s.odds()).none(); least > level {
		return least
	}
	return s.average(func(odds float64) float64 {
		return p.distribution(x, wholeWindow, odds).none()
	})
}

// evidence tests a pair for a loss, twice:
//
//   - fewer: the mid-p value of so few baskets with the thing in the whole
//     window;
//   - none since: the probability that the longest window without the thing is
//     empty of it. The windows lie in each other, so that this is the chance of
//     an empty window that long or longer, and a p-value, though the window is
//     picked after the fact. It finds who stopped within the recent part.
//
// The answer is the smaller of the two, doubled (Bonferroni).
func (p *Panel) evidence(x Pair) evidence {
	fewer := p.shiftOfOthers(x, wholeWindow).average(func(odds float64) float64 {
		return p.distribution(x, wholeWindow, odds).midLower(int(x.With.Recent[wholeWindow]))
	})
	k := x.emptyWindow()
	if k < 0 {
		return evidence{min(1, 2*fewer), wholeWindow}
	}
	since := p.shiftOfOthers(x, k).average(func(odds float64) float64 {
		return p.distribution(x, k, odds).none()
	})
	if since < fewer {
		return evidence{min(1, 2*since), k}
	}
	return evidence{min(1, 2*fewer), wholeWindow}
}

// emptyWindow is the longest window without the thing, or -1.
func (x Pair) emptyWindow() int {
	k := wholeWindow
	for k >= 0 && x.With.Recent[k] > 0 {
		k--
	}
	return k
}

// rise tests a pair for the opposite of a loss in window k: the mid-p value of
// so many baskets with the thing.
func (p *Panel) rise(x Pair, k int) float64 {
	return p.shiftOfOthers(x, k).average(func(odds float64) float64 {
		return p.distribution(x, k, odds).midUpper(int(x.With.Recent[k]))
	})
}
