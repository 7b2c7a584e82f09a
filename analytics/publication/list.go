package publication

import (
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// CheckList refuses a list that is not as the registry says (see [column.Lists]): other
// columns, another order or other types.
func CheckList(file string, given []publish.Col) error {
	l, known := column.ListOf(file)
	if !known {
		return fmt.Errorf("publication: %s is not in the registry; add it to column.Lists", file)
	}
	at := 0
	for _, c := range l.Columns {
		switch {
		case at < len(given) && given[at].Name == c.Name:
			if found := typeOfCells(given[at]); found != c.Type {
				return fmt.Errorf("publication: %s has the column %s as %s, want %s", file, c.Name, found, c.Type)
			}
			at++
		case c.Asked == "":
			return fmt.Errorf("publication: %s has no column %s in place %d", file, c.Name, at+1)
		}
	}
	if at < len(given) {
		return fmt.Errorf("publication: %s has the column %s, which is not in the registry or has another place there", file, given[at].Name)
	}
	return nil
}

// typeOfCells is the type of a column by its values; empty: none that a publication has.
func typeOfCells(c publish.Col) column.Type {
	switch c.Values.(type) {
	case []string:
		return column.Text
	case []int64:
		return column.Count
	case []float64:
		return column.Number
	case []time.Time, []arrow.Date32:
		return column.Day
	case []decimal128.Num:
		return column.Amount
	}
	return ""
}
