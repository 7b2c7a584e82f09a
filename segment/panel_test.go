package segment

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// add appends a customer who bought on the given ascending days, looked at on
// day asOf. Spend is steady unless a test changes it.
func (h *History) add(asOf int32, days ...int32) {
	n := len(days)
	var squares, sum float64
	gaps := [2]int32{}
	for i := 1; i < n; i++ {
		gap := days[i] - days[i-1]
		if i <= 2 {
			gaps[i-1] = gap
		}
		squares += float64(gap) * float64(gap)
		sum += float64(days[i] - days[0])
	}
	h.PurchaseDays = append(h.PurchaseDays, int32(n))
	h.TenureDays = append(h.TenureDays, asOf-days[0])
	h.ActiveDays = append(h.ActiveDays, days[n-1]-days[0])
	h.SilenceDays = append(h.SilenceDays, asOf-days[n-1])
	h.FirstGapDays = append(h.FirstGapDays, gaps[0])
	h.SecondGapDays = append(h.SecondGapDays, gaps[1])
	h.SumSquaredGaps = append(h.SumSquaredGaps, squares)
	h.SumRepeatDays = append(h.SumRepeatDays, sum)
	h.SpendMean = append(h.SpendMean, 20)
	h.SpendSD = append(h.SpendSD, 0)
	if n > 1 {
		h.SpendSD[len(h.SpendSD)-1] = 5
	}
}

// oneCustomer is a panel of a single customer.
func oneCustomer(asOf int32, days ...int32) History {
	var h History
	h.add(asOf, days...)
	return h
}

// every lists n days from 0 in steps of gap.
func every(gap int32, n int) []int32 {
	days := make([]int32, n)
	for i := range days {
		days[i] = int32(i) * gap
	}
	return days
}

// reordered is the panel with customer order[i] at index i.
func (h *History) reordered(order []int) History {
	moved := *h
	for _, c := range []*[]int32{&moved.PurchaseDays, &moved.TenureDays, &moved.ActiveDays, &moved.SilenceDays, &moved.FirstGapDays, &moved.SecondGapDays} {
		*c = pick(*c, order)
	}
	for _, c := range []*[]float64{&moved.SumSquaredGaps, &moved.SumRepeatDays, &moved.SpendMean, &moved.SpendSD} {
		*c = pick(*c, order)
	}
	return moved
}

func pick[T any](column []T, order []int) []T {
	moved := make([]T, len(order))
	for to, from := range order {
		moved[to] = column[from]
	}
	return moved
}

// buyer simulates purchases on days 0 … span: gaps ~ Gamma(k) with the given
// mean, each purchase kept with probability keep(time/span). Purchases on the
// same day are one.
type buyer struct {
	k, meanGap float64
	keep       func(at float64) float64
}

func (b buyer) days(src rand.Source, span int32) []int32 {
	gap := distuv.Gamma{Alpha: b.k, Beta: b.k / b.meanGap, Src: src}
	random := rand.New(src)
	days := []int32{0}
	for at := gap.Rand(); at < float64(span)+1; at += gap.Rand() {
		if b.keep == nil || random.Float64() < b.keep(at/float64(span)) {
			days = append(days, int32(math.Floor(at)))
		}
	}
	return slices.Compact(days)
}

// simulated is a panel of n customers over span days.
func simulated(seed uint64, n int, span int32, customer func(random *rand.Rand) buyer) History {
	src := rand.NewPCG(seed, 0)
	random := rand.New(src)
	var h History
	for range n {
		h.add(span, customer(random).days(src, span)...)
	}
	return h
}
