package draft

import (
	"slices"
	"strings"
)

// normalisation is a rule of identity.normalise, and whether it needs two sources that
// become one view: within one, ids that differ so may be two customers.
type normalisation struct {
	name    string
	apply   func(string) string
	between bool
}

var normalisations = []normalisation{
	{"lower", strings.ToLower, false},
	{"drop-.0", func(v string) string { return strings.TrimSuffix(v, ".0") }, false},
	{"drop-leading-zeros", func(v string) string {
		if short := strings.TrimLeft(v, "0"); short != "" {
			return short
		}
		return v
	}, true},
}

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
	rules := needed(slices.Concat(ids...), len(ids) > 1)
	if len(rules) == 0 {
		return
	}
	names := []string{"trim"}
	for _, r := range rules {
		names = append(names, r.name)
	}
	raw := slices.Concat(ids...)
	d.Job = append(d.Job, Decision{
		Source: -1, Key: "identity.normalise", List: names, Sure: Likely,
		Why: counted(distinct(raw)-distinct(normalised(raw, rules)), "id") + " more are the same customer's by it",
	})
}

// needed are the rules without which fewer ids would be the same. Ids may need several
// together: 4017.0 and 0004017.
func needed(ids []string, between bool) []normalisation {
	rules := slices.DeleteFunc(slices.Clone(normalisations), func(n normalisation) bool { return n.between && !between })
	for _, n := range slices.Clone(rules) {
		without := slices.DeleteFunc(slices.Clone(rules), func(r normalisation) bool { return r.name == n.name })
		if distinct(normalised(ids, without)) == distinct(normalised(ids, rules)) {
			rules = without
		}
	}
	return rules
}

func normalised(ids []string, rules []normalisation) []string {
	for _, r := range rules {
		ids = mapped(ids, r.apply)
	}
	return ids
}

// customerIDs are the ids of the customers of each source that maps a column alone.
func (d *Draft) customerIDs() (all [][]string) {
	for _, s := range d.Sources {
		if c := s.columnOf("columns.customer"); c != nil {
			all = append(all, mapped(c.most, strings.TrimSpace))
		}
	}
	return all
}

func mapped(values []string, apply func(string) string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = apply(v)
	}
	return out
}

func distinct(values []string) int {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return len(seen)
}
