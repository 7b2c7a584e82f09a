package feeds

import (
	"slices"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// source is the rows of one file: whose they are, and the cells of its fields.
type source struct {
	name   string
	fields shapes.Fields
	types  []column.Type // of the cells
	each   func(do func(ids, cells []string) error) error
}

// profiles are the rows of all customers.
func (f *Feed) profiles(p *publication.Publication) source {
	s := source{name: "profiles", fields: f.Properties, types: typesOf(f.Properties, column.Customers)}
	s.each = func(do func(ids, cells []string) error) (err error) {
		columns := append(columnsOf(f.IDs), columnsOf(f.Properties)...)
		failed := p.EachCustomerCells(columns, func(cells []string) {
			if err == nil {
				err = do(cells[:len(f.IDs)], cells[len(f.IDs):])
			}
		})
		if err == nil {
			err = failed
		}
		return err
	}
	return s
}

// tiers are the changes of tier: all of them, or the last of each customer.
func (f *Feed) tiers(p *publication.Publication, known *people) source {
	s := source{name: "tiers", fields: f.Shape.Tiers, types: typesOf(f.Shape.Tiers, column.TiersDelta.Columns)}
	s.each = func(do func(ids, cells []string) error) error {
		var changes []listed
		err := p.EachRow(column.TiersDelta, func(r *publication.ListRow) bool {
			changes = append(changes, cellsOf(r, f.Shape.Tiers))
			return true
		})
		if err != nil {
			return err
		}
		if !f.Shape.EachChange {
			changes = lastOfEach(changes)
		}
		for _, c := range changes {
			if err := do(known.ids(c.customer), c.cells); err != nil {
				return err
			}
		}
		return nil
	}
	return s
}

// lastOfEach keeps the last row of each customer, in order.
func lastOfEach(rows []listed) []listed {
	last := map[string]int{}
	for i, r := range rows {
		last[r.customer] = i
	}
	var kept []listed
	for i, r := range rows {
		if last[r.customer] == i {
			kept = append(kept, r)
		}
	}
	return kept
}

// list are the contacts of a channel, but for customers who may not be contacted.
func (f *Feed) list(p *publication.Publication, file string, known *people) source {
	channel, _ := column.Contacts.Matches(file)
	s := source{name: "lists/" + channel, fields: f.Shape.Lists, types: typesOf(f.Shape.Lists, column.Contacts.Columns)}
	s.each = func(do func(ids, cells []string) error) error {
		var failed error
		err := p.EachRowOf(column.Contacts, file, func(r *publication.ListRow) bool {
			c := cellsOf(r, f.Shape.Lists)
			if !known.contactable(c.customer) {
				return true
			}
			failed = do(known.ids(c.customer), c.cells)
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		return err
	}
	return s
}

// listed is a row of a list of ours.
type listed struct {
	customer string
	cells    []string
}

func cellsOf(r *publication.ListRow, fields shapes.Fields) listed {
	row := listed{customer: r.Text(column.CustomerID.Name)}
	for _, f := range fields {
		row.cells = append(row.cells, r.Text(f.Column))
	}
	return row
}

func columnsOf(fields shapes.Fields) (columns []string) {
	for _, f := range fields {
		columns = append(columns, f.Column)
	}
	return columns
}

// typesOf are the types of the columns of fields; text where a job maps the column.
func typesOf(fields shapes.Fields, among []*column.Column) (types []column.Type) {
	for _, f := range fields {
		t := column.Text
		if c, is := column.Named(among, f.Column); is {
			t = c.Type
		}
		types = append(types, t)
	}
	return types
}

// people are what is known of customers beside what lists say of them.
type people struct {
	of      map[string][]string // ids, where not all of them are ours
	silent  map[string]bool     // may not be contacted
	columns []string            // of ids
}

// people reads what rows of lists need of customers.
func (f *Feed) people(p *publication.Publication) (*people, error) {
	known := &people{columns: columnsOf(f.IDs), silent: map[string]bool{}}
	columns := []string{column.CustomerID.Name}
	others := slices.ContainsFunc(known.columns, func(c string) bool { return c != column.CustomerID.Name })
	if others && (f.Tiers || f.Lists) {
		known.of = map[string][]string{}
		columns = append(columns, known.columns...)
	}
	asked := f.Lists && p.Consent != nil
	if asked {
		columns = append(columns, column.Contactable.Name)
	}
	if len(columns) == 1 {
		return known, nil
	}
	err := p.EachCustomerCells(columns, func(cells []string) {
		id := cells[0]
		if known.of != nil {
			known.of[id] = slices.Clone(cells[1 : 1+len(known.columns)])
		}
		if asked && cells[len(cells)-1] != mayBeContacted {
			known.silent[id] = true
		}
	})
	return known, err
}

// mayBeContacted is what column.Contactable says of customers whom a list may name.
const mayBeContacted = "yes"

// contactable tells whether a list may name a customer.
func (k *people) contactable(customer string) bool { return !k.silent[customer] }

// ids are those of a customer, in the order of the feed's. Of a customer who is not in the
// exports any more, such as a member who left, only our own is known.
func (k *people) ids(customer string) []string {
	if ids, known := k.of[customer]; known {
		return ids
	}
	ids := make([]string, len(k.columns))
	for i, c := range k.columns {
		if c == column.CustomerID.Name {
			ids[i] = customer
		}
	}
	return ids
}
