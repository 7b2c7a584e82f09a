package backtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// historyOf makes a history of customers' purchase days.
func historyOf(customers ...[]int32) History {
	h := History{Start: []int64{0}}
	for _, days := range customers {
		h.Days = append(h.Days, days...)
		h.Start = append(h.Start, int64(len(h.Days)))
	}
	return h
}

// customers are the purchase days of each.
func (h History) customers() [][]int32 {
	all := make([][]int32, h.Customers())
	for i := range all {
		all[i] = h.customer(i)
	}
	return all
}

// shuffled is the history with its customers in another order.
func (h History) shuffled(seed uint64) History {
	all := h.customers()
	rand.New(rand.NewPCG(seed, 98)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return historyOf(all...)
}

// text writes all numbers of a report so that two that differ in a bit differ in
// their text. Models are left out, being addresses; their parameters are in it.
func (r Report) text() string {
	r.Splits = slices.Clone(r.Splits)
	for i := range r.Splits {
		r.Splits[i].Models = slices.Clone(r.Splits[i].Models)
		for j := range r.Splits[i].Models {
			r.Splits[i].Models[j].Fit.Model = nil
		}
	}
	return fmt.Sprintf("%+v", r)
}
