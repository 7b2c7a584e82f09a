package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"clientele/segment"
)

// shop is a shop's customers with all that they ever did, up to the last day
// that is decided.
type shop struct {
	id       []string
	firstDay []int32
	activity segment.TierActivity
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
	s := &shop{activity: segment.TierActivity{Start: []int64{0}}}
	spend := segment.CountedMetric{Name: "spend", Scale: 1_000_000}
	orders := segment.CountedMetric{Name: "orders", Scale: 1}
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
	s.activity.Counted = []segment.CountedMetric{spend, orders}
	return s
}

// input is what is known on a night: activity that came later is cut off.
func (s *shop) input(asOf int32, before *segment.TiersBefore) segment.TierInput {
	known := segment.TierActivity{Start: []int64{0}}
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
	known.Counted = []segment.CountedMetric{spend, orders}
	return segment.TierInput{
		ID: s.id, FirstDay: s.firstDay, Activity: known, From: segment.NoDay, AsOf: asOf, Before: before,
		Static: map[string][]float64{"clv": s.value},
	}
}

// programmes are what is timed, by name.
func programmes() []named {
	base := func(kind segment.WindowKind) segment.Programme {
		spends := func(v float64) []segment.Threshold {
			return []segment.Threshold{{Metric: "spend", AtLeast: v}}
		}
		return segment.Programme{
			Name: "benchmark", Window: segment.TierWindow{Kind: kind, Length: segment.Period{Months: 12}},
			Term: segment.Period{Months: 12}, Grace: segment.Period{Months: 1}, Warn: segment.Period{Days: 30},
			Tiers: []segment.Tier{
				{Name: "member"},
				{Name: "silver", Qualify: segment.Criteria{All: spends(200)}, Keep: &segment.Criteria{All: spends(150)}},
				{
					Name: "gold", Qualify: segment.Criteria{All: spends(600), Any: []segment.Threshold{{Metric: "orders", AtLeast: 8}, {Metric: "clv", AtLeast: 500}}},
					Keep: &segment.Criteria{All: spends(400)},
				},
			},
		}
	}
	limited := func(p segment.Programme, silver, gold segment.TierLimit) segment.Programme {
		p.Tiers[1].Limit, p.Tiers[2].Limit = &silver, &gold
		return p
	}
	return []named{
		{"12 months", base(segment.Rolling)},
		{"membership year", base(segment.MembershipYear)},
		{"12 months, shares of 30% and 5%", limited(base(segment.Rolling), segment.TierLimit{Share: 0.3, Margin: 0.1}, segment.TierLimit{Share: 0.05, Margin: 0.1})},
		{"12 months, share of 30% and budget by clv", limited(base(segment.Rolling), segment.TierLimit{Share: 0.3}, segment.TierLimit{Budget: 1e6, Cost: 5, CostRate: 0.02, CostMetric: "spend", By: "clv"})},
	}
}

type named struct {
	name      string
	programme segment.Programme
}
