package draft

import (
	"fmt"
	"strings"
)

// joint is a file whose rows another file names by a key.
type joint struct {
	left, right *column // of the source, and of the joined file
	other       *roles
	found       float64 // the share of the source's keys that the file has
}

// findJoins finds the files that say more of a table's rows.
func (r *roles) findJoins(others []*roles) []joint {
	var all []joint
	for _, o := range others {
		if best := r.joinWith(o); best != nil {
			all = append(all, *best)
		}
	}
	return all
}

// joinWith finds the key by which a table names another's rows: a column that
// is unique there, of a name alike, and whose values are the same.
func (r *roles) joinWith(other *roles) *joint {
	var best *joint
	for _, key := range other.table.columns {
		if !key.unique(other.table) {
			continue
		}
		for _, c := range r.table.columns {
			if !alike(c.name, key.name) {
				continue
			}
			const enough = 0.5 // the first rows of one file need not be about those of the other
			if found := c.within(key); found >= enough && (best == nil || found > best.found) {
				best = &joint{c, key, other, found}
			}
		}
	}
	return best
}

// within is the share of a column's values that another has.
func (c *column) within(key *column) float64 {
	n := 0
	for v := range c.values {
		n += boolTo(key.values[v] > 0)
	}
	return float64(n) / float64(max(1, c.distinct()))
}

// alike tells whether two names may be of the same thing: equal, one the end of
// the other, or both of a customer, an order or a product.
func alike(a, b string) bool {
	fa, fb := fold(a), fold(b)
	if fa == fb || strings.HasSuffix(fa, " "+fb) || strings.HasSuffix(fb, " "+fa) {
		return true
	}
	for _, role := range []string{roleCustomer, roleOrder, roleProduct} {
		if nameScore(role, a) > 0.4 && nameScore(role, b) > 0.4 {
			return true
		}
	}
	return false
}

// on is the key as the job file has it.
func (j joint) on() string {
	if j.left.name == j.right.name {
		return j.left.name
	}
	return j.left.name + " = " + j.right.name
}

func (j joint) why() string {
	return fmt.Sprintf("%.0f%% of the values of %s are in it, each once", 100*j.found, j.left.name)
}
