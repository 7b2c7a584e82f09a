package segment

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Rhythm is what a shop's customers say about the time between purchases.
//
// A customer who keeps buying has gaps ~ Gamma(k, λ) in days of the shop's
// Clock, with a k and a λ of the customer's own: k is spread over a few values,
// and λ ~ Gamma(A, rate A·MeanGap/k), so that the mean gap k/λ does not depend
// on k. After the first purchase a share 1 − ReturnShare never comes back,
// after each later one a share QuitShare.
type Rhythm struct {
	// Regularity is the share of customers at each k of 0.25, 0.4, 0.6, 0.8, 1,
	// 1.4, 2, 3.2, 6 and 12: below 1 they buy in bursts, at 1 without memory,
	// above it by the clock.
	Regularity regularityShares `json:"regularity"`
	// K is the one k that describes all customers best.
	K float64 `json:"k"`
	// A is the shape of the gamma distribution of rates: the larger, the more
	// alike customers are. It is 0 when too few customers came back to tell;
	// then each repeat buyer is judged by the own gaps alone, and one-time
	// buyers not at all.
	A float64 `json:"a"`
	// MeanGap is the mean gap, in days, of a customer of average rate.
	MeanGap float64 `json:"mean_gap"`
	// MedianGap is the median over repeat buyers of their own mean gap, in
	// days; 0 where nobody came back.
	MedianGap float64 `json:"median_gap"`
	// ReturnShare is the share of first-time buyers who sooner or later buy
	// again, in (0, 1).
	ReturnShare float64 `json:"return_share"`
	// QuitShare is the share of repeat purchases that were the last for good,
	// in (0, 1).
	QuitShare float64 `json:"quit_share"`
	// Customers, Repeaters (two purchase days or more) and Gaps (those that say
	// how regular customers are) say how much evidence there was.
	Customers int `json:"customers"`
	Repeaters int `json:"repeaters"`
	Gaps      int `json:"gaps"`
}

// validate reports a number that no fit gives.
func (r *Rhythm) validate() error {
	sum, least := 0.0, 1.0
	for _, share := range r.Regularity {
		sum += share
		least = min(least, share)
	}
	if !(least >= 0 && math.Abs(sum-1) < 1e-6) {
		return fmt.Errorf("segment: bad panel: shares of regularity add up to %v and the least is %v, want 1 and none below 0", sum, least)
	}
	lowest, highest := regularities[0], regularities[len(regularities)-1]
	const rounding = 1e-9
	for _, n := range []struct {
		name        string
		value       float64
		least, most float64
	}{
		{"k", r.K, lowest, highest},
		{"a", r.A, 0, math.Exp(mostLogA) + rounding},
		{"mean_gap", r.MeanGap, 0, math.Exp(mostLogGap) + rounding},
		{"median_gap", r.MedianGap, 0, math.Exp(mostLogGap)},
		{"return_share", r.ReturnShare, 0, 1},
		{"quit_share", r.QuitShare, 0, 1},
		{"customers", float64(r.Customers), 0, math.MaxInt32},
		{"repeaters", float64(r.Repeaters), 0, float64(r.Customers)},
		{"gaps", float64(r.Gaps), 0, math.MaxInt32},
	} {
		if !(n.value >= n.least && n.value <= n.most) {
			return fmt.Errorf("segment: bad panel: %s of the rhythm is %v, want it within %v and %v", n.name, n.value, n.least, n.most)
		}
	}
	if r.ReturnShare == 0 || r.ReturnShare == 1 || r.QuitShare == 0 || r.QuitShare == 1 || r.A > 0 && r.MeanGap == 0 {
		return errors.New("segment: bad panel: a share of the rhythm is 0 or 1, or its mean_gap is 0, as none ever is")
	}
	return nil
}

