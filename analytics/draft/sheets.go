package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A workbook has sheets of several sorts: the rows themselves, sums of them, lists of
// customers or of choices. Only the first are purchases, and to read two sheets that have the
// same ones would count them twice.

// hasItsOwn is why a sheet with purchases of its own is not read, where a person chose
// another. It is not joined to that either.
const hasItsOwn = "another sheet has the purchases"

// chooseSheets says which sheets of each workbook have the purchases. The others are left
// for what they may add to them.
func (d *Draft) chooseSheets(tables []*table, a Answers) error {
	books := map[string][]*table{}
	for _, t := range tables {
		if t.look.Sheet != "" {
			books[t.path] = append(books[t.path], t)
		}
	}
	if err := areSheets(tables, a.Sheets); err != nil {
		return err
	}
	for _, t := range tables { // in the order in which they were given
		if sheets := books[t.path]; len(sheets) > 0 && sheets[0] == t {
			if err := chooseAmong(sheets, tables, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// areSheets holds the sheets that somebody named against those that there are.
func areSheets(tables []*table, named []string) error {
	var all []string
	for _, t := range tables {
		if t.look.Sheet != "" && !slices.Contains(all, t.look.Sheet) {
			all = append(all, t.look.Sheet)
		}
	}
	for _, name := range named {
		if !slices.Contains(all, name) {
			return &Question{Key: "sheet", Text: fmt.Sprintf("--sheet: no workbook with rows on several sheets has one called %q; the sheets are: %s", name, cmp.Or(strings.Join(all, ", "), "none"))}
		}
	}
	return nil
}

// chooseAmong chooses among the sheets of one workbook.
func chooseAmong(sheets, all []*table, a Answers) error {
	said := slices.DeleteFunc(slices.Clone(sheets), func(t *table) bool { return !slices.Contains(a.Sheets, t.look.Sheet) })
	chosen := said
	if len(said) == 0 {
		chosen = slices.DeleteFunc(slices.Clone(sheets), func(t *table) bool { return t.lacks(all, a) != "" })
	}
	if len(said) == 0 && len(chosen) > 1 && !areParts(chosen) {
		return whichSheet(chosen)
	}
	for _, t := range sheets {
		switch {
		case len(chosen) == 0: // what is missing is asked about where it is looked for
		case !slices.Contains(chosen, t):
			t.aside = cmp.Or(t.lacks(all, a), hasItsOwn)
		case len(said) > 0:
			t.sheetWhy = "as you said"
		case len(chosen) > 1:
			t.sheetWhy = fmt.Sprintf("%d sheets have these columns, and none of the rows looked at is in two of them: all are read", len(chosen))
		default:
			t.sheetWhy = "no other sheet of the workbook says who bought, when and for how much"
		}
	}
	for _, t := range chosen {
		t.beside = slices.DeleteFunc(slices.Clone(sheets), func(s *table) bool { return slices.Contains(chosen, s) })
	}
	return nil
}

// whichSheet asks which of several sheets is to be read.
func whichSheet(sheets []*table) error {
	q := &Question{Key: "sheet", Flag: "sheet"}
	for _, t := range sheets {
		q.Choices = append(q.Choices, t.look.Sheet)
	}
	q.fits = oneOf(q.Choices)
	q.Text = fmt.Sprintf("%s: several of its sheets may have the purchases (%s), and to read all might count them twice: which is to be read", sheets[0].path, strings.Join(q.Choices, ", "))
	return q
}

// lacks is what a table lacks to be a list of purchases; empty: nothing.
func (t *table) lacks(all []*table, a Answers) string {
	for _, k := range kinds {
		if _, complete := k.findJoins(t, all); complete && k.matches(t) {
			return ""
		}
	}
	r := findRoles(t)
	switch who := a.Customer != "" && t.mentions(a.Customer); {
	case !r.hasSales(a):
		return "no column of it is a time with an amount of money"
	case !who && r.best(roleCustomer) == nil && r.best(roleEmail) == nil && r.best(rolePhone) == nil:
		return "no column of it says who bought"
	}
	return ""
}

// areParts tells whether sheets are parts of one list, such as one for each month: the same
// columns, and not the same rows.
func areParts(sheets []*table) bool {
	const most = 0.1 // of the rows of a sheet that may stand in another by chance
	for i, a := range sheets {
		rows := map[string]bool{}
		for _, row := range a.look.Rows {
			rows[strings.Join(row, "\x1f")] = true
		}
		for _, b := range sheets[i+1:] {
			if !slices.Equal(a.names(), b.names()) {
				return false
			}
			same := 0
			for _, row := range b.look.Rows {
				same += boolTo(rows[strings.Join(row, "\x1f")])
			}
			if float64(same) > most*float64(min(len(a.look.Rows), len(b.look.Rows))) {
				return false
			}
		}
	}
	return true
}

// addSheet says which sheet of a workbook it is, and why not another.
func (s *Source) addSheet() {
	if s.table.look.Sheet == "" {
		return
	}
	d := &Decision{Key: "sheet", Value: s.table.look.Sheet, Why: s.table.sheetWhy, Sure: Likely}
	if d.Why == "as you said" {
		d.Sure = Known
	}
	for _, t := range s.table.beside {
		d.Others = append(d.Others, Other{t.look.Sheet, t.aside})
	}
	s.add(d)
}
