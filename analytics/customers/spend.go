package customers

import (
	"clientele/analytics/engine"
	"clientele/internal/money"
)

// Spend is what is made of the amounts in the RFM window.
type Spend string

// Sum and mean subtract what was given back, in whichever order it was bought. Median and
// maximum are taken over single orders or days as they were bought, because exports
// seldom say which order a return belongs to.
const (
	SpendSum    Spend = "sum"    // bought less returned
	SpendMean   Spend = "mean"   // SpendSum over orders or purchase days
	SpendMedian Spend = "median" // of an even number, halfway between the two in the middle
	SpendMax    Spend = "max"
)

// single is the spend if it needs single amounts, and empty if it does not.
func (s Spend) single() Spend {
	if s == SpendMedian || s == SpendMax {
		return s
	}
	return ""
}

// appendRFMNet appends the spend in the window, and needs the counts of orders
// that stand beside it. Without an order in the window the mean is the sum,
// which returns may have made negative, and the others are zero.
func (t *Table) appendRFMNet(c *engine.Columns) {
	if t.spend.single() != "" {
		at := len(t.RFMNet)
		amounts(c, "rfm_twice", &t.RFMNet)
		halve(t.RFMNet[at:])
		return
	}
	at := len(t.RFMNet)
	amounts(c, "rfm_net", &t.RFMNet)
	if t.spend != SpendMean || c.Err != nil {
		return
	}
	for i := at; i < len(t.RFMNet); i++ {
		t.RFMNet[i] = t.RFMNet[i].Over(max(1, t.RFMOrders[i]))
	}
}

func halve(twice []money.Amount) {
	for i := range twice {
		twice[i] = twice[i].Over(2)
	}
}
