package special

import "math"

// LnBetaBinomial is the logarithm of the chance of k successes and m failures,
// in any order, at a chance of success p ~ Beta(a, b):
//
//	C(k+m,k) B(a+k,b+m)/B(a,b),  a, b > 0, k, m >= 0.
//
// Log-gammas of 1e15 are known to within 4, which leaves nothing of a sum of nine
// of them. With ln Γ(z) = z ln z - z + gammaRest(z) the first terms become
//
//	-Σ O ln(O/E)
//
// over the table of O = a, k in one row and b, m in the other, E being what a
// table without association with the same margins has. In the form of
// deviance every one of the four terms is positive.
//
// Source for the idea: Loader (2000), Fast and accurate computation of binomial
// probabilities.
func LnBetaBinomial(k, m, a, b float64) float64 {
	prior, data := a+b, k+m
	successes, failures := (a+k)/(prior+data), (b+m)/(prior+data)
	excess := crossDifference(a, m, b, k) / (prior + data)
	association := deviance(a, prior*successes, excess) + deviance(k, data*successes, -excess) +
		deviance(b, prior*failures, -excess) + deviance(m, data*failures, excess)
	rest := gammaRest(a+k) - gammaRest(a) + gammaRest(b+m) - gammaRest(b) + gammaRest(prior) - gammaRest(prior+data)
	if k > 0 && m > 0 { // else C(k+m,k) = 1
		rest += factorialRest(data) - factorialRest(k) - factorialRest(m)
	}
	return rest - association
}

// crossDifference is a*m - b*k, rounded once: where the two nearly agree, the
// rounding of the products would be all that is left.
func crossDifference(a, m, b, k float64) float64 {
	product := b * k
	return math.FMA(a, m, -product) - math.FMA(b, k, -product)
}

// deviance is O ln(O/E) - (O-E) >= 0, where excess is O-E. Where the two nearly
// agree it is the series in v = (O-E)/(O+E) of ln(O/E) = 2 atanh v, less its
// first term.
func deviance(observed, expected, excess float64) float64 {
	const near = 0.1
	if observed == 0 {
		return expected
	}
	if both := observed + expected; math.Abs(excess) < near*both {
		v := excess / both
		sum, power := excess*v, 2*observed*v
		for j := 3.0; ; j += 2 {
			power *= v * v
			next := sum + power/j
			if next == sum {
				return sum
			}
			sum = next
		}
	}
	return observed*(math.Log(observed)-math.Log(expected)) - excess
}

// gammaRest is ln Γ(z) - (z ln z - z), z > 0.
func gammaRest(z float64) float64 {
	if z < asymptoticFrom {
		lnGamma, _ := math.Lgamma(z)
		return lnGamma - z*math.Log(z) + z
	}
	return 0.5*math.Log(2*math.Pi/z) + stirling(z)
}

// factorialRest is ln n! - (n ln n - n), n > 0.
func factorialRest(n float64) float64 { return gammaRest(n) + math.Log(n) }
