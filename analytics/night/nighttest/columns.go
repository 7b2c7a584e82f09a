package nighttest

import (
	"bytes"
	"encoding/csv"
	"io"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// Published is what a stage gives of each customer, as it is published or remembered:
// texts by the name of the column. That the stage gives all its columns, and no others,
// is required.
func Published(t testing.TB, stage column.Stage, columns publication.Columns) []map[string]string {
	t.Helper()
	customers := 0
	for _, cells := range columns {
		customers = cells.Len()
	}
	tables := publication.NewTables(customers)
	require.NoError(t, tables.Add(stage, columns))
	order := make([]int, customers)
	for i := range order {
		order[i] = i
	}
	rows := texts(t, tables.Customers(order))
	if len(rememberedBy(stage)) > 0 {
		for i, row := range texts(t, tables.State()) {
			maps.Copy(rows[i], row)
		}
	}
	for _, row := range rows {
		delete(row, column.Rank.Name)
	}
	return rows
}

func rememberedBy(stage column.Stage) (columns []*column.Column) {
	for _, c := range column.State {
		if c.Stage == stage {
			columns = append(columns, c)
		}
	}
	return columns
}

// texts are the rows of a table by the names of its columns.
func texts(t testing.TB, table publication.Table) []map[string]string {
	t.Helper()
	var text bytes.Buffer
	_, err := table.CSV(&text, publish.CSVOptions{})
	require.NoError(t, err)
	return rowsOf(t, &text)
}

// Rows are the rows of a small table by the names of its columns, as CSV has them.
func Rows(t testing.TB, columns ...publish.Col) []map[string]string {
	t.Helper()
	table, err := publish.NewTable(nil, columns...)
	require.NoError(t, err)
	defer table.Release()
	var text bytes.Buffer
	_, err = publish.WriteCSV(&text, table.Schema(), publish.Batches(table), publish.CSVOptions{})
	require.NoError(t, err)
	return rowsOf(t, &text)
}

func rowsOf(t testing.TB, text io.Reader) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(text).ReadAll()
	require.NoError(t, err)
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = map[string]string{}
		for k, name := range records[0] {
			rows[i][name] = record[k]
		}
	}
	return rows
}

// Remembered is the state of a night whose stage gave these columns, as the next night
// reads it: it was written and read back.
func Remembered(t testing.TB, ids []string, stage column.Stage, columns publication.Columns) *publication.State {
	t.Helper()
	return RememberedWith(t, ids, make([]int64, len(ids)), stage, columns)
}

// RememberedWith is the same of customers with so many purchase days.
func RememberedWith(t testing.TB, ids []string, purchaseDays []int64, stage column.Stage, columns publication.Columns) *publication.State {
	t.Helper()
	tables := publication.NewTables(len(ids))
	zeros := make([]int64, len(ids))
	days := make([]int32, len(ids))
	require.NoError(t, tables.Add(column.Base, publication.Columns{
		column.CustomerID: publication.Texts(ids), column.FirstDay: publication.Days(days), column.LastDay: publication.Days(days),
		column.Orders: publication.Counts(zeros), column.PurchaseDays: publication.Counts(purchaseDays), column.RecencyDays: publication.Counts(zeros),
		column.Net: publication.Amounts(make([]money.Amount, len(ids))), column.Returns: publication.Counts(zeros),
	}))
	require.NoError(t, tables.Add(stage, columns))
	var file bytes.Buffer
	_, err := tables.State().Parquet(&file)
	require.NoError(t, err)
	s, err := publication.ParseState(bytes.NewReader(file.Bytes()), int64(len(ids)))
	require.NoError(t, err)
	return s
}
