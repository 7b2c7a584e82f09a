package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// writeBook writes a workbook with two sheets of the same orders, and their sums by day.
func writeBook(t *testing.T, path string) {
	t.Helper()
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetName("Sheet1", "By day"))
	orders := [][]any{{"Order no", "Customer no", "Order date", "Total"}, {1, "a", "2025-01-01", 9.5}, {2, "b", "2025-01-02", 3.25}, {3, "a", "2025-02-03", 7.25}}
	for _, sheet := range []struct {
		name string
		rows [][]any
	}{
		{"By day", [][]any{{"Day", "Net sales"}, {"2025-01-01", 9.5}, {"2025-01-02", 3.25}}},
		{"Orders", orders},
		{"Copy of orders", orders},
	} {
		_, err := f.NewSheet(sheet.name)
		require.NoError(t, err)
		for i, row := range sheet.rows {
			require.NoError(t, f.SetSheetRow(sheet.name, fmt.Sprintf("A%d", i+1), &row))
		}
	}
	require.NoError(t, f.SaveAs(path))
}

// Nobody is there to be asked: the question says how to answer, and the answer is taken.
func TestInitSheetFlag(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	writeBook(t, book)
	job := filepath.Join(dir, "job.yaml")
	var out, errs bytes.Buffer
	require.Equal(t, exitUsage, run([]string{"init", book, "-o", job}, nil, &out, &errs))
	require.Contains(t, errs.String(), "which is to be read; answer with --sheet Orders\n")
	require.NoFileExists(t, job)
	errs.Reset()
	require.Equal(t, exitUsage, run([]string{"init", book, "-o", job, "--sheet", "Nothing"}, nil, &out, &errs))
	require.Contains(t, errs.String(), `--sheet: no workbook with rows on several sheets has one called "Nothing"; the sheets are: By day, Orders, Copy of orders`)
	command(t, "init", book, "-o", job, "--sheet", "Orders")
	command(t, "run", job, "--quiet", "--out", filepath.Join(dir, "out"))
	n := night(filepath.Join(dir, "out", "book", "latest"))
	require.Equal(t, "20.00", n.manifest(t).Money.Used)
}
