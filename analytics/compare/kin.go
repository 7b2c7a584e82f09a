package compare

import (
	"slices"
	"strings"

	"clientele/analytics/persons"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// kin is what two nights say of ids that are one person in one of them only, and of whom
// nothing is left. It knows those who are on one night only, and who is on both and was
// joined with them or parted from them.
type kin struct {
	joined, parted map[string]bool
	returns        map[string]int64 // of customers of whom every order came back
}

// findKin reads the lists of both nights that say where customers have gone, and where they
// come from.
func (p pair) findKin() (kin, error) {
	k := kin{joined: map[string]bool{}, parted: map[string]bool{}, returns: map[string]int64{}}
	if len(p.gone) > 0 {
		gone := p.older.ids(p.gone)
		if err := p.newer.visitKin(gone, k.joined); err != nil {
			return k, err
		}
		if err := p.newer.readReturned(gone, k.returns); err != nil {
			return k, err
		}
	}
	if entered := p.entered(); len(entered) > 0 {
		return k, p.older.visitKin(p.newer.ids(entered), k.parted)
	}
	return k, nil
}

// ids are those of some customers.
func (p *Publication) ids(customers []int) map[string]bool {
	ids := make(map[string]bool, len(customers))
	for _, i := range customers {
		ids[p.members.ID[i]] = true
	}
	return ids
}

// visitKin marks the ids of another night that this night publishes under an id of its
// own, and that id. Aliases stand as the exports spell them, and customers as the rules of
// spelling have them.
func (p *Publication) visitKin(of map[string]bool, mark map[string]bool) error {
	rules := p.settings.spelling()
	err := p.files.EachRow(column.Identity, func(row *publication.ListRow) bool {
		alias, customer := row.Text("alias"), row.Text("customer")
		if !of[alias] {
			alias = persons.Normal(alias, rules)
		}
		if _, known := slices.BinarySearch(p.members.ID, customer); known && alias != customer && of[alias] {
			mark[alias], mark[customer] = true, true
		}
		return true
	})
	return ignoreAbsent(err)
}

// spelling are the rules by which a night writes ids.
func (s settings) spelling() (rules []persons.Rule) {
	for key, rule := range s {
		if strings.HasPrefix(key, "identity.normalise.") {
			rules = append(rules, persons.Rule(rule))
		}
	}
	return rules
}

// readReturned gives how many returns there are of the customers of whom every order came
// back, of those that are asked for.
func (p *Publication) readReturned(of map[string]bool, returns map[string]int64) error {
	err := p.files.EachRow(column.AllReturned, func(row *publication.ListRow) bool {
		if id := row.Text(column.CustomerID.Name); of[id] {
			returns[id] = row.Count(column.Returns.Name)
		}
		return true
	})
	return ignoreAbsent(err)
}
