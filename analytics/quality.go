package analytics

import (
	"math"

	"clientele/analytics/ledger"
	nights "clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/internal/number"
	"clientele/segment"
	"clientele/segment/quality"
)

// sampled is for how many customers silhouettes are exact.
const sampled = 5000

// grouping is the customers of one kind of groups as numbers.
type grouping struct {
	group []int // of each customer
	size  int   // number of groups, those of the night before included
	was   []int // in the night before, or quality.NoGroup; nil: no such night
}

// judged adds to groups what they are worth as groups.
func (n *night) judged(groups []Group) []Group {
	points := quality.ScaledRFM(n.recencyDays(), floats(n.customers.RFMOrders), amounts(n.customers.RFMNet))
	idle := n.idle()
	for _, k := range n.kinds() {
		var of []*Group
		at := map[string]int{}
		for i := range groups {
			if groups[i].Kind == k.Name {
				at[groups[i].Name] = len(of)
				of = append(of, &groups[i])
			}
		}
		n.judge(k, of, n.grouping(k, at), points, idle)
	}
	return groups
}

// judge fills in the quality of the groups of one kind.
func (n *night) judge(k nights.Kind, groups []*Group, g grouping, points []quality.Point, idle []bool) {
	silhouettes := g.silhouettes(n.customers.ID, points)
	reachable := g.reachable(n.channels())
	migration := quality.Migrate(g.was, g.group, g.size)
	moved := g.moved(idle)
	next, days := n.nextSpend(k.Name)
	for at, group := range groups {
		q := quality.Measures{
			Silhouette: silhouettes[at], Next: next, NextDays: days,
			AdjustedRand: migration.AdjustedRand(), Jaccard: migration.Jaccard(at),
			Remainder: k.Name == "rfm" && group.Name == segment.Others, Share: group.Share,
			Customers: int(group.Customers), Reachable: reachable[at], MeanValue: n.meanValue(group),
		}
		group.Quality = verdicts(q, n.job.Quality)
		group.Quality.Moved = number.Float(moved[at])
		group.Quality.Margin = number.Float(n.marginOf(group))
		group.Quality.Rule = k.Rule(group.Name)
	}
}

// verdicts puts numbers and verdicts side by side.
func verdicts(q quality.Measures, r quality.Rules) *Quality {
	out := &Quality{
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

// grouping numbers the groups of a kind, those in at first.
func (n *night) grouping(k nights.Kind, at map[string]int) grouping {
	g := grouping{group: make([]int, n.customers.Len())}
	for i := range g.group {
		g.group[i] = at[k.Group(i)]
	}
	g.size = len(at)
	var then []string
	if n.previous != nil && n.previous.Members != nil {
		then = n.previous.Members.Texts(k.Of)
	}
	if then == nil {
		return g
	}
	codes, size := coded(then, at)
	g.size, g.was = size, make([]int, len(g.group))
	matched, _ := n.previous.Members.Match(n.customers.ID)
	for i, was := range matched {
		g.was[i] = quality.NoGroup
		if was >= 0 {
			g.was[i] = codes[was]
		}
	}
	return g
}

// silhouettes are those of a sample where there are many customers.
func (g grouping) silhouettes(ids []string, points []quality.Point) []float64 {
	picked := quality.Sample(ids, g.group, g.size, sampled)
	some, group := make([]quality.Point, len(picked)), make([]int, len(picked))
	for at, i := range picked {
		some[at], group[at] = points[i], g.group[i]
	}
	return quality.Silhouettes(some, group, g.size)
}

// reachable is the share of each group's customers who have a channel.
func (g grouping) reachable(channels []string) []float64 {
	return g.shares(func(i int) (hit, counted bool) { return channels != nil && channels[i] != "", channels != nil }, g.group)
}

// moved is, for each group of the night before, the share of its idle customers
// who are in another group now: nothing that they did took them there.
func (g grouping) moved(idle []bool) []float64 {
	return g.shares(func(i int) (hit, counted bool) { return g.was[i] != g.group[i], idle[i] }, g.was)
}

// shares gives, for each group, the share of hits among the customers counted;
// NaN where there are none.
func (g grouping) shares(look func(customer int) (hit, counted bool), group []int) []float64 {
	hits, all := make([]float64, g.size), make([]float64, g.size)
	for i, k := range group {
		if k == quality.NoGroup {
			continue
		}
		hit, counted := look(i)
		if counted {
			all[k]++
		}
		if counted && hit {
			hits[k]++
		}
	}
	for k := range hits {
		hits[k] /= all[k] // 0/0 where nobody is
	}
	return hits
}

// idle tells which customers have neither bought nor returned anything since
// the night before.
func (n *night) idle() []bool {
	idle := make([]bool, n.customers.Len())
	if n.previous == nil || n.previous.Members == nil {
		return idle
	}
	m, t := n.previous.Members, n.customers
	orders, net := m.Counts(column.Orders), m.Amounts(column.Net)
	was, _ := m.Match(t.ID)
	for i, at := range was {
		idle[i] = at >= 0 && orders != nil && net != nil && orders[at] == t.Orders[i] && net[at] == t.Net[i]
	}
	return idle
}

// channels are the customers' channels; nil where none is mapped.
func (n *night) channels() []string {
	for _, a := range n.customers.Attributes {
		if a.Name == "channel" {
			return a.Values
		}
	}
	return nil
}

// nextSpend is what the groups of a kind say of spend to come.
func (n *night) nextSpend(kind string) (quality.Separation, int) {
	unknown := quality.Separation{EtaSquared: math.NaN(), EpsilonSquared: math.NaN()}
	if n.anchor.night == nil || n.anchor.night.Spend == nil {
		return unknown, 0
	}
	spend := n.anchor.night.Spend
	s, ok := spend.Kinds[kind]
	if !ok {
		return unknown, spend.Days
	}
	return s, spend.Days
}

// meanValue is what a customer of the group has brought and is expected to bring
// or, without lifetime values, has spent.
func (n *night) meanValue(g *Group) float64 {
	worth := g.Revenue
	if n.worth != nil {
		worth = g.PastValue.Plus(g.FutureValue)
	}
	return worth.Float() / float64(g.Customers) // 0/0 where nobody is
}

// marginOf is what the group has left of each unit of revenue so far.
func (n *night) marginOf(g *Group) float64 {
	if n.worth == nil || g.Revenue == (ledger.Money{}) {
		return math.NaN()
	}
	return g.PastValue.Float() / g.Revenue.Float()
}
