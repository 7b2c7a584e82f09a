package special

import "math"

const (
	// DirectTerms is how many terms are added one by one before a rule takes
	// over, and up to which length a rule would not pay.
	DirectTerms = 64
	// mostBend is by how much the logarithm of a term may change within a block,
	// and half of it by how much it may leave the straight line: the factor
	// exp(8y) on [-1/2, 1/2] is integrated by 16 nodes to 1e-20.
	mostBend = 8
	// LeastShare is the share of a sum below which a block ends it. Blocks
	// shrink from the top of the terms on, and there are a thousand at most.
	LeastShare = 1e-20
)

// SmoothTerms are the terms e^ln(k) of a sum over whole k: ln is an analytic
// function for k > 0, as ratios of gamma functions are.
//
// Sums of them run over up to 1e200 terms. Terms are taken one by one where they
// are few, and otherwise in blocks by gramRule. A block is so short that ln is
// nearly straight in it, and that k = 0, where singularities may begin, is no
// nearer to it than half its length: the rule's error is then below 3.7^-32.
type SmoothTerms struct {
	Ln func(k float64) float64
}

// Sum returns Σ e^ln(k) over k = from, ..., to. Terms should have one top at most
// in between, and begin is a point near it.
func (s SmoothTerms) Sum(from, begin, to float64) float64 {
	total := 0.0
	add := func(_, weight float64) { total += weight }
	s.Up(begin, to, 0, add)
	if begin > from {
		s.Down(begin-1, from, 0, add)
	}
	return total
}

// Up calls visit(k, weight) for nodes k such that Σ weight F(k) is
// Σ e^(ln(k)-scale) F(k) over k = from, ..., to, for F as smooth as ln. It ends
// early where what is left is negligible.
func (s SmoothTerms) Up(from, to, scale float64, visit func(k, weight float64)) {
	total, last := 0.0, math.Inf(1)
	for k := from; k <= to; {
		size := min(s.BlockUp(k), to-k+1)
		part := s.Block(k, size, scale, visit)
		total += part
		if part <= LeastShare*total && part <= last {
			return
		}
		last = part
		if k+size == k { // beyond 2^53 terms a single one no longer counts
			return
		}
		k += size
	}
}

// Down is up from the other end: over k = from, from-1, ..., to.
func (s SmoothTerms) Down(from, to, scale float64, visit func(k, weight float64)) {
	total, last := 0.0, math.Inf(1)
	for k := from; k >= to; {
		size := min(s.straight(k, -powerBelow(k*2/3)), k-to+1)
		part := s.Block(k-size+1, size, scale, visit)
		total += part
		if part <= LeastShare*total && part <= last {
			return
		}
		last = part
		k -= size
	}
}

// BlockUp is the length of the block that begins at k. It depends on nothing
// else, so that sums which begin alike share blocks.
func (s SmoothTerms) BlockUp(k float64) float64 { return s.straight(k, powerBelow(2*k)) }

// powerBelow is the largest power of two up to v, and 0 for 0. Rules for such
// lengths are at hand.
func powerBelow(v float64) float64 {
	if v == 0 {
		return 0
	}
	_, exponent := math.Frexp(v)
	return math.Ldexp(0.5, exponent)
}

// straight halves the length of a block beside k, negative to its left, until ln
// is nearly straight in it.
func (s SmoothTerms) straight(k, length float64) float64 {
	here := s.Ln(k)
	for math.Abs(length) > DirectTerms {
		end, middle := s.Ln(k+length)-here, s.Ln(k+length/2)-here
		// Negated, so that a NaN makes the block shorter.
		if math.Abs(end) <= mostBend && math.Abs(end-2*middle) <= mostBend/2 {
			return math.Abs(length)
		}
		length /= 2
	}
	return DirectTerms
}

// Block visits the nodes of the size terms from k on and returns their sum.
func (s SmoothTerms) Block(k, size, scale float64, visit func(k, weight float64)) (total float64) {
	one := func(k, weight float64) {
		weight *= math.Exp(s.Ln(k) - scale)
		total += weight
		visit(k, weight)
	}
	if size <= DirectTerms {
		for i := range int(size) {
			one(k+float64(i), 1)
		}
		return total
	}
	rule := gramRuleOf(size)
	for i, node := range rule.nodes {
		one(k+node, rule.weights[i])
	}
	return total
}

// fewTerms adds up falling terms from that of k on, k+way being the next, each
// from the one before by their ratio, relative to the first: far cheaper than
// logarithms. It stops after some, at term next, or with next = -1 where the
// rest is negligible or all count terms are in: most sums end here.
func fewTerms(k, way, count float64, ratio func(k float64) float64) (sum, next float64) {
	const few = 4 * DirectTerms
	term := 1.0
	for range int(min(count, few)) {
		sum += term
		r := ratio(k)
		term *= r
		k += way
		// Where the ratio grows from here, as that of a power of k does, it is
		// to a power that falls no slower than 1/k.
		if term <= LeastShare*sum && r < 0.99 {
			return sum, -1
		}
	}
	if count <= few {
		return sum, -1
	}
	return sum, k
}

// FallingSum is Σ e^ln(k) over k = 0, ..., count-1 for terms that only fall, from
// e^ln(0) = 1, with the ratio of term k+1 to term k.
func (s SmoothTerms) FallingSum(count float64, ratio func(k float64) float64) float64 {
	sum, next := fewTerms(0, 1, count, ratio)
	if next > 0 {
		s.Up(next, count-1, 0, func(_, weight float64) { sum += weight })
	}
	return sum
}

// farthest bounds the search for a top: beyond 2^53 = 9e15 a next count is no longer another
// number.
const farthest = 1e15

// Top is about the whole number, from first on, with the largest of terms that have
// one top.
func (s SmoothTerms) Top(first float64) float64 {
	rises := func(n float64) bool { return s.Ln(n+1) > s.Ln(n) }
	low, high := first, first
	for size := 1.0; rises(high) && high < farthest; size *= 2 {
		low, high = high, high+size
	}
	for high-low > 1 {
		middle := math.Floor(low + (high-low)/2)
		if rises(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
