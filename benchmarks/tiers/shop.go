package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// shop is a shop's customers with all that they ever did, up to the last day
// that is decided.
type shop struct {
	id       []string
	firstDay []int32
	activity tier.Activity
	value    []float64
}

// Days are counted from 1970-01-01.
const (
	firstNight = 20_400 // 2025-11-08
	history    = 730    // days before it in which customers come
	lastNight  = firstNight + 8
)

// newShop makes customers who come at any time within two years and buy about
// `days` times each. The seed is fixed, so that every machine sees the same.
func newShop(customers, days int) *shop {
	random := rand.New(rand.NewPCG(20261125, uint64(customers)))
	s := &shop{activity: tier.Activity{Start: []int64{0}}}
	spend := tier.CountedMetric{Name: "spend", Scale: 1_000_000}
	orders := tier.CountedMetric{Name: "orders", Scale: 1}
	for i := range customers {
		first := float64(firstNight) - history*random.Float64()
		// As many days as are asked for if they stay, and some leave.
		gap := (lastNight - first + 1) / float64(days) / (0.4 + 1.2*random.Float64())
		basket := 30 * math.Exp(0.8*random.NormFloat64())
		var on []int32
		for day := first; day <= lastNight; day += math.Max(1, gap*random.ExpFloat64()) {
			on = append(on, int32(day))
		}
		for _, day := range slices.Compact(on) {
			s.activity.Day = append(s.activity.Day, day)
			spend.Value = append(spend.Value, int64(1e4*math.Round(100*basket*math.Exp(0.4*random.NormFloat64()))))
			orders.Value = append(orders.Value, 1+int64(random.IntN(5)/4))
		}
		s.id = append(s.id, fmt.Sprintf("C%08d", i))
		s.firstDay = append(s.firstDay, on[0])
		s.activity.Start = append(s.activity.Start, int64(len(s.activity.Day)))
		s.value = append(s.value, basket*random.ExpFloat64()*10)
	}
	s.activity.Counted = []tier.CountedMetric{spend, orders}
	return s
}

// input is what is known on a night: activity that came later is cut off.
func (s *shop) input(asOf int32, before *tier.Before) tier.Input {
	known := tier.Activity{Start: []int64{0}}
	spend, orders := s.activity.Counted[0], s.activity.Counted[1]
	spend.Value, orders.Value = nil, nil
	for i := range s.id {
		for at := s.activity.Start[i]; at < s.activity.Start[i+1] && s.activity.Day[at] <= asOf; at++ {
			known.Day = append(known.Day, s.activity.Day[at])
			spend.Value = append(spend.Value, s.activity.Counted[0].Value[at])
			orders.Value = append(orders.Value, s.activity.Counted[1].Value[at])
		}
		known.Start = append(known.Start, int64(len(known.Day)))
	}
	known.Counted = []tier.CountedMetric{spend, orders}
	return tier.Input{
		ID: s.id, FirstDay: s.firstDay, Activity: known, From: calendar.NoDay, AsOf: asOf, Before: before, Say: wording.In("en"),
		Static: map[string][]float64{"clv": s.value},
	}
}

// programmes are what is timed, by name.
func programmes() []named {
	base := func(kind tier.WindowKind) tier.Programme {
		spends := func(v float64) []tier.Threshold {
			return []tier.Threshold{{Metric: "spend", AtLeast: v}}
		}
		return tier.Programme{
			Name: "benchmark", Window: tier.Window{Kind: kind, Length: calendar.Period{Months: 12}},
			Term: calendar.Period{Months: 12}, Grace: calendar.Period{Months: 1}, Warn: calendar.Period{Days: 30},
			Tiers: []tier.Tier{
				{Name: "member"},
				{Name: "silver", Qualify: tier.Criteria{All: spends(200)}, Keep: &tier.Criteria{All: spends(150)}},
				{
					Name: "gold", Qualify: tier.Criteria{All: spends(600), Any: []tier.Threshold{{Metric: "orders", AtLeast: 8}, {Metric: "clv", AtLeast: 500}}},
					Keep: &tier.Criteria{All: spends(400)},
				},
			},
		}
	}
	limited := func(p tier.Programme, silver, gold tier.Limit) tier.Programme {
		p.Tiers[1].Limit, p.Tiers[2].Limit = &silver, &gold
		return p
	}
	return []named{
		{"12 months", base(tier.Rolling)},
		{"membership year", base(tier.MembershipYear)},
		{"12 months, shares of 30% and 5%", limited(base(tier.Rolling), tier.Limit{Share: 0.3, Margin: 0.1}, tier.Limit{Share: 0.05, Margin: 0.1})},
		{"12 months, share of 30% and budget by clv", limited(base(tier.Rolling), tier.Limit{Share: 0.3}, tier.Limit{Budget: 1e6, Cost: 5, CostRate: 0.02, CostMetric: "spend", By: "clv"})},
	}
}

type named struct {
	name      string
	programme tier.Programme
}
