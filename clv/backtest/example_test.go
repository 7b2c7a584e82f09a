package backtest_test

import (
	"fmt"

	"clientele/clv/backtest"
)

// Three customers are a history, but not enough of one.
func Example() {
	h := backtest.History{
		Start: []int64{0, 3, 4, 6},
		Days: []int32{
			0, 30, 65, // the first customer
			12,      // the second
			40, 300, // the third
		},
	}
	report, err := backtest.Run(h, backtest.Options{Today: 364, UnitDays: 7, Models: []string{"bg-nbd", "mbg-nbd"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range report.Splits {
		fmt.Printf("calibrated to day %d: %v customers, then %v purchases to day %d\n", s.Origin, s.Customers, s.Actual, s.End)
	}
	choice := report.Choose()
	fmt.Println(choice.Weights)
	fmt.Println(choice.Reason.String())
	// Output:
	// calibrated to day 189: 3 customers, then 0 purchases to day 280
	// calibrated to day 231: 3 customers, then 1 purchases to day 322
	// calibrated to day 273: 3 customers, then 1 purchases to day 364
	// [{bg-nbd 0.5} {mbg-nbd 0.5}]
	// too few purchases: 2 customers came back; at least 10 are needed; run again when there are more, or join this shop with a similar one
}
