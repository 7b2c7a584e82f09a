package ledger_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// book writes a workbook; sheets are by name, in order.
func (s *shop) book(name string, sheets ...[][]any) {
	s.t.Helper()
	f := excelize.NewFile()
	for i, rows := range sheets {
		sheet := fmt.Sprintf("Sheet%d", i+1)
		if i > 0 {
			_, err := f.NewSheet(sheet)
			require.NoError(s.t, err)
		}
		for k, row := range rows {
			require.NoError(s.t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", k+1), &row))
		}
	}
	require.NoError(s.t, f.SaveAs(filepath.Join(s.dir, name)))
}

// A report as a back office writes it: a title, blank rows, days as numbers, a sum below.
func TestWorkbook(t *testing.T) {
	at := time.Date(2024, 3, 5, 14, 7, 9, 0, time.UTC)
	rows := [][]any{
		{"Sales of 2024"},
		{"printed", at},
		{},
		{"id", "day", "amount", "note"},
		{"0012", at, 45.3, nil},
		{17850, time.Date(2024, 3, 6, 0, 0, 0, 0, time.UTC), 1e3, "a, \"b\""},
		{},
		{"x", nil, 7, nil},
		{"y", at, 1, "z", "beside"},
		{nil, "Total", 1045.3},
	}
	for range 300 { // more than is looked at to find the columns
		rows = append(rows, []any{"z", at, 1})
	}
	rows = append(rows, []any{"z", at, 1, nil, nil, `note, "far" to the right`})
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.book("report.xlsx", rows, nil)
		plan := s.load(head + "sources:\n" + source("report.xlsx"))
		require.Equal(t, []string{"5|0012|2024-03-05|45.3|", "6|17850|2024-03-06|1000|", "8|x||7|no_time", "9|y|2024-03-05|1|", "10|||1045.3|time_unreadable"},
			s.cells("line, customer, day, amount, reason")[:5], "%d", threads)
		require.Equal(t, []ledger.Reject{
			{Source: "report.xlsx", Line: 8, Reason: ledger.NoTime, Row: "x,,7"},
			{Source: "report.xlsx", Line: 10, Reason: ledger.TimeUnreadable, Row: ",Total,1045.3"},
			{Source: "report.xlsx", Line: 311, Reason: ledger.Malformed, Row: `z,2024-03-05 14:07:09,1,,,"note, ""far"" to the right"`},
		}, s.rejects(plan))
		require.Equal(t, int64(306), plan.Inputs()[0].Rows)
	}
}

// With rows on several sheets the job says which; without a value of a formula nothing is
// guessed.
func TestSheets(t *testing.T) {
	s := newShop(t)
	orders := [][]any{{"id", "day", "amount"}, {"a", "2024-01-01", 5}, {"b", "2024-01-02", 6}}
	s.book("a.xlsx", [][]any{{"id", "name"}, {"a", "Ann"}}, orders, nil)
	err := s.refusal(head + "sources:\n" + source("a.xlsx"))
	require.ErrorAs(t, err, new(job.Errors))
	require.ErrorContains(t, err, `job.yaml:4:5: sources.0.sheet: a.xlsx has rows on several sheets, "Sheet1", "Sheet2": say which to read, for example sheet: Sheet1`)
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.xlsx", "sheet: Orders")), `job.yaml:6:12: sources.0.sheet: a.xlsx has no sheet "Orders"; its sheets are "Sheet1", "Sheet2", "Sheet3"`)
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.xlsx", "sheet: Sheet3")), `its sheet "Sheet3" has no rows`)
	s.load(head + "sources:\n  - path: a.xlsx\n    sheet: Sheet2\n    columns: {customer: id, time: day, amount: amount, region: name}\n    join: [{path: a.xlsx, sheet: Sheet1, as: names, on: id}]\n")
	require.Equal(t, []string{"a|5|Ann", "b|6|"}, s.cells("customer, amount, attribute_region"))

	f := excelize.NewFile()
	for k, row := range [][]any{orders[0], orders[1], {"b", "2024-01-02"}} {
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", k+1), &row))
	}
	require.NoError(t, f.SetCellFormula("Sheet1", "C3", "C2+1"))
	require.NoError(t, f.SaveAs(filepath.Join(s.dir, "b.xlsx")))
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("b.xlsx")), "b.xlsx:3: a cell of this row has a formula whose value is not in the file")

	s.write("c.xlsx", "id,day,amount\n")
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("c.xlsx")), "c.xlsx: cannot be read as xlsx: it is no workbook")
}
