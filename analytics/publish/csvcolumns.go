package publish

import (
	"io"
	"iter"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// WriteCSVColumns is [WriteCSV] for a table whose columns are slices of Go, some rows at a
// time. The bytes are the same; no Arrow arrays are made of them.
func WriteCSVColumns(w io.Writer, schema *arrow.Schema, groups iter.Seq[RowGroup], o CSVOptions) (rows int64, err error) {
	if err := checkSchema(schema); err != nil {
		return 0, err
	}
	if _, err := w.Write(headerLine(schema, o)); err != nil {
		return 0, err
	}
	f := newFormatter(w, o)
	defer f.release()
	for group := range groups {
		columns := make([]column, schema.NumFields())
		for i, field := range schema.Fields() {
			col := group.Col(i).withDayNumbers()
			if err := col.check(field, i, group.Rows, rows); err != nil {
				return rows, err
			}
			columns[i] = col.resolve(f.guard, f.places)
		}
		if err := f.queue(nil, columns, group.Rows); err != nil {
			return rows, err
		}
		rows += int64(group.Rows)
	}
	return rows, f.flush()
}

// resolve settles how the cells are written, as resolveColumns does for Arrow arrays.
func (c Col) resolve(guard bool, places map[string]int) (as column) {
	if c.Valid != nil {
		as.isNull = func(row int) bool { return !c.Valid[row] }
	}
	fixed, isFixed := places[c.Name]
	switch v := c.Values.(type) {
	case []string:
		as.append = texts(func(row int) string { return v[row] }, guard)
	case []int64:
		as.append = signed(v)
	case []float64:
		if as.append = floats(v, 64); isFixed {
			as.append = fixedFloats(v, fixed)
		}
	case []bool:
		as.append = func(dst []byte, row int) []byte { return strconv.AppendBool(dst, v[row]) }
	case []decimal128.Num:
		value := func(row int) decimal128.Num { return v[row] }
		if as.append = decimals(value, c.Scale); isFixed {
			as.append = fixedDecimals(value, c.Scale, fixed)
		}
	case []arrow.Date32:
		as.append = days(v)
	}
	return as
}
