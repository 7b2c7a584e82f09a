package main

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"clientele/segment/interest"
)

// panel counts the baskets of a shop as the nightly run does.
func (s shop) panel(recent float64) *interest.Input {
	spans := interest.Spans(days, recent)
	p := &interest.Input{
		Baskets: make([]interest.BasketCounts, len(s.customers)),
		Shift:   make([]interest.ShiftSums, categories),
	}
	for i, c := range s.customers {
		var with [categories]interest.BasketCounts
		for b, day := range c.baskets {
			count(&p.Baskets[i], day, spans)
			for k, holds := range c.holds[b] {
				if holds {
					count(&with[k], day, spans)
				}
			}
		}
		for k, counts := range with {
			p.Shift[k].Add(p.Baskets[i], counts)
			if counts.All >= 3 {
				p.Pairs = append(p.Pairs, interest.Pair{Customer: int32(i), Thing: int32(k), With: counts})
			}
		}
	}
	return p
}

// count counts a basket in.
func count(c *interest.BasketCounts, day int, spans [interest.Windows]int) {
	c.All++
	for k, span := range spans {
		if day >= days-span {
			c.Recent[k]++
		}
	}
}

// sizes part customers by their baskets.
var sizes = [...]struct {
	name  string
	below int
}{{"under 15", 15}, {"15-29", 30}, {"30-59", 60}, {"60-119", 120}, {"120 and more", 1 << 30}}

func sizeOf(baskets int) int {
	for i, s := range sizes {
		if baskets < s.below {
			return i
		}
	}
	return len(sizes) - 1
}

// share counts how often something was so.
type share struct{ hits, of int }

func (s *share) add(hit bool) {
	s.of++
	if hit {
		s.hits++
	}
}

func (s *share) merge(o share) { s.hits, s.of = s.hits+o.hits, s.of+o.of }

// percent is NaN where nothing was counted.
func (s share) percent() float64 { return 100 * float64(s.hits) / float64(s.of) }

// tally is what was found in a shop, or in many.
type tally struct {
	shops, tested, found, falsely int
	// rate is the sum over shops of the share of false findings, 0 where
	// nothing was found: its mean is the false discovery rate.
	rate          float64
	stops, falls  [len(sizes)]share // found, of those dropped, by the customer's baskets
	stopsBought10 [len(sizes)]share // as stops, of those bought ten times or more
}

func (t *tally) merge(o tally) {
	t.shops, t.tested, t.found, t.falsely = t.shops+o.shops, t.tested+o.tested, t.found+o.found, t.falsely+o.falsely
	t.rate += o.rate
	for i := range sizes {
		t.stops[i].merge(o.stops[i])
		t.falls[i].merge(o.falls[i])
		t.stopsBought10[i].merge(o.stopsBought10[i])
	}
}

// study plays many shops of one world. The result is the same for any number of
// workers: each shop has its own dice.
func study(w world, o options) (tally, error) {
	results, errs := make([]tally, o.shops), make([]error, o.shops)
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(o.workers, 1) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < o.shops; i = int(next.Add(1)) - 1 {
				dice := rand.New(rand.NewPCG(uint64(i), uint64(o.customers)))
				results[i], errs[i] = look(w.play(dice, o.customers), o)
			}
		})
	}
	group.Wait()
	var all tally
	for _, t := range results {
		all.merge(t)
	}
	return all, errors.Join(errs...)
}

// look tests one shop and compares with the truth.
func look(s shop, o options) (tally, error) {
	p := s.panel(o.recent)
	result, err := interest.Find(p, interest.Rules{FalseDiscoveries: o.q}, 1)
	if err != nil {
		return tally{}, err
	}
	t := tally{shops: 1, tested: result.Tested, found: len(result.Lost)}
	found := map[[2]int32]bool{}
	for _, f := range result.Lost {
		x := p.Pairs[f.Pair]
		found[[2]int32{x.Customer, x.Thing}] = true
		if s.customers[x.Customer].drops[x.Thing].from == days {
			t.falsely++
		}
	}
	if t.found > 0 {
		t.rate = float64(t.falsely) / float64(t.found)
	}
	for i, c := range s.customers {
		for k, d := range c.drops {
			if d.from == days {
				continue
			}
			which := &t.falls
			if d.factor == 0 {
				which = &t.stops
			}
			hit := found[[2]int32{int32(i), int32(k)}]
			which[sizeOf(len(c.baskets))].add(hit)
			if d.factor == 0 && c.bought(k) >= 10 {
				t.stopsBought10[sizeOf(len(c.baskets))].add(hit)
			}
		}
	}
	return t, nil
}

// bought is how many baskets hold a category.
func (c customer) bought(category int) int {
	n := 0
	for _, holds := range c.holds {
		if holds[category] {
			n++
		}
	}
	return n
}