// Overdue is the probability that the next count gaps of a customer who buys as
// before take longer than days, given x gaps that took active days in all and a
// distribution of the customer's k:
//
//	p = Σ_k share_k · I_u(a + k·x, k·count),
//	u = (b_k + active) / (b_k + active + days),  b_k = a·MeanGap/k
//
// with I the regularised incomplete beta function: the tail of a sum of gamma
// gaps when the rate's posterior is Gamma(a + k·x, b_k + active), where a is A by
// its weight. With k = 1, A = 0 and count = 1 it is (active/(active+days))^x, which
// is exact for a Poisson buyer of any rate. p is 1 at 0 days and falls with them. It
// is 1, no evidence, when nothing is known: x = 0 and A = 0.
//
// Above most p need not be known: what is returned then is above most too, and no
// larger than p.
//
// Source: conjugate gamma updating; Cox and Lewis (1966), The Statistical
// Analysis of Series of Events, chapter 3, for the case k = 1, A = 0.
func (r *Rhythm) overdue(share *regularityShares, x, active, count, days, most float64) float64 {
	a := r.weight(x)
	if days <= 0 || a+x <= 0 {
		return 1
	}
	tail := func(i int) float64 {
		k := regularities[i]
		past := active
		if a > 0 {
			past += a * r.MeanGap / k
		}
		return gapTail(a+k*x, k*count, past/(past+days))
	}
	// The tail of memoryless buyers costs little; then the larger the share, the
	// sooner p is above most.
	p, left := share[memoryless]*tail(memoryless), *share
	left[memoryless] = 0
	for p <= most {
		next := 0
		for i, weight := range left {
			if weight > left[next] {
				next = i
			}
		}
		if left[next] < negligible {
			break
		}
		p += left[next] * tail(next)
		left[next] = 0
	}
	return min(1, p)
}

// negligible is the share below which a value of K is left out of a tail.
const negligible = 1e-4

// weight is for how much the shop's rates count, in the place of A: in full for
// customers of whom nothing else is known, and for others the less, the more the
// shop's customers differ:
//
//	A·(A + 4)/(A + 10)
//
// A shop may have two sorts of customers, of which the gamma distribution tells
// the more frequent. By its full weight the others would be judged by the wrong
// rhythm, and steady ones be called in decline far more often than Alpha.
func (r *Rhythm) weight(x float64) float64 {
	if x == 0 {
		return r.A
	}
	return r.A * (r.A + 4) / (r.A + 10)
}

// shortSum is the largest whole b for which I_u(a, b) is summed up.
const shortSum = 13

// gapTail is I_u(a, b). For small whole b that is a short sum; Abramowitz and
// Stegun (1964), 26.5.24.
func gapTail(a, b, u float64) float64 {
	if b > shortSum || b != math.Trunc(b) {
		return mathext.RegIncBeta(a, b, u)
	}
	return min(1, math.Pow(u, a)*tailSum(a, b, u))
}

// tailSum is I_u(a, b)·u^−a for a whole b.
func tailSum(a, b, u float64) float64 {
	term, sum := 1.0, 1.0
	for j := 1.0; j < b; j++ {
		term *= (a + j - 1) / j * (1 - u)
		sum += term
	}
	return sum
}

// usualGap is the customer's own mean gap, drawn towards the shop's.
func (r *Rhythm) usualGap(x, active float64) float64 {
	if r.A+x <= 0 {
		return math.Inf(1)
	}
	a := r.weight(x)
	return (a*r.MeanGap + r.K*active) / (a + r.K*x)
}

// returns is the probability that a one-time buyer who has been silent for
// silence days so far buys again within the next days:
//
//	π·(p(c) − p(c+d)) / (π·p(c) + 1 − π),  π = ReturnShare, p = overdue at x = 0
//
// It is 0 when A = 0, where nothing is known.
//
// Source: Berkson and Gage (1952), cure mixture; Bayes' theorem.
func (r *Rhythm) returns(silence, days float64) float64 {
	p := r.overdue(&r.Regularity, 0, 0, 1, silence, 1)
	later := r.overdue(&r.Regularity, 0, 0, 1, silence+days, 1)
	return r.ReturnShare * max(0, p-later) / (r.ReturnShare*p + 1 - r.ReturnShare)
}
