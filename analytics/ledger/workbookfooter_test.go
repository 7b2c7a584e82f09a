package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"clientele/analytics/ledger"
)

// What closes a sheet is told apart from its rows as in a text file.
func TestSheetFooters(t *testing.T) {
	rows := [][]any{{"Sales report"}, {}, {"id", "day", "amount", "product"}}
	for range 20 {
		rows = append(rows, []any{"ann", "2024-01-05", 2.5, "mug"})
	}
	for _, c := range []struct {
		name  string
		below [][]any
		used  int64
		foot  []string
		other map[ledger.Reason]int64
	}{
		{name: "none", used: 20},
		{name: "a total", below: [][]any{{"Total", nil, 50}}, used: 20, foot: []string{"Total,,50"}},
		{name: "a total beside its sum", below: [][]any{{}, {nil, "Summe:", 50}}, used: 20, foot: []string{",Summe:,50"}},
		{
			name: "notes below", used: 20, below: [][]any{{"合计", nil, 50}, {}, {"Printed by", "Ann"}, {"Printed on:", "2024-02-01"}, {nil, nil, nil, "All amounts in EUR"}},
			foot: []string{"合计,,50", "Printed by,Ann", `Printed on:,2024-02-01`, ",,,All amounts in EUR"},
		},
		{name: "a sum that was never computed", used: 20, below: [][]any{{"Total", nil, formula("SUM(C4:C23)")}}, foot: []string{"Total"}},
		{name: "a total beyond the columns", below: [][]any{{"Total", nil, nil, nil, nil, 50}}, used: 20, foot: []string{"Total,,,,,50"}},
		{name: "a customer called Total", below: [][]any{{"Total", "2024-01-06", 5, "mug"}}, used: 21},
		{name: "subtotals between rows", below: [][]any{{"Subtotal", nil, 50}, {"bob", "2024-01-06", 5, "mug"}}, used: 21, other: map[ledger.Reason]int64{ledger.NoTime: 1}},
		{name: "a row without a day", below: [][]any{{"bob", nil, 5, "mug"}}, used: 20, other: map[ledger.Reason]int64{ledger.NoTime: 1}},
	} {
		s := newShop(t)
		s.bookWithFormulas("a.xlsx", append(rows[:len(rows):len(rows)], c.below...))
		plan := s.load(head + "sources:\n" + source("a.xlsx", "malformed: 0"))
		a := s.tally(plan)
		require.Equal(t, c.used, a.Total.Used.Rows, c.name)
		var foot []string
		for _, r := range s.rejects(plan) {
			if r.Reason == ledger.Footer {
				foot = append(foot, r.Row)
			}
		}
		require.Equal(t, c.foot, foot, c.name)
		for reason, n := range c.other {
			require.Equal(t, n, a.Total.Rejected[reason].Rows, c.name)
		}
		require.Equal(t, a.Total.Read.Rows, c.used+int64(len(c.foot))+sumOf(c.other), c.name)
	}
}

func sumOf(counts map[ledger.Reason]int64) (n int64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// formula is a cell with a formula that no program has computed.
type formula string

// bookWithFormulas writes a workbook of one sheet.
func (s *shop) bookWithFormulas(name string, rows [][]any) {
	s.t.Helper()
	f := excelize.NewFile()
	for k, row := range rows {
		for i, cell := range row {
			at, err := excelize.CoordinatesToCellName(i+1, k+1)
			require.NoError(s.t, err)
			if sum, is := cell.(formula); is {
				require.NoError(s.t, f.SetCellFormula("Sheet1", at, string(sum)))
			} else {
				require.NoError(s.t, f.SetCellValue("Sheet1", at, cell))
			}
		}
	}
	require.NoError(s.t, f.SaveAs(filepath.Join(s.dir, name)))
}

// A formula that was never computed stops the run where its value is used, in whichever
// column it stands.
func TestUncomputedFormula(t *testing.T) {
	s := newShop(t)
	s.bookWithFormulas("a.xlsx", [][]any{{"note", "id", "day", "amount"}, {formula("1+1"), "a", "2024-01-05", 5}, {"x", "b", "2024-01-05", formula("D2*2")}})
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.xlsx")), "a.xlsx:3: a cell of this row has a formula whose value is not in the file")
	s.bookWithFormulas("b.xlsx", [][]any{{"note", "id", "day", "amount"}, {formula("1+1"), "a", "2024-01-05", 5}, {formula("1+1"), "b", "2024-01-05", formula("D2*2")}})
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("b.xlsx")), "b.xlsx:3: a cell of this row has a formula whose value is not in the file")
	s.bookWithFormulas("c.xlsx", [][]any{{"note", "id", "day", "amount"}, {formula("1+1"), "a", "2024-01-05", 5}, {formula("1+1"), "b", "2024-01-05", 6}})
	s.load(head + "sources:\n" + source("c.xlsx"))
	require.Equal(t, []string{"a|5", "b|6"}, s.cells("customer, amount"))
}

// A hidden sheet is not asked about, and can be named.
func TestHiddenSheets(t *testing.T) {
	s := newShop(t)
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]any{"a list of choices"}))
	_, err := f.NewSheet("Orders")
	require.NoError(t, err)
	for k, row := range [][]any{{"id", "day", "amount"}, {"a", "2024-01-05", 5}} {
		cell, err := excelize.CoordinatesToCellName(1, k+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Orders", cell, &row))
		require.NoError(t, f.SetSheetRow("Sheet1", cell, &row))
	}
	f.SetActiveSheet(1)
	require.NoError(t, f.SetSheetVisible("Sheet1", false))
	require.NoError(t, f.SaveAs(filepath.Join(s.dir, "a.xlsx")))
	s.load(head + "sources:\n" + source("a.xlsx"))
	require.Equal(t, []string{"a|5"}, s.cells("customer, amount"))
	s.load(head + "sources:\n" + source("a.xlsx", "sheet: Sheet1"))
	require.Equal(t, []string{"a|5"}, s.cells("customer, amount"))
}
