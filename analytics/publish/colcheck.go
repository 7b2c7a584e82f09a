package publish

import (
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
