package activation

import (
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/publication"
)

// readHistory reads what customers bought on which day, and what it left after what the
// goods and the orders cost. A publication from before the job had campaigns does not say what
// is left: there it is a share of what was bought.
func readHistory(p *publication.Publication, share float64) (History, error) {
	history := make(History, p.Customers)
	err := p.EachPurchases(func(customer string, of publication.Purchases) error {
		b := Bought{Days: of.Days, Margin: make([]float64, len(of.Days))}
		for i := range b.Margin {
			if of.Margin != nil {
				b.Margin[i] = of.Margin[i].Float()
			} else {
				b.Margin[i] = share * of.Spend[i].Float()
			}
		}
		history[strings.Clone(customer)] = b
		return nil
	})
	return history, err
}

// marginOf is the share of spend that is margin, as the night found or the job says.
func marginOf(p *publication.Publication, j *job.Job) float64 {
	switch {
	case p.Margin != nil:
		return *p.Margin
	case j.CLV != nil:
		return j.CLV.Margin
	}
	return 1
}
