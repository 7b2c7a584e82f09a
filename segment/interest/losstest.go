package interest

// wholeWindow is the index of the longest window, the whole recent part.
const wholeWindow = Windows - 1

// lossTest is the result of the test of a pair.
type lossTest struct {
	p      float64
	window int // in which the loss shows
}

// distribution is that of the number of baskets in window k that hold the pair's thing, if
// nothing changed for this customer alone. It is conditional on the number of all baskets
// in the window, so that a customer who buys less of everything has not lost an interest.
func (in *Input) distribution(x Pair, k int, odds float64) noncentral {
	all := in.Baskets[x.Customer]
	return noncentral{First: all.before(k), Second: int(all.Recent[k]), Marked: int(x.With.All), Odds: odds}
}

// attainable is the smallest p-value that the pair could have: that of no recent basket
// with the thing. If it is above level, the result may be any number above level.
func (in *Input) attainable(x Pair, level float64) float64 {
	s := in.shiftOfOthers(x, wholeWindow)
	// One term of the average may be enough to see that it is above.
	middle := len(shiftNodes) / 2
	if least := shiftWeights[middle] * in.distribution(x, wholeWindow, s.odds()).none(); least > level {
		return least
	}
	return s.average(func(odds float64) float64 {
		return in.distribution(x, wholeWindow, odds).none()
	})
}

// testLoss tests a pair for a loss, twice:
//
//   - fewer: the mid-p value of so few baskets with the thing in the whole recent part;
//   - none since: the probability that the longest window without the thing has none.
//     Each window contains the shorter ones, so that this is the probability of an empty
//     window of at least that length: it is a p-value although the window is picked
//     afterwards. It finds customers who stopped within the recent part.
//
// The p-value is the smaller of the two, doubled (Bonferroni).
func (in *Input) testLoss(x Pair) lossTest {
	fewer := in.shiftOfOthers(x, wholeWindow).average(func(odds float64) float64 {
		return in.distribution(x, wholeWindow, odds).midLower(int(x.With.Recent[wholeWindow]))
	})
	k := x.emptyWindow()
	if k < 0 {
		return lossTest{min(1, 2*fewer), wholeWindow}
	}
	since := in.shiftOfOthers(x, k).average(func(odds float64) float64 {
		return in.distribution(x, k, odds).none()
	})
	if since < fewer {
		return lossTest{min(1, 2*since), k}
	}
	return lossTest{min(1, 2*fewer), wholeWindow}
}

// emptyWindow is the index of the longest window without the thing, or -1.
func (x Pair) emptyWindow() int {
	k := wholeWindow
	for k >= 0 && x.With.Recent[k] > 0 {
		k--
	}
	return k
}

// rise is the mid-p value of so many baskets with the thing in window k: the test for the
// opposite of a loss.
func (in *Input) rise(x Pair, k int) float64 {
	return in.shiftOfOthers(x, k).average(func(odds float64) float64 {
		return in.distribution(x, k, odds).midUpper(int(x.With.Recent[k]))
	})
}
