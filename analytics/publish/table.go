package publish

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// moneyPrecision is the most decimal digits that a 128-bit decimal can promise.
const moneyPrecision = 38

// Col is one column of a small table that is at hand as a Go slice.
type Col struct {
	Name string

	// Values is one of []string, []int64, []float64, []bool, []decimal128.Num
	// (see Scale), []arrow.Date32 and []time.Time (calendar days in their own
	// locations; the zero time is null).
	Values any

	// Valid tells which values are present; nil means all.
	Valid []bool

	// Starts is where the list of each row begins among Values, and then where the last one
	// ends, of a column of lists, which Parquet alone has and in which all is present; nil:
	// a value a row.
	Starts []int64

	// Scale is the number of decimal places of []decimal128.Num: the value 1234
	// at scale 2 is 12.34.
	Scale int32
}

// NewTable makes a record batch of columns of equal length, for tables too
// small to come from the engine. The caller releases it. nil for mem means
// Arrow's default allocator.
func NewTable(mem memory.Allocator, cols ...Col) (arrow.RecordBatch, error) {
	if mem == nil {
		mem = memory.DefaultAllocator
	}
	fields := make([]arrow.Field, len(cols))
	arrays := make([]arrow.Array, 0, len(cols))
	defer func() {
		for _, a := range arrays {
			a.Release()
		}
	}()
	for i, c := range cols {
		values, err := c.build(mem)
		if err != nil {
			return nil, err
		}
		arrays = append(arrays, values)
		fields[i] = arrow.Field{Name: c.Name, Type: values.DataType(), Nullable: true}
		if values.Len() != arrays[0].Len() {
			return nil, fmt.Errorf("publish: column %q has %d values, want %d as in column %q",
				c.Name, values.Len(), arrays[0].Len(), cols[0].Name)
		}
	}
	schema := arrow.NewSchema(fields, nil)
	if err := checkSchema(schema); err != nil {
		return nil, err
	}
	return array.NewRecordBatch(schema, arrays, int64(arrays[0].Len())), nil
}

// Batches gives record batches that are at hand as the sequence that
// [WriteCSV] and [WriteParquet] take. They stay the caller's.
func Batches(batches ...arrow.RecordBatch) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for _, batch := range batches {
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// build makes the Arrow array.
func (c Col) build(mem memory.Allocator) (arrow.Array, error) {
	c = c.withDayNumbers()
	switch v := c.Values.(type) {
	case []string:
		return fill(c, array.NewStringBuilder(mem), v)
	case []int64:
		return fill(c, array.NewInt64Builder(mem), v)
	case []float64:
		return fill(c, array.NewFloat64Builder(mem), v)
	case []bool:
		return fill(c, array.NewBooleanBuilder(mem), v)
	case []decimal128.Num:
		t := &arrow.Decimal128Type{Precision: moneyPrecision, Scale: c.Scale}
		return fill(c, array.NewDecimal128Builder(mem, t), v)
	case []arrow.Date32:
		return fill(c, array.NewDate32Builder(mem), v)
	default:
		return nil, c.notListed()
	}
}

func (c Col) notListed() error {
	return fmt.Errorf("publish: column %q: values are %T, want one of the slices that Col.Values lists", c.Name, c.Values)
}

// checkMarks verifies that there are as many marks of presence as values, if any.
func (c Col) checkMarks(values int) error {
	if c.Valid != nil && len(c.Valid) != values {
		return fmt.Errorf("publish: column %q has %d values and %d marks of presence", c.Name, values, len(c.Valid))
	}
	return nil
}

// bulkBuilder is what Arrow's builders of one value type have in common.
type bulkBuilder[T any] interface {
	AppendValues(values []T, valid []bool)
	NewArray() arrow.Array
	Release()
}

func fill[T any](c Col, b bulkBuilder[T], values []T) (arrow.Array, error) {
	defer b.Release()
	if err := c.checkMarks(len(values)); err != nil {
		return nil, err
	}
	b.AppendValues(values, c.Valid)
	return b.NewArray(), nil
}

// withDayNumbers is the column with day numbers in place of times, if it has times.
func (c Col) withDayNumbers() Col {
	if times, are := c.Values.([]time.Time); are {
		return c.withDays(times)
	}
	return c
}

// withDays replaces times by day numbers, and zero times by nulls. Marks that
// do not fit the times are kept for fill to refuse.
func (c Col) withDays(times []time.Time) Col {
	days, valid := make([]arrow.Date32, len(times)), slices.Clone(c.Valid)
	if valid == nil {
		valid = slices.Repeat([]bool{true}, len(times))
	}
	for i, t := range times {
		if t.IsZero() && i < len(valid) {
			valid[i] = false
		}
		year, month, day := t.Date()
		days[i] = arrow.Date32(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
	}
	c.Values, c.Valid = days, valid
	return c
}
