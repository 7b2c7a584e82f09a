package engine

import "clientele/analytics/publication/column"

// TypeOf is the engine's type for the cells of a column.
func TypeOf(t column.Type) string {
	switch t {
	case column.Count:
		return "BIGINT"
	case column.Number:
		return "DOUBLE"
	case column.Day:
		return "DATE"
	case column.Amount:
		return "DECIMAL(38, 6)"
	case column.Text:
	}
	return "VARCHAR"
}
