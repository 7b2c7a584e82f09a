package interest

// noncentral is Fisher's non-central hypergeometric distribution. Of First + Second
// baskets, Marked hold a thing. X is how many of these are among the Second, if the odds
// that a second basket holds it are Odds times those of a first one.
//
//	P(X = x) = C(First, Marked−x)·C(Second, x)·Odds^x / Σ_y C(First, Marked−y)·C(Second, y)·Odds^y
//
// Odds 1 gives the hypergeometric distribution. First, Second ≥ 0, Marked
// between 0 and their sum, Odds positive and finite.
//
// Source: R. A. Fisher (1935), The logic of inductive inference, JRSS 98,
// 39-82; A. Fog (2008), Sampling methods for Wallenius' and Fisher's noncentral
// hypergeometric distributions, eq. (5), doi:10.1080/03610910701790236.
type noncentral struct {
	First, Second, Marked int
	Odds                  float64
}

// least and most are the ends of the support.
func (d noncentral) least() int { return max(0, d.Marked-d.First) }
func (d noncentral) most() int  { return min(d.Second, d.Marked) }

// ratio is P(X = y+1) / P(X = y), for y from least to most−1. It falls as y
// grows, so that there is one mode.
func (d noncentral) ratio(y int) float64 {
	up := float64(d.Marked-y) * float64(d.Second-y)
	down := float64(y+1) * float64(d.First-d.Marked+y+1)
	return up / down * d.Odds
}

// mode is the most probable value, found by bisection.
func (d noncentral) mode() int {
	low, high := d.least(), d.most()
	for low < high {
		middle := (low + high) / 2
		if d.ratio(middle) >= 1 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// tails are the probabilities of values below x, of x and above x.
//
// Probabilities are computed from the mode outwards by their ratios, until they vanish.
// None is larger than that of the mode, so that nothing overflows, and no binomial
// coefficient is needed. (C(3000, 1500) is beyond float64, and differences of its
// logarithm lose ten digits.) Values of less than 1e-300 times the mode count as 0.
func (d noncentral) tails(x int) (below, at, above float64) {
	const vanished = 1e-300
	sum, mode := 0., d.mode()
	add := func(y int, weight float64) {
		sum += weight
		switch {
		case y < x:
			below += weight
		case y == x:
			at = weight
		default:
			above += weight
		}
	}
	add(mode, 1)
	for y, w := mode, 1.; y > d.least(); y-- {
		if w /= d.ratio(y - 1); w < vanished {
			break
		}
		add(y-1, w)
	}
	for y, w := mode, 1.; y < d.most(); y++ {
		if w *= d.ratio(y); w < vanished {
			break
		}
		add(y+1, w)
	}
	return below / sum, at / sum, above / sum
}

// midLower is P(X < x) + ½·P(X = x), the mid-p value of at most x.
//
// Source: H. O. Lancaster (1961), Significance tests in discrete
// distributions, JASA 56, 223-234.
func (d noncentral) midLower(x int) float64 {
	below, at, _ := d.tails(x)
	return below + at/2
}

// midUpper is P(X > x) + ½·P(X = x), the mid-p value of at least x.
func (d noncentral) midUpper(x int) float64 {
	_, at, above := d.tails(x)
	return above + at/2
}

// none is P(X = 0). It is summed from 0 upwards, which is fast for few baskets and needs
// no mode.
func (d noncentral) none() float64 {
	if d.least() > 0 {
		return 0
	}
	const large = 1e300
	sum, w := 1., 1.
	for y := range d.most() {
		if w *= d.ratio(y); w > large {
			_, at, _ := d.tails(0)
			return at
		}
		sum += w
	}
	return 1 / sum
}
