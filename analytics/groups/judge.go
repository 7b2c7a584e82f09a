package groups

import (
	"math"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/segment"
	"clientele/segment/quality"
)

// silhouetteCustomers is for how many customers silhouettes are exact; of more, a sample
// is looked at. A silhouette compares all with all, so that time grows with the square.
const silhouetteCustomers = 5000

// judge says whether groups are worth having.
type judge struct {
	night.Context
	points   []quality.Point        // customers by recency, frequency and money
	channels []string               // of each customer; nil: no channel is mapped
	next     *publication.NextSpend // what groups of an earlier night have spent since; nil: unknown
	valued   bool                   // groups have values
	sample   int                    // for how many customers silhouettes are exact
}

func newJudge(n night.Context, anchor *publication.Anchor, valued bool) judge {
	j := judge{
		Context: n, valued: valued, sample: silhouetteCustomers,
		points: quality.ScaledRFM(n.RecencyDays(), customers.Floats(n.Customers.RFMOrders), customers.Amounts(n.Customers.RFMNet)),
	}
	if anchor != nil {
		j.next = anchor.Spend
	}
	for _, a := range n.Customers.Attributes {
		if a.Name == "channel" {
			j.channels = a.Values
		}
	}
	return j
}

// judge adds to all groups of a kind what they are worth as groups.
func (j judge) judge(k night.Kind, groups []publication.Group) {
	at := map[string]int{}
	for i, g := range groups {
		at[g.Name] = i
	}
	m := j.membership(k, at)
	silhouettes := m.silhouettes(j.Customers.ID, j.points, j.sample)
	reachable := m.reachable(j.channels)
	migration := quality.Migrate(m.was, m.group, m.size)
	var moved []float64
	if j.Before != nil {
		moved = m.moved(j.Before.Idle)
	} else {
		moved = m.moved(nil)
	}
	next, days := j.nextSpend(k.Name)
	for i := range groups {
		g := &groups[i]
		q := quality.Measures{
			Silhouette: silhouettes[i], Next: next, NextDays: days,
			AdjustedRand: migration.AdjustedRand(), Jaccard: migration.Jaccard(i),
			Remainder: k.Name == "rfm" && g.Name == segment.Others, Share: g.Share,
			Customers: int(g.Customers), Reachable: reachable[i], MeanValue: j.meanValue(g),
		}
		g.Quality = verdicts(q, j.Job.Quality)
		g.Quality.Moved = number.Float(moved[i])
		g.Quality.Margin = number.Float(j.margin(g))
		g.Quality.Rule = k.Rule(g.Name)
	}
}

// verdicts puts numbers and verdicts side by side.
func verdicts(q quality.Measures, r quality.Rules) *publication.Quality {
	out := &publication.Quality{
		Silhouette: number.Float(q.Silhouette), EtaSquared: number.Float(q.Next.EtaSquared), Distinct: q.Distinct(),
		AdjustedRand: number.Float(q.AdjustedRand), Jaccard: number.Float(q.Jaccard), Stable: q.Stable(),
		Measurable:     q.Measurable(),
		ReachableShare: number.Float(q.Reachable), Reachable: q.Reachability(r),
		MeanValue: number.Float(q.MeanValue), Substantial: q.Substantial(r),
	}
	if q.NextDays > 0 {
		days := int64(q.NextDays)
		out.Days = &days
	}
	return out
}

// nextSpend is what the groups of a kind say of spend to come.
func (j judge) nextSpend(kind string) (quality.Separation, int) {
	unknown := quality.Separation{EtaSquared: math.NaN(), EpsilonSquared: math.NaN()}
	if j.next == nil {
		return unknown, 0
	}
	if s, ok := j.next.Kinds[kind]; ok {
		return s, j.next.Days
	}
	return unknown, j.next.Days
}

// meanValue is what a customer of the group has brought and is expected to bring
// or, without lifetime values, has spent.
func (j judge) meanValue(g *publication.Group) float64 {
	worth := g.Revenue
	if j.valued {
		worth = g.PastValue.Plus(g.FutureValue)
	}
	return worth.Float() / float64(g.Customers) // 0/0 where nobody is
}

// margin is what the group has left of each unit of revenue so far.
func (j judge) margin(g *publication.Group) float64 {
	if !j.valued || g.Revenue == (money.Amount{}) {
		return math.NaN()
	}
	return g.PastValue.Float() / g.Revenue.Float()
}
