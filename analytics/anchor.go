package analytics

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"clientele/analytics/history"
	"clientele/analytics/ledger"
	nights "clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/quality"
)

// anchor is what customers were on the anchor night: which groups they were in,
// how many orders they had placed and how much they had spent. The columns have
// one entry per customer of tonight; who was not there yet had no orders.
type anchor struct {
	night  *publication.Anchor
	orders []int64
	net    []ledger.Money
	groups map[string][]string // by kind
}

// followSpend works out how far the groups of the anchor night set apart what
// has been spent since, and makes tonight the anchor where its time is up.
func (n *night) followSpend() error {
	kinds := n.kinds()
	if len(kinds) == 0 {
		return nil
	}
	rules, err := n.rulesFingerprint()
	if err != nil {
		return err
	}
	if !n.keepAnchor(rules, kinds) {
		n.dropAnchor(rules, kinds)
		return nil
	}
	from, err := time.Parse(time.DateOnly, n.anchor.night.Day)
	if err != nil { // history has looked at it
		return fmt.Errorf("anchor.day: %w", err)
	}
	days := int(epochDays(n.asOf) - epochDays(from))
	n.measureSpend(kinds, days)
	if (from.Month() != n.asOf.Month() && days >= quality.MinEffectDays) || days > longestMonth {
		n.dropAnchor(rules, kinds)
	}
	return nil
}

// longestMonth is after how many days an anchor has had its time, whatever the
// month: a year later it may be the same one again.
const longestMonth = 31

// keepAnchor takes the anchor over from the night before. It is false where
// there is none that fits tonight's groups.
func (n *night) keepAnchor(rules string, kinds []nights.Kind) bool {
	before := n.previous
	if before == nil || before.Anchor == nil || before.Anchor.Rules != rules {
		return false
	}
	m := before.Members
	orders, net := m.Counts(column.AnchorOrders), m.Amounts(column.AnchorNet)
	if orders == nil || net == nil {
		return false
	}
	kept := *before.Anchor
	n.anchor = anchor{night: &kept, orders: taken(orders, n.was), net: taken(net, n.was), groups: map[string][]string{}}
	for _, k := range kinds {
		n.anchor.groups[k.Name] = taken(m.Texts(k.Anchor), n.was)
	}
	return true
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

// measureSpend compares what customers spent since the anchor night between the
// groups that they were in that night. A finished comparison stands until the
// next one is long enough to take its place.
func (n *night) measureSpend(kinds []nights.Kind, days int) {
	if last := n.anchor.night.Spend; last != nil && last.Days >= quality.MinEffectDays && days < quality.MinEffectDays {
		return
	}
	spent := make([]float64, n.customers.Len())
	for i, net := range n.customers.Net {
		spent[i] = net.Minus(n.anchor.net[i]).Float()
	}
	found := publication.NextSpend{
		From: n.anchor.night.Day, To: n.asOf.Format(time.DateOnly), Days: days, Kinds: map[string]quality.Separation{},
	}
	for _, k := range kinds {
		group, groups := coded(n.anchor.groups[k.Name], map[string]int{})
		for i, orders := range n.anchor.orders {
			if orders == 0 {
				group[i] = quality.NoGroup
			}
		}
		found.Kinds[k.Name] = quality.Separate(spent, group, groups)
	}
	n.anchor.night.Spend = &found
}

// dropAnchor makes tonight the anchor. What was measured from the one before
// stands.
func (n *night) dropAnchor(rules string, kinds []nights.Kind) {
	tonight := &publication.Anchor{Day: n.asOf.Format(time.DateOnly), Rules: rules}
	if n.anchor.night != nil {
		tonight.Spend = n.anchor.night.Spend
	}
	n.anchor = anchor{night: tonight, orders: n.customers.Orders, net: n.customers.Net, groups: map[string][]string{}}
	for _, k := range kinds {
		names := make([]string, n.customers.Len())
		for i := range names {
			names[i] = k.Group(i)
		}
		n.anchor.groups[k.Name] = names
	}
}

// rulesFingerprint tells groups of one definition from those of another.
func (n *night) rulesFingerprint() (string, error) {
	settings, err := json.Marshal([]any{
		json.RawMessage(history.Meaning(n.job)), n.job.RFM, n.job.Tiers, n.job.Stages,
	})
	if err != nil {
		return "", fmt.Errorf("settings of groups: %w", err)
	}
	const bytes = 8
	sum := sha256.Sum256(settings)
	return hex.EncodeToString(sum[:bytes]), nil
}

// columns are what a state remembers of the anchor night.
func (a anchor) columns() publication.Columns {
	there := func(i int) bool { return a.orders[i] > 0 }
	columns := publication.Columns{
		column.AnchorOrders: publication.Counts(a.orders).Where(there),
		column.AnchorNet:    publication.Amounts(a.net).Where(there),
	}
	for _, g := range column.Groupings {
		if names := a.groups[g.Name]; names != nil {
			columns[g.Anchor] = publication.Texts(names).Where(there)
		}
	}
	return columns
}

// coded turns names into numbers from 0 up, those that at does not have yet
// after those that it has, and gives how many there are.
func coded(names []string, at map[string]int) (codes []int, size int) {
	codes = make([]int, len(names))
	last, lastCode := "", -1
	for i, name := range names {
		if lastCode < 0 || name != last {
			code, seen := at[name]
			if !seen {
				code = len(at)
				at[strings.Clone(name)] = code
			}
			last, lastCode = name, code
		}
		codes[i] = lastCode
	}
	return codes, len(at)
}
