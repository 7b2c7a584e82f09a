package analytics

import (
	"cmp"
	"slices"

	"clientele/analytics/ledger"
	"clientele/analytics/worth"
)

// groups sums the night up by segment, tier, stage and level of the pyramid. Groups of a kind come
// in the order in which a person thinks of them: the scheme's, tiers from the
// highest, stages along the life of a relationship.
func (n *night) groups() []Group {
	var all []Group
	for _, k := range n.kinds() {
		all = append(all, n.groupBy(k.Name, k.Names, k.Group, k.Label)...)
	}
	if n.pyramid != nil {
		all = append(all, n.pyramidGroups()...)
	}
	return all
}

// groupBy sums up the customers by the name that of gives them. Names that
// nobody has are left out, save those listed first; label nil means the name.
func (n *night) groupBy(kind string, names []string, of func(int) string, label func(string) string) []Group {
	at := map[string]int{}
	groups := make([]Group, 0, len(names)+1)
	add := func(name string) int {
		g := Group{Kind: kind, Name: name, Label: name}
		if label != nil {
			g.Label = label(name)
		}
		groups = append(groups, g)
		at[name] = len(groups) - 1
		return at[name]
	}
	for _, name := range names {
		add(name)
	}
	for i := range n.customers.ID {
		k, known := at[of(i)]
		if !known {
			k = add(of(i))
		}
		n.addTo(&groups[k], i)
	}
	equity := n.equity().Float()
	for k := range groups {
		g := &groups[k]
		g.Share = float64(g.Customers) / float64(n.customers.Len())
		if equity != 0 {
			g.EquityShare = g.FutureValue.Float() / equity
		}
	}
	// Only names beyond the list may be out of order: there are none in a
	// total scheme, and they come last in the alphabet's order.
	slices.SortFunc(groups[len(names):], func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	return groups
}

func (n *night) addTo(g *Group, i int) {
	g.Customers++
	g.Orders += n.customers.Orders[i]
	g.Revenue = g.Revenue.Plus(n.customers.Net[i])
	if n.worth != nil {
		g.PastValue = g.PastValue.Plus(ledger.MoneyFromFloat(n.worth.Past[i]))
		g.FutureValue = g.FutureValue.Plus(ledger.MoneyFromFloat(n.worth.Future[i]))
	}
}

// equity is the value of all customers together: the sum of what they are
// expected to bring, exact to the place to which it is published.
func (n *night) equity() ledger.Money {
	return n.total(func(w *worth.Result) []float64 { return w.Future })
}

// totalPast is what all customers together have brought.
func (n *night) totalPast() ledger.Money {
	return n.total(func(w *worth.Result) []float64 { return w.Past })
}

func (n *night) total(column func(*worth.Result) []float64) ledger.Money {
	var sum ledger.Money
	if n.worth == nil {
		return sum
	}
	for _, v := range column(n.worth) {
		sum = sum.Plus(ledger.MoneyFromFloat(v))
	}
	return sum
}
