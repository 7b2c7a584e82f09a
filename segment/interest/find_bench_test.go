package interest

import (
	"math/rand/v2"
	"testing"
)

// A million customers with about ten baskets and three things to test each.
func BenchmarkFind(b *testing.B) {
	const customers, things = 1_000_000, 20
	dice := rand.New(rand.NewPCG(1, 2))
	in := &Input{Shift: make([]ShiftSums, things)}
	for c := range int32(customers) {
		var all BasketCounts
		with := [3]BasketCounts{}
		for range 5 + dice.IntN(11) {
			from := dice.IntN(2 * Windows) // up to Windows: before
			count := func(c *BasketCounts) {
				c.All++
				for k := max(0, Windows*2-1-from); k < Windows; k++ {
					c.Recent[k]++
				}
			}
			count(&all)
			for i := range with {
				if dice.IntN(2) == 0 {
					count(&with[i])
				}
			}
		}
		in.Baskets = append(in.Baskets, all)
		for i, w := range with {
			thing := int32(i)*6 + c%6
			in.Shift[thing].Add(all, w)
			if w.All >= 3 {
				in.Pairs = append(in.Pairs, Pair{c, thing, w})
			}
		}
	}
	for b.Loop() {
		if _, err := Find(in, Rules{}, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(in.Pairs))*float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
}
