package draft

import (
	"slices"

	"clientele/analytics/persons"
)

// takeMap takes the table that says which ids are the same customer's, if there is one,
// and gives the others.
func (d *Draft) takeMap(tables []*table) (rest []*table) {
	for _, t := range tables {
		const most = 3 // columns
		if d.idMap == nil && len(tables) > 1 && len(t.columns) <= most && t.named("alias") != nil && t.named("customer") != nil {
			d.idMap = t
			continue
		}
		rest = append(rest, t)
	}
	return rest
}

// decideIdentity finds ids that are written in several ways.
func (d *Draft) decideIdentity() {
	if d.idMap != nil {
		d.Job = append(d.Job, Decision{Source: -1, Key: "identity.map", Value: d.idMap.path, Sure: Likely, Why: "it says which ids are one customer's"})
	}
	ids := d.customerIDs()
	some := []persons.Rule{persons.Lower, persons.DropPointZero}
	if len(ids) > 1 { // within one source, ids that differ by zeros may be two customers
		some = append(some, persons.DropLeadingZeros)
	}
	found := persons.LookAlikesBy(distinct(slices.Concat(ids...)), []persons.Rule{persons.Trim}, some)
	if len(found.Rules) == 0 {
		return
	}
	names := []string{string(persons.Trim)}
	for _, r := range found.Rules {
		names = append(names, string(r))
	}
	d.Job = append(d.Job, Decision{
		Source: -1, Key: "identity.normalise", List: names, Sure: Likely,
		Why: counted(int(found.IDs-found.Customers), "id") + " more are the same customer's by it",
	})
}

// customerIDs are the ids of the customers of each source that maps a column alone.
func (d *Draft) customerIDs() (all [][]string) {
	for _, s := range d.Sources {
		if c := s.columnOf("columns.customer"); c != nil {
			all = append(all, c.most) // without the blanks around them
		}
	}
	return all
}

func distinct(values []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(values, func(v string) bool {
		before := seen[v]
		seen[v] = true
		return before
	})
}
