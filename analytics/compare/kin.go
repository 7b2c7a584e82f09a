package compare

import (
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
)

// kin is what two nights say of ids that are one person in one of them only, and of whom
// nothing is left.
type kin struct {
	cause.Kin
	returns map[string]int64 // of customers of whom every order came back
}

// findKin reads the lists of both nights that say where customers have gone, and where they
// come from.
func (p pair) findKin() (k kin, err error) {
	k.returns = map[string]int64{}
	if k.Kin, err = cause.FindKin(p.older.files, p.newer.files, p.older.members, p.newer.members); err != nil || len(p.gone) == 0 {
		return k, err
	}
	return k, p.newer.readReturned(p.older.members.IDs(p.gone), k.returns)
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
