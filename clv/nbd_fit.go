package clv

import "math"

// nbdFamily has its parameters in the order of the other models.
var nbdFamily = family{
	name: "nbd",
	params: []parameter{
		{name: "r", low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
		{name: "alpha", scales: true, low: sign("a_few_customers_make_all_purchases"), high: sign("all_customers_buy_at_one_rate")},
	},
	process:    func(theta []float64) process { return nbd{r: theta[iR], alpha: theta[iAlpha]} },
	likelihood: nbdLikelihood,
	limits:     nbdLimits,
	starts: func(meanX float64) [][]float64 {
		return [][]float64{{0.5, 0.5 / meanX}, {0.1, 0.1 / meanX}, {3, 3 / meanX}, {30, 30 / meanX}}
	},
}

// nbdLikelihood is nbd.logLikelihood with derivatives by r and alpha, over a panel
// sorted by x.
func nbdLikelihood(p Panel) likelihood {
	ends := pairsOf(p.X, p.T)
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, workers int) func() rowSlope {
			slopes := ends.slopes(workers, func() pairSlope {
				lastX, shared := math.NaN(), slope{}
				return func(x, t float64, into *slope) {
					if x != lastX {
						lastX, shared = x, slope{}
						shared.addCount(theta[iR], x)
					}
					*into = shared
					into.addExposure(iR, iAlpha, theta[iR], theta[iAlpha], x, t)
				}
			})
			return func() rowSlope {
				at := slopes()
				return func(i int, into *slope) { *into = *at(i) }
			}
		},
	}
}
