package query

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/internal/money"
)

// WriteJSON writes the rows as a list of objects, one a line, with the columns in their
// order. Amounts are text, so that no reader rounds them; days are as 2011-12-10; what is
// empty is null.
func (a *Answer) WriteJSON(w io.Writer) error {
	out := bufio.NewWriter(w)
	keys, err := keysOf(a.Schema())
	if err != nil {
		return err
	}
	before := "["
	for batch, err := range a.Batches() {
		if err != nil {
			return err
		}
		for row := range int(batch.NumRows()) {
			text, err := objectOf(keys, batch, row)
			if err != nil {
				return err
			}
			out.WriteString(before + "\n  ") //nolint:errcheck // Flush gives the first error
			out.Write(text)                  //nolint:errcheck
			before = ","
		}
	}
	if before == "[" {
		out.WriteString("[") //nolint:errcheck
	}
	out.WriteString("\n]\n") //nolint:errcheck
	return out.Flush()
}

// keysOf are the names of columns as JSON has them.
func keysOf(schema *arrow.Schema) ([][]byte, error) {
	keys := make([][]byte, schema.NumFields())
	for i, f := range schema.Fields() {
		key, err := json.Marshal(f.Name)
		if err != nil {
			return nil, err
		}
		keys[i] = key
	}
	return keys, nil
}

func objectOf(keys [][]byte, batch arrow.RecordBatch, row int) ([]byte, error) {
	var text bytes.Buffer
	text.WriteByte('{')
	for i, column := range batch.Columns() {
		if i > 0 {
			text.WriteString(", ")
		}
		cell, err := json.Marshal(cellOf(column, row))
		if err != nil {
			return nil, err
		}
		text.Write(keys[i])
		text.WriteString(": ")
		text.Write(cell)
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

func cellOf(column arrow.Array, row int) any {
	if column.IsNull(row) {
		return nil
	}
	decimals, is := column.(*array.Decimal128)
	if !is {
		return column.GetOneForMarshal(row)
	}
	n, scale := decimals.Value(row), decimals.DataType().(*arrow.Decimal128Type).Scale
	if whole, err := rescaled(n, scale); err == nil {
		return money.Of(whole)
	}
	return n.ToString(scale)
}

// rescaled is a decimal with as many places as an amount has.
func rescaled(n decimal128.Num, scale int32) (decimal128.Num, error) {
	if scale == money.Scale {
		return n, nil
	}
	return n.Rescale(scale, money.Scale)
}
