package publish

import (
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// column writes the cells of one column of one batch.
type column struct {
	isNull func(row int) bool // nil where no value is null
	append appendValue
}

// appendValue appends the text of the value at row, which is not null.
type appendValue func(dst []byte, row int) []byte

// appendCell appends the cell at row; null appends nothing.
func (c *column) appendCell(dst []byte, row int) []byte {
	if c.isNull != nil && c.isNull(row) {
		return dst
	}
	return c.append(dst, row)
}

// resolveColumns settles once a batch what would otherwise be asked once a
// cell: the type, and whether there are nulls.
func resolveColumns(batch arrow.RecordBatch, guard bool, places map[string]int) []column {
	columns := make([]column, batch.NumCols())
	for i, values := range batch.Columns() {
		if n, fixed := places[batch.ColumnName(i)]; fixed {
			columns[i].append = resolveFixed(values, n)
		}
		if columns[i].append == nil {
			columns[i].append = resolveValue(values, guard)
		}
		if values.NullN() > 0 {
			columns[i].isNull = values.IsNull
		}
	}
	return columns
}

// resolveFixed picks the text form for numbers with so many fractional digits; nil for
// types that have none.
func resolveFixed(values arrow.Array, places int) appendValue {
	switch a := values.(type) {
	case *array.Float64:
		return fixedFloats(a.Float64Values(), places)
	case *array.Decimal128:
		return fixedDecimals(a.Value, decimalScale(a), places)
	}
	return nil
}

// resolveValue picks the text form for the type of values, one of those that
// publishable admits.
func resolveValue(values arrow.Array, guard bool) appendValue {
	switch a := values.(type) {
	case *array.String:
		return texts(a.Value, guard)
	case *array.LargeString:
		return texts(a.Value, guard)
	case *array.Dictionary:
		return dictionary(a, guard)
	case *array.Boolean:
		return func(dst []byte, row int) []byte { return strconv.AppendBool(dst, a.Value(row)) }
	case *array.Float64:
		return floats(a.Float64Values(), 64)
	case *array.Float32:
		return floats(a.Float32Values(), 32)
	case *array.Decimal128:
		return decimals(a.Value, decimalScale(a))
	case *array.Date32:
		return days(a.Date32Values())
	case *array.Timestamp:
		return timestamps(a)
	default:
		return resolveInteger(values)
	}
}

func resolveInteger(values arrow.Array) appendValue {
	switch a := values.(type) {
	case *array.Int8:
		return signed(a.Int8Values())
	case *array.Int16:
		return signed(a.Int16Values())
	case *array.Int32:
		return signed(a.Int32Values())
	case *array.Int64:
		return signed(a.Int64Values())
	case *array.Uint8:
		return unsigned(a.Uint8Values())
	case *array.Uint16:
		return unsigned(a.Uint16Values())
	case *array.Uint32:
		return unsigned(a.Uint32Values())
	case *array.Uint64:
		return unsigned(a.Uint64Values())
	default:
		// Null columns have no values; other types do not pass checkSchema.
		return func(dst []byte, _ int) []byte { return dst }
	}
}

func texts(value func(int) string, guard bool) appendValue {
	return func(dst []byte, row int) []byte { return appendText(dst, value(row), guard) }
}

func dictionary(a *array.Dictionary, guard bool) appendValue {
	entry := resolveValue(a.Dictionary(), guard)
	return func(dst []byte, row int) []byte { return entry(dst, a.GetValueIndex(row)) }
}

func signed[T int8 | int16 | int32 | int64](values []T) appendValue {
	return func(dst []byte, row int) []byte { return strconv.AppendInt(dst, int64(values[row]), 10) }
}

func unsigned[T uint8 | uint16 | uint32 | uint64](values []T) appendValue {
	return func(dst []byte, row int) []byte { return strconv.AppendUint(dst, uint64(values[row]), 10) }
}

func floats[T float32 | float64](values []T, bits int) appendValue {
	return func(dst []byte, row int) []byte { return appendFloat(dst, float64(values[row]), bits) }
}

func days(values []arrow.Date32) appendValue {
	return func(dst []byte, row int) []byte { return appendDay(dst, values[row]) }
}

func decimals(value func(int) decimal128.Num, scale int32) appendValue {
	return func(dst []byte, row int) []byte { return appendDecimal(dst, value(row), scale) }
}

func decimalScale(a *array.Decimal128) int32 { return a.DataType().(*arrow.Decimal128Type).Scale }

func timestamps(a *array.Timestamp) appendValue {
	unit := a.DataType().(*arrow.TimestampType).Unit
	return func(dst []byte, row int) []byte { return appendInstant(dst, a.Value(row), unit) }
}
