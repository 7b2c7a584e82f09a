package publish

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// check verifies that a column is what field promised, as checkColumn does of Arrow arrays.
func (c Col) check(field arrow.Field, at, rows int, before int64) error {
	t, values := c.shape()
	if t == nil {
		return c.notListed()
	}
	if err := c.checkMarks(values); err != nil {
		return err
	}
	if c.Starts != nil {
		return c.checkLists(field, at, t, rows)
	}
	if err := checkShape(field, at, c.Name, t, values, rows); err != nil {
		return err
	}
	if err := checkNulls(field, slices.Contains(c.Valid, false)); err != nil {
		return err
	}
	numbers, _ := c.Values.([]float64)
	if row := firstNotFiniteOf(numbers, func(row int) bool { return c.Valid == nil || c.Valid[row] }); row >= 0 {
		return notFinite(c.Name, before+int64(row)+1, strconv.FormatFloat(numbers[row], 'g', -1, 64))
	}
	return nil
}

// checkLists is the rest of check for a column of lists.
func (c Col) checkLists(field arrow.Field, at int, of arrow.DataType, rows int) error {
	_, values := c.shape()
	if c.Valid != nil || len(c.Starts) == 0 || !slices.IsSorted(c.Starts) || c.Starts[0] != 0 || c.Starts[len(c.Starts)-1] != int64(values) {
		return fmt.Errorf("publish: column %q: its lists have marks of presence, or do not begin and end where its %d values do", c.Name, values)
	}
	return checkShape(field, at, c.Name, arrow.ListOfNonNullable(of), len(c.Starts)-1, rows)
}

// SchemaOf is the schema of columns, with nulls allowed in all of them. Errors are those of
// [NewTable].
func SchemaOf(cols ...Col) (*arrow.Schema, error) {
	fields := make([]arrow.Field, len(cols))
	for i, c := range cols {
		t, _ := c.withDayNumbers().shape()
		if t == nil {
			return nil, c.notListed()
		}
		fields[i] = arrow.Field{Name: c.Name, Type: t, Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	return schema, checkSchema(schema)
}

// Len is the number of values.
func (c Col) Len() int {
	_, values := c.withDayNumbers().shape()
	return values
}

// shape is the type of the column in Arrow, and how many values it has; nil: it is none that
// a Col can have. Times are days by now.
func (c Col) shape() (arrow.DataType, int) {
	switch v := c.Values.(type) {
	case []string:
		return arrow.BinaryTypes.String, len(v)
	case []int64:
		return arrow.PrimitiveTypes.Int64, len(v)
	case []float64:
		return arrow.PrimitiveTypes.Float64, len(v)
	case []bool:
		return arrow.FixedWidthTypes.Boolean, len(v)
	case []decimal128.Num:
		return &arrow.Decimal128Type{Precision: moneyPrecision, Scale: c.Scale}, len(v)
	case []arrow.Date32:
		return arrow.FixedWidthTypes.Date32, len(v)
	}
	return nil, 0
}
