package segment

import (
	"math"
)

const (
	// spendLeast is the number of purchases from which a fall of spend can be
	// seen.
	spendLeast = 6
	// spendMost is how many of the last purchases are looked at.
	spendMost = 40
)

// spendFall is the evidence that what a customer spends on a purchase day falls.
type spendFall struct {
	tested bool    // there were purchases enough
	p      float64 // over a year of nights, as slowing.p
	score  float64 // as slowing.score
	chance float64 // of the order of amounts alone
	ratio  float64 // mean spend of the later half over that of the earlier
	later  int     // how many purchases are in the later half
}

// unspent is no evidence.
var unspent = spendFall{p: 1, score: 1, chance: 1, ratio: 1}

// spendFall tests the amounts of the last purchases of a spell with the
// Mann-Kendall test against a fall: ranks, so that one large order moves little.
// A fall of less than Size of the earlier mean is none.
func (j *stageJudge) spendFall(spend []float64, usual float64) spendFall {
	f := unspent
	f.tested = true
	spend = spend[max(0, len(spend)-spendMost):]
	half := len(spend) / 2
	before, after := mean(spend[:len(spend)-half]), mean(spend[len(spend)-half:])
	if !(before > 0 && after <= j.rules.Size*before) {
		return f
	}
	f.ratio, f.later = after/before, half
	f.chance = mannKendallFall(spend)
	looks := spendLooksBase + spendLooksPerGap*365/usual
	f.p = atLeastOnce(f.chance, looks)
	f.score = min(1, max(f.p, f.chance*j.rules.Alpha/j.fallCut))
	return f
}

// spendLooksBase and spendLooksPerGap are looksAYear of the spend test: each
// purchase adds an amount to a long row of them and changes little.
const (
	spendLooksBase   = 2
	spendLooksPerGap = 0.3
)

// mannKendallFall is the one-sided p-value of the Mann-Kendall test against a
// fall: of S, the pairs that rise less the pairs that fall, exact up to 10
// values (where ties are taken for halves of either) and else normal with
// continuity correction and the variance corrected for ties.
//
// Source: Mann (1945), Nonparametric Tests Against Trend, Econometrica 13;
// Kendall (1975), Rank Correlation Methods, for the exact distribution and ties.
func mannKendallFall(v []float64) float64 {
	n := len(v)
	falls, ties := 0, 0
	for i := range v {
		for _, later := range v[i+1:] {
			if later < v[i] {
				falls++
			} else if later == v[i] {
				ties++
			}
		}
	}
	pairs := n * (n - 1) / 2
	if n <= exactMost {
		return inversionTail[n][falls+ties/2]
	}
	s := float64(pairs - ties - 2*falls)
	variance := float64(n*(n-1)*(2*n+5))/18 - tiedVariance(v)
	if variance <= 0 {
		return 1
	}
	return normalCDF((s + 1) / math.Sqrt(variance))
}

// tiedVariance is what ties take from 18 times the variance of S, over 18.
func tiedVariance(v []float64) float64 {
	sum := 0.0
	for i, x := range v {
		same, earlier := 0, false
		for at, y := range v {
			if x == y {
				same++
				earlier = earlier || at < i
			}
		}
		if !earlier {
			sum += float64(same*(same-1)*(2*same+5)) / 18
		}
	}
	return sum
}

const exactMost = 10

// inversionTail[n][m] is the share of orders of n values with m inversions or
// more.
var inversionTail = func() (tail [exactMost + 1][]float64) {
	count := []float64{1}
	total := 1.0
	for n := 1; n <= exactMost; n++ {
		next := make([]float64, n*(n-1)/2+1)
		for m, c := range count {
			for add := range n {
				next[m+add] += c
			}
		}
		count, total = next, total*float64(n)
		tail[n] = make([]float64, len(count))
		sum := 0.0
		for m := len(count) - 1; m >= 0; m-- {
			sum += count[m]
			tail[n][m] = sum / total
		}
	}
	return tail
}()

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// normalCDF is the distribution function of the standard normal, by erfc so
// that small tails keep their digits.
func normalCDF(u float64) float64 { return 0.5 * math.Erfc(-u/math.Sqrt2) }
