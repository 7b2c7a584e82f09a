package publish

import (
	"errors"
	"fmt"
	"math"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// checkSchema admits tables that every format can hold: at least one column,
// each of its own name, all of publishable types. CSV and Parquet share the
// rule, so that a table never turns out in one format and fails in the other.
func checkSchema(schema *arrow.Schema) error { return checkSchemaOf(schema, publishable) }

// checkParquetSchema admits lists too, which CSV has none of.
func checkParquetSchema(schema *arrow.Schema) error {
	return checkSchemaOf(schema, func(t arrow.DataType) bool {
		if list, is := t.(*arrow.ListType); is {
			t = list.Elem()
		}
		return publishable(t)
	})
}

func checkSchemaOf(schema *arrow.Schema, publishable func(arrow.DataType) bool) error {
	if schema.NumFields() == 0 {
		return errors.New("publish: a table needs at least one column")
	}
	seen := make(map[string]bool, schema.NumFields())
	for _, field := range schema.Fields() {
		if seen[field.Name] {
			return fmt.Errorf("publish: column %q appears twice; give each column its own name", field.Name)
		}
		seen[field.Name] = true
		if !publishable(field.Type) {
			return fmt.Errorf("publish: column %q has type %s; want text, a number, a decimal, "+
				"a boolean, a date or a timestamp", field.Name, field.Type)
		}
	}
	return nil
}

// publishable tells whether cells of the type can be written.
func publishable(t arrow.DataType) bool {
	switch t.ID() {
	case arrow.STRING, arrow.LARGE_STRING, arrow.BOOL, arrow.NULL,
		arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64,
		arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.UINT64,
		arrow.FLOAT32, arrow.FLOAT64, arrow.DECIMAL128,
		arrow.DATE32, arrow.TIMESTAMP:
		return true
	case arrow.DICTIONARY:
		entry := t.(*arrow.DictionaryType).ValueType.ID()
		return entry == arrow.STRING || entry == arrow.LARGE_STRING
	default:
		return false
	}
}

// checkBatch verifies that batch is what schema promised and that its numbers
// can be published. before is the number of rows in earlier batches.
func checkBatch(schema *arrow.Schema, batch arrow.RecordBatch, before int64) error {
	if int(batch.NumCols()) != schema.NumFields() {
		return fmt.Errorf("publish: got a batch of %d columns, want %d", batch.NumCols(), schema.NumFields())
	}
	for i, field := range schema.Fields() {
		if err := checkColumn(field, i, batch.ColumnName(i), batch.Column(i), int(batch.NumRows()), before); err != nil {
			return err
		}
	}
	return nil
}

// checkColumn verifies that the column at a place is what field promised.
func checkColumn(field arrow.Field, at int, name string, values arrow.Array, rows int, before int64) error {
	if err := checkShape(field, at, name, values.DataType(), values.Len(), rows); err != nil {
		return err
	}
	if err := checkNulls(field, values.NullN() > 0); err != nil {
		return err
	}
	if row := firstNotFinite(values); row >= 0 {
		return notFinite(name, before+int64(row)+1, values.ValueStr(row))
	}
	return nil
}

// checkShape verifies name, type and length of the column at a place.
func checkShape(field arrow.Field, at int, name string, t arrow.DataType, values, rows int) error {
	if name != field.Name || !arrow.TypeEqual(t, field.Type) {
		return fmt.Errorf("publish: column %d of a batch is %q of type %s, want %q of type %s",
			at+1, name, t, field.Name, field.Type)
	}
	if values != rows {
		return fmt.Errorf("publish: column %q has %d values, want %d", name, values, rows)
	}
	return nil
}

// checkNulls verifies that there are none where there may be none: a Parquet file would be
// unreadable, not merely wrong.
func checkNulls(field arrow.Field, any bool) error {
	if !field.Nullable && any {
		return fmt.Errorf("publish: column %q has a null although its schema rules nulls out", field.Name)
	}
	return nil
}

func notFinite(name string, row int64, value string) error {
	return fmt.Errorf("publish: column %q, row %d: %s is not a number to publish; want a finite number or null", name, row, value)
}

// firstNotFinite gives the first row with a NaN or an infinity, or -1.
func firstNotFinite(values arrow.Array) int {
	switch a := values.(type) {
	case *array.Float64:
		return firstNotFiniteOf(a.Float64Values(), a.IsValid)
	case *array.Float32:
		return firstNotFiniteOf(a.Float32Values(), a.IsValid)
	default:
		return -1
	}
}

func firstNotFiniteOf[T float32 | float64](values []T, isValid func(row int) bool) int {
	for row, v := range values {
		// What lies under a null is not looked at.
		if f := float64(v); (math.IsNaN(f) || math.IsInf(f, 0)) && isValid(row) {
			return row
		}
	}
	return -1
}
