package clv

import "fmt"

// Paying is a model of whether purchases bring money: each purchase of a customer does
// with the same chance π, and π ~ Beta(A, B) over customers. Gamma-gamma has no
// spend of 0, so that this model is needed beside it.
//
// Source: Skellam (1948), A probability distribution derived from the binomial
// distribution by regarding the probability of success as variable between the
// sets of trials, JRSS B 10.
type Paying struct{ A, B float64 }

// NewPaying checks the parameters, each from MinParam to MaxParam. The error wraps
// ErrParameter.
func NewPaying(a, b float64) (Paying, error) {
	if _, err := paramValues(paramNames(payingParams), map[string]float64{"a": a, "b": b}); err != nil {
		return Paying{}, fmt.Errorf("%s: %w", payingName, err)
	}
	return Paying{A: a, B: b}, nil
}

// unknownPaying is used where a model of spend has no model of paying: Jeffreys' prior,
// which knows nothing of the shop.
var unknownPaying = Paying{A: 0.5, B: 0.5}

// Share is the chance that the next purchase of a customer brings money, given how many
// purchases did and how many there were.
func (p Paying) Share(paid, purchases float64) float64 {
	return (p.A + paid) / (p.A + p.B + purchases)
}

// payingName is the name in messages.
const payingName = "paying"

var payingParams = []parameter{
	{name: "a", low: sign("hardly_any_purchase_is_paid_for"), high: sign("all_customers_pay_with_one_probability")},
	{name: "b", low: sign("all_purchases_are_paid_for"), high: sign("all_customers_pay_with_one_probability")},
}

// Indices of the parameters in slopes.
const (
	iPayingA = iota
	iPayingB
)

// payingFamily lets fitting treat paying like the models of purchases: its rows
// are panels with the purchases that brought money in X and all in T.
var payingFamily = family{
	name:       payingName,
	params:     payingParams,
	likelihood: payingLikelihood,
	starts:     func(float64) [][]float64 { return [][]float64{{1, 1}, {0.1, 0.1}, {5, 1}, {1, 5}, {20, 20}} },
	limits: []limit{
		{runs: []float64{iPayingA: 1, iPayingB: 1}, ridge: true, where: "a, b → ∞", means: sign("all_customers_pay_with_one_probability")},
	},
}

// payingLikelihood is the beta-binomial log-likelihood, without the constant that
// counts orders of purchases:
//
//	ln B(a + paid, b + unpaid) / B(a, b).
func payingLikelihood(rows Panel) likelihood {
	return likelihood{
		weight: rows.Weight,
		at: func(theta []float64, _ int) func() rowSlope {
			// The same as BG/BB's chance of the purchases of a customer who stays.
			m := betaGeometricBetaBernoulli{alpha: theta[iPayingA], beta: theta[iPayingB]}
			return func() rowSlope {
				return func(i int, into *slope) { *into = m.buysSlope(rows.X[i], rows.T[i]-rows.X[i]) }
			}
		},
	}
}

// PayingFit is a model of paying fitted to a shop.
type PayingFit struct {
	Estimate
	Model     Paying
	NeverPaid float64 // weight of the customers with purchases of which none brought money
}

// FitPaying fits the model to customers of whom so many of so many purchases
// brought money; weight nil means one customer a row. It finds the highest
// posterior, the prior being what one more customer would tell who paid for one
// purchase of two. That keeps a customer who was seen once from being taken for
// one who always pays or never does, in a shop where all others are either.
//
// Errors wrap ErrRow, ErrNoCustomers or, with the best point found, ErrNotIdentified.
func FitPaying(paid, purchases, weight []float64, workers int) (PayingFit, error) {
	all := Panel{X: paid, TX: make([]float64, len(paid)), T: purchases, Weight: weight}
	if err := all.validateLengths(); err != nil {
		return PayingFit{}, fmt.Errorf("fit %s: %w", payingName, err)
	}
	var rows Panel
	var fit PayingFit
	customers := 0.0
	for i := range paid {
		w := all.weight(i)
		if !validCount(paid[i]) || !validCount(purchases[i]) || paid[i] > purchases[i] || !validWeight(w) {
			return PayingFit{}, fmt.Errorf("fit %s: row %d: %w: paid, purchases or weight is out of range: expected counts, no more paid than bought",
				payingName, i, ErrRow)
		}
		rows.appendRow(paid[i], 0, purchases[i], w)
		customers += w
		if paid[i] == 0 && purchases[i] > 0 {
			fit.NeverPaid += w
		}
	}
	if customers == 0 {
		return PayingFit{}, fmt.Errorf("fit %s: %w", payingName, ErrNoCustomers)
	}
	rows.appendRow(1, 0, 2, 1) // the prior
	t := problem{family: payingFamily, panel: rows.Merge(), unit: 1, customers: customers + 1, workers: workers, evaluations: new(int)}
	best := t.search(nil)
	theta, s := best.refine()
	fit.Estimate = best.estimate(theta, s, 0)
	fit.Customers = customers
	fit.Model = Paying{A: theta[iPayingA], B: theta[iPayingB]}
	return fit, fit.check("fit " + payingName)
}
