package special

import "math"

// asymptoticFrom is the argument from which on the asymptotic series below are
// exact to the last bits of a float64: the first term left out is under 1e-15.
const asymptoticFrom = 10

// LnRising is the logarithm of the rising factorial,
//
//	ln Γ(z+n) - ln Γ(z),  z > 0, n >= 0.
//
// The plain difference of two log-gammas loses all digits where z is large
// (z = 1e9, n = 1: an error of 1e-6). Here Stirling's leading terms are
// subtracted on paper, after shifting a small z upwards by Γ(z+1) = z Γ(z).
//
// Source: Abramowitz and Stegun (1964), 6.1.41.
func LnRising(z, n float64) float64 {
	ratio := 1.0
	for ; z < asymptoticFrom; z++ {
		ratio *= z / (z + n)
	}
	top := z + n
	return math.Log(ratio) + (z-0.5)*math.Log1p(n/z) + n*(math.Log(top)-1) + stirling(top) - stirling(z)
}

// stirling is ln Γ(z) - [(z-1/2) ln z - z + ln(2π)/2] for z >= asymptoticFrom.
func stirling(z float64) float64 {
	y := 1 / (z * z)
	return (1./12 - y*(1./360-y*(1./1260-y*(1./1680-y*(1./1188-y*691./360360))))) / z
}

// DigammaRising is ψ(z+n) - ψ(z), the derivative of LnRising by z, rearranged
// for the same reason.
//
// Source: Abramowitz and Stegun (1964), 6.3.18.
func DigammaRising(z, n float64) float64 {
	sum := 0.0
	for ; z < asymptoticFrom; z++ {
		sum += n / (z * (z + n))
	}
	return sum + math.Log1p(n/z) + digammaTail(z+n) - digammaTail(z)
}

// digammaTail is ψ(z) - ln z for z >= asymptoticFrom.
func digammaTail(z float64) float64 {
	y := 1 / (z * z)
	return -0.5/z - y*(1./12-y*(1./120-y*(1./252-y*(1./240-y*(1./132-y*691./32760)))))
}

// Trigamma is ψ'(z), z > 0.
//
// Source: Abramowitz and Stegun (1964), 6.4.12.
func Trigamma(z float64) float64 {
	sum := 0.0
	for ; z < asymptoticFrom; z++ {
		sum += 1 / (z * z)
	}
	y := 1 / (z * z)
	series := 1./6 - y*(1./30-y*(1./42-y*(1./30-y*(5./66-y*691./2730))))
	return sum + (1+(0.5+series/z)/z)/z
}

// TrigammaRising is ψ'(z+n) - ψ'(z). It serves curvature only, where the digits
// that the difference loses do no harm.
func TrigammaRising(z, n float64) float64 { return Trigamma(z+n) - Trigamma(z) }

// LnBetaRatio is ln B(a, b+n) - ln B(a, b), the logarithm of the mean chance
// that a customer survives n tosses, n >= 0.
//
// It is symmetric in a and n. The difference is taken over the smaller of the
// two, where less of it cancels: with a = 0.01 and b = 1e6 the other way round
// would leave five digits.
func LnBetaRatio(a, b, n float64) float64 {
	if n < a {
		return LnRising(b, n) - LnRising(a+b, n)
	}
	return LnRising(b, a) - LnRising(b+n, a)
}

// LnSum is ln(e^a + e^b) without overflow.
func LnSum(a, b float64) float64 { return max(a, b) + math.Log1p(math.Exp(-math.Abs(a-b))) }

// Softplus is ln(1 + e^v) without overflow.
func Softplus(v float64) float64 {
	if v > 0 {
		return v + math.Log1p(math.Exp(-v))
	}
	return math.Log1p(math.Exp(v))
}

// SoftplusPair is Softplus(v) and Softplus(-v), at the cost of one.
func SoftplusPair(v float64) (ofV, ofMinusV float64) {
	small := math.Log1p(math.Exp(-math.Abs(v)))
	if v > 0 {
		return v + small, small
	}
	return small, small - v
}

// Logistic is 1/(1 + e^-v) without overflow.
func Logistic(v float64) float64 {
	if v < 0 {
		e := math.Exp(v)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-v))
}

// OddsOf is Logistic(l), Logistic(-l) and Softplus(l) for log odds l, at the cost
// of one of them.
func OddsOf(l float64) (yes, no, sum float64) {
	e := math.Exp(-math.Abs(l))
	rare, common := e/(1+e), 1/(1+e)
	sum = max(l, 0) + math.Log1p(e)
	if l < 0 {
		return rare, common, sum
	}
	return common, rare, sum
}
