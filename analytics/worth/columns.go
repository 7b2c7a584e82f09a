package worth

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Columns are what the stage says of each customer.
func (w *Result) Columns() publication.Columns {
	columns := publication.Columns{
		column.X:                 publication.CountsAt(len(w.Panel.X), func(i int) int64 { return int64(w.Panel.X[i]) }),
		column.TX:                publication.Numbers(w.Panel.TX),
		column.T:                 publication.Numbers(w.Panel.T),
		column.PAlive:            w.modelled(w.PAlive),
		column.PNext:             w.modelled(w.PNext),
		column.ExpectedPurchases: w.modelled(w.Expected),
		column.ExpectedSpend:     publication.Numbers(w.Spend),
		column.PastValue:         publication.Numbers(w.Past),
		column.FutureValue:       w.modelled(w.Future),
		column.FutureLow:         w.modelled(w.Low),
		column.FutureHigh:        w.modelled(w.High),
		column.CLV:               publication.Numbers(w.CLV),
	}
	if w.Won.Differ() {
		columns[column.Acquisition] = publication.AmountsAt(len(w.CLV), w.Won.Of)
	}
	return columns
}

// modelled are the numbers of a lifetime model; without one they are empty.
func (w *Result) modelled(values []float64) publication.Cells {
	if !w.Modelled() {
		return publication.NoNumbers(len(w.CLV))
	}
	return publication.Numbers(values)
}
