package nighttest

import (
	"reflect"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/publication"
)

// Row is what the columns say of one customer, by name: days as int32, an empty cell as
// nil.
func Row(columns publication.Columns, customer int) map[string]any {
	row := map[string]any{}
	for c, cells := range columns {
		col := cells.Of(c.Name, []int{customer})
		cell := reflect.ValueOf(col.Values).Index(0).Interface()
		if day, ok := cell.(arrow.Date32); ok {
			cell = int32(day)
		}
		row[c.Name] = cell
		if col.Valid != nil && !col.Valid[0] {
			row[c.Name] = nil
		}
	}
	return row
}
