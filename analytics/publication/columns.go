package publication

import (
	"fmt"
	"slices"

	"clientele/analytics/publication/column"
)

// Columns are what a stage has to say of each customer, for both files: what goes into
// customers, and what the next night has to know. The registry, package column, says
// which column is in which file.
//
// A stage gives them like this:
//
//	func (r Result) Columns() publication.Columns {
//		return publication.Columns{
//			column.Tier:          publication.TextsAt(len(r.Level), r.name),
//			column.TierSince:     publication.Days(r.Since),     // in both files
//			column.TierReason:    publication.Texts(r.Reason),   // in customers alone
//			column.TierTermsFrom: publication.Days(r.TermsFrom), // in the state alone
//		}
//	}
//
// and recalls what the night before gave beside it, was being the places of tonight's
// customers among that night's (see [State.Match]):
//
//	func recall(before *publication.State, was []int) ... {
//		tier, since := before.Texts(column.Tier), before.Days(column.TierSince)
//		if tier == nil || since == nil {
//			return nil // that night had no tiers
//		}
//		for i, at := range was {
//			if at >= 0 {
//				... tier.At(at), since[at]
//			}
//		}
//	}
//
// Whoever calls the stages hands their columns to [Tables.Add].
type Columns map[*column.Column]Cells

// Tables are the customers of a night and what is remembered of them: the columns that
// the stages gave, from which both files are written.
type Tables struct {
	customers  int
	cells      Columns
	attributes []attribute
}

// attribute is a column that the job file maps, under the name that it gives.
type attribute struct {
	name string
	Cells
}

// NewTables begins the tables of so many customers.
func NewTables(customers int) *Tables {
	return &Tables{customers: customers, cells: Columns{}}
}

// Add takes the columns of a stage. It refuses one that the registry does not know as
// that stage's, or whose cells are of another type or number, and asks for all that it
// does know.
func (t *Tables) Add(stage column.Stage, columns Columns) error {
	for c, cells := range columns {
		_, again := t.cells[c]
		switch {
		case !slices.Contains(column.Customers, c) && !slices.Contains(column.State, c):
			return fmt.Errorf("publication: %s gives the column %s, which is not in the registry; add it to column.Customers or column.State", stage, c.Name)
		case c.Stage != stage:
			return fmt.Errorf("publication: %s gives the column %s of %s", stage, c.Name, c.Stage)
		case cells.typ != c.Type:
			return fmt.Errorf("publication: %s gives the column %s with cells of type %s, want %s", stage, c.Name, cells.typ, c.Type)
		case cells.size != t.customers:
			return fmt.Errorf("publication: %s gives the column %s with %d cells, want %d", stage, c.Name, cells.size, t.customers)
		case again:
			return fmt.Errorf("publication: %s gives the column %s twice", stage, c.Name)
		}
		t.cells[c] = cells
	}
	for _, c := range slices.Concat(column.Customers, column.State) {
		if _, given := t.cells[c]; c.Stage == stage && c != column.Rank && c.Asked == "" && !given {
			return fmt.Errorf("publication: %s gives no column %s", stage, c.Name)
		}
	}
	return nil
}

// AddAttribute takes a column that the job file maps. Attributes stand behind the
// columns of the registry, in the order in which they are added.
func (t *Tables) AddAttribute(name string, cells Cells) error {
	if _, taken := column.Named(column.Customers, name); taken {
		return fmt.Errorf("publication: an attribute is named %s, as a column is", name)
	}
	if cells.size != t.customers {
		return fmt.Errorf("publication: the attribute %s has %d cells, want %d", name, cells.size, t.customers)
	}
	t.attributes = append(t.attributes, attribute{name, cells})
	return nil
}
