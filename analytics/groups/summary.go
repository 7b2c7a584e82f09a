package groups

import (
	"cmp"
	"slices"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// summer sums customers up.
type summer struct {
	night.Context
	needs Needs
}

// sum sums up the customers of each group of a kind, in the order of its names. Groups
// beyond those come behind, in the order of the alphabet: there are none in a table that
// holds all customers.
func (s summer) sum(k night.Kind) []publication.Group {
	at := map[string]int{}
	var groups []publication.Group
	add := func(name string) int {
		g := publication.Group{Kind: k.Name, Name: name, Label: name}
		if k.Label != nil {
			g.Label = k.Label(name)
		}
		groups = append(groups, g)
		at[name] = len(groups) - 1
		return at[name]
	}
	for _, name := range k.Names {
		add(name)
	}
	for i := range s.Customers.ID {
		g, known := at[k.Group(i)]
		if !known {
			g = add(k.Group(i))
		}
		s.addTo(&groups[g], i)
	}
	s.share(groups)
	slices.SortFunc(groups[len(k.Names):], func(a, b publication.Group) int { return cmp.Compare(a.Name, b.Name) })
	return groups
}

func (s summer) addTo(g *publication.Group, customer int) {
	g.Customers++
	g.Orders += s.Customers.Orders[customer]
	g.Revenue = g.Revenue.Plus(s.Customers.Net[customer])
	if s.needs.Past != nil {
		g.PastValue = g.PastValue.Plus(money.FromFloat(s.needs.Past[customer]))
		g.FutureValue = g.FutureValue.Plus(money.FromFloat(s.needs.Future[customer]))
	}
}

// share gives each group its share of customers and of customer equity.
func (s summer) share(groups []publication.Group) {
	equity := money.Sum(s.needs.Future).Float()
	for k := range groups {
		g := &groups[k]
		g.Share = float64(g.Customers) / float64(s.Customers.Len())
		if equity != 0 {
			g.EquityShare = g.FutureValue.Float() / equity
		}
	}
}
