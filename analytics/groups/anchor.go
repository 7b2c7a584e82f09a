package groups

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/segment/quality"
)

// anchor is what customers were on the anchor night: which groups they were in,
// how many orders they had placed and how much they had spent. The columns have
// one entry per customer of tonight; who was not there yet had no orders.
type anchor struct {
	night  *publication.Anchor // nil: there are no groups to watch
	orders []int64
	net    []money.Amount
	groups map[string]func(customer int) string // by kind
}

// longestMonth is after how many days an anchor has had its time, whatever the
// month: a year later it may be the same one again.
const longestMonth = 31

// follow works out how far the groups of the anchor night set apart what has been spent
// since, and makes tonight the anchor where its time is up.
func follow(n night.Context, kinds []night.Kind) (anchor, error) {
	if len(kinds) == 0 {
		return anchor{}, nil
	}
	rules, err := fingerprintOf(n.Job)
	if err != nil {
		return anchor{}, err
	}
	a, kept := recall(n, rules, kinds)
	if !kept {
		return begin(n, rules, kinds, nil), nil
	}
	from, err := time.Parse(time.DateOnly, a.night.Day)
	if err != nil { // publication has looked at it
		return anchor{}, fmt.Errorf("anchor.day: %w", err)
	}
	days := int(n.Today() - calendar.DayOf(from))
	a.measure(n, kinds, days)
	if (from.Month() != n.AsOf.Month() && days >= quality.MinEffectDays) || days > longestMonth {
		return begin(n, rules, kinds, a.night.Spend), nil
	}
	return a, nil
}

// Recalled are the columns of the night before that the stage reads.
func Recalled() []*column.Column {
	all := []*column.Column{column.AnchorOrders, column.AnchorNet}
	for _, g := range column.Groupings {
		all = append(all, g.Of, g.Anchor)
	}
	return all
}

// recall takes the anchor over from the night before; kept is false where there is none
// that fits tonight's groups.
func recall(n night.Context, rules string, kinds []night.Kind) (a anchor, kept bool) {
	before := n.Before
	if before == nil || before.Anchor == nil || before.Anchor.Rules != rules {
		return a, false
	}
	m := before.Members
	orders, net := m.Counts(column.AnchorOrders), m.Amounts(column.AnchorNet)
	if orders == nil || net == nil {
		return a, false
	}
	then := *before.Anchor
	a = anchor{night: &then, orders: taken(orders, before.Was), net: taken(net, before.Was), groups: map[string]func(int) string{}}
	grouped := a.join(before, orders, net)
	for _, k := range kinds {
		names := m.Texts(k.Anchor)
		a.groups[k.Name] = func(customer int) string {
			if at := grouped[customer]; at >= 0 && names != nil {
				return names.At(at)
			}
			return ""
		}
	}
	return a, true
}

// join adds up what the ids of one person had bought by the anchor night, and gives the
// place of the member whose groups stand for the customer's: of the id that goes on, if it
// was there.
func (a *anchor) join(before *night.Before, orders []int64, net []money.Amount) (grouped []int) {
	grouped = slices.Clone(before.Was)
	for _, j := range before.Joined {
		i := j.Customer
		if before.Was[i] == j.At {
			continue
		}
		if a.orders[i] == 0 {
			grouped[i] = j.At
		}
		a.orders[i] += orders[j.At]
		a.net[i] = a.net[i].Plus(net[j.At])
	}
	return grouped
}

// taken gives tonight's customers what they had in a column of the night
// before, and newcomers nothing.
func taken[T any](column []T, was []int) []T {
	out := make([]T, len(was))
	for i, at := range was {
		if at >= 0 && column != nil {
			out[i] = column[at]
		}
	}
	return out
}

// begin makes tonight the anchor. What was measured from the one before stands.
func begin(n night.Context, rules string, kinds []night.Kind, spend *publication.NextSpend) anchor {
	tonight := &publication.Anchor{Day: n.AsOf.Format(time.DateOnly), Rules: rules, Spend: spend}
	a := anchor{night: tonight, orders: n.Customers.Orders, net: n.Customers.Net, groups: map[string]func(int) string{}}
	for _, k := range kinds {
		a.groups[k.Name] = k.Group
	}
	return a
}

// measure compares what customers spent since the anchor night between the groups that
// they were in that night. A finished comparison stands until the next one is long enough
// to take its place.
func (a *anchor) measure(n night.Context, kinds []night.Kind, days int) {
	if last := a.night.Spend; last != nil && last.Days >= quality.MinEffectDays && days < quality.MinEffectDays {
		return
	}
	spent := make([]float64, n.Customers.Len())
	for i, net := range n.Customers.Net {
		spent[i] = net.Minus(a.net[i]).Float()
	}
	found := publication.NextSpend{
		From: a.night.Day, To: n.AsOf.Format(time.DateOnly), Days: days, Kinds: map[string]quality.Separation{},
	}
	for _, k := range kinds {
		group, groups := coded(a.names(k.Name), map[string]int{})
		for i, orders := range a.orders {
			if orders == 0 {
				group[i] = quality.NoGroup
			}
		}
		found.Kinds[k.Name] = quality.Separate(spent, group, groups)
	}
	a.night.Spend = &found
}

// names are the groups of a kind, customer by customer.
func (a *anchor) names(kind string) []string {
	names := make([]string, len(a.orders))
	for i := range names {
		names[i] = a.groups[kind](i)
	}
	return names
}

// fingerprintOf tells groups of one definition from those of another.
func fingerprintOf(j *job.Job) (string, error) {
	settings, err := json.Marshal([]any{json.RawMessage(history.Meaning(j)), j.RFM, j.Tiers, j.Stages})
	if err != nil {
		return "", fmt.Errorf("settings of groups: %w", err)
	}
	const bytes = 8
	sum := sha256.Sum256(settings)
	return hex.EncodeToString(sum[:bytes]), nil
}
