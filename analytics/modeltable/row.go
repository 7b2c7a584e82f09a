package modeltable

import (
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/ledger"
	"clientele/clv"
)

// idColumn is the column that is not a number.
const idColumn = "customer_id"

// gapsColumn is that of clv.Panel.LnGaps, by the name that R packages give it: the
// logarithms of intertransaction times.
const gapsColumn = "litt"

// numberColumns are the columns of numbers of a table whose header is names, x
// first.
func (t *Table) numberColumns(names []string) ([]string, error) {
	numbers := []string{"x", "t_x", "t"}
	for _, needed := range append([]string{idColumn}, numbers...) {
		if !slices.Contains(names, needed) {
			return nil, t.fail("has no column %q; expected a header with customer_id, x, t_x, t and, if known, spend and weight; found %s",
				needed, namesFound(names))
		}
	}
	for _, optional := range []string{"spend", "weight", gapsColumn} {
		if slices.Contains(names, optional) {
			numbers = append(numbers, optional)
		}
	}
	for _, read := range append([]string{idColumn}, numbers...) {
		if slices.Contains(names[slices.Index(names, read)+1:], read) {
			return nil, t.fail("has two columns %q; expected one, for which of them counts cannot be told; rename or drop the other", read)
		}
	}
	return numbers, nil
}

// namesFound tells which of the names of a header mean something here. The others
// stay unsaid: where there is no header, they are a customer.
func namesFound(names []string) string {
	var known []string
	for _, name := range []string{idColumn, "x", "t_x", "t", "spend", "weight", gapsColumn} {
		if slices.Contains(names, name) {
			known = append(known, name)
		}
	}
	if len(known) == 0 {
		return fmt.Sprintf("none of these in %d columns", len(names))
	}
	found := strings.Join(known, ", ")
	if others := len(names) - len(known); others > 0 {
		return fmt.Sprintf("%s and %d more", found, others)
	}
	return found
}

// cell is what a table has where a number should be.
type cell struct {
	number   float64
	isNumber bool
	text     string // as written; "" where there is nothing
}

// add adds a customer with a cell for each of numbers.
func (t *Table) add(id string, numbers []string, cells []cell) error {
	for i, name := range numbers {
		c := cells[i]
		if noRepeat := cells[0].number == 0; noRepeat && (name == "spend" || name == gapsColumn) && c.text == "" {
			c = cell{isNumber: true} // no repeat purchase, no spend on one and no gap before
		}
		if !c.isNumber {
			found := "nothing"
			if c.text != "" {
				found = "something else"
			}
			return fmt.Errorf("%s: expected a number, found %s", name, found)
		}
		into := t.column(name)
		*into = append(*into, c.number)
	}
	t.ID = append(t.ID, id)
	return t.checkLast()
}

// checkLast checks the values of the row that was added last, as long as it is
// known where it stands.
func (t *Table) checkLast() error {
	i := len(t.ID) - 1
	if err := clv.CheckRow(t.Panel.X[i], t.Panel.TX[i], t.Panel.T[i]); err != nil {
		return err
	}
	if t.Panel.Weight != nil {
		if w := t.Panel.Weight[i]; !(w >= 0 && w <= clv.MaxCount) {
			return fmt.Errorf("weight is not a number from 0 to %v", float64(clv.MaxCount))
		}
	}
	if t.Panel.LnGaps != nil {
		if err := clv.CheckGaps(t.Panel.X[i], t.Panel.TX[i], t.Panel.LnGaps[i]); err != nil {
			return err
		}
	}
	if t.Spend != nil {
		// Below zero is a customer who gave back more than was bought.
		if m := t.Spend[i]; !(m >= -clv.MaxSpend && m <= clv.MaxSpend) {
			return fmt.Errorf("spend is not an amount from %v to %v", -clv.MaxSpend, clv.MaxSpend)
		}
	}
	return nil
}

func (t *Table) column(name string) *[]float64 {
	switch name {
	case "x":
		return &t.Panel.X
	case "t_x":
		return &t.Panel.TX
	case "t":
		return &t.Panel.T
	case "weight":
		return &t.Panel.Weight
	case gapsColumn:
		return &t.Panel.LnGaps
	default:
		return &t.Spend
	}
}

// rowError is a fault of the row at a place of the table.
func rowError(place string, err error) error {
	return &ledger.DataError{Path: place, Message: err.Error()}
}
