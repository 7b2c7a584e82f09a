package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// bookOf is a workbook that another program writes; fill fills its first sheet.
func bookOf(t *testing.T, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// rowsOf are the rows of a sheet: the number, then the cells.
func rowsOf(t *testing.T, file []byte, sheet int) map[int64]string {
	t.Helper()
	b, err := Open(file)
	require.NoError(t, err)
	counted := &RowCount{}
	r, err := b.Rows(b.Sheets[sheet], counted)
	require.NoError(t, err)
	all := map[int64]string{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			require.Equal(t, counted.Lines(), r.Passed())
			require.NoError(t, r.Close())
			return all
		}
		require.NoError(t, err)
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = string(c)
		}
		all[row.Number] = strings.Join(cells, "|")
	}
}

func style(t *testing.T, f *excelize.File, cell, code string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	require.NoError(t, err)
	require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, id))
}

// Cells are what they hold, however they are shown.
func TestCells(t *testing.T) {
	file := bookOf(t, func(f *excelize.File) {
		for cell, value := range map[string]any{
			"A1": "0012", "B1": 45.3, "C1": 1234567.891, "D1": true, "E1": " <é> \"x\"\n客户 ", "G1": 17850,
			"A3": 0.30000000000000004, "B3": 1e20, "C3": "12345678901234567890", "D3": false, "E3": 0.125, "F3": "a_x000D_b",
		} {
			require.NoError(t, f.SetCellValue("Sheet1", cell, value))
		}
		style(t, f, "B1", "0")
		style(t, f, "C1", "#,##0.0 \"day\"")
		style(t, f, "E3", "0%")
		require.NoError(t, f.SetCellRichText("Sheet1", "A4", []excelize.RichTextRun{{Text: "two "}, {Text: "letters", Font: &excelize.Font{Bold: true}}}))
		require.NoError(t, f.SetCellFormula("Sheet1", "B4", "B1*2"))
		require.NoError(t, f.MergeCell("Sheet1", "C4", "E4"))
		require.NoError(t, f.SetCellValue("Sheet1", "C4", "merged"))
	})
	require.Equal(t, map[int64]string{
		1: "0012|45.3|1234567.891|true| <é> \"x\"\n客户 ||17850", 3: "0.30000000000000004|100000000000000000000|12345678901234567890|false|0.125|a\rb", 4: "two letters||merged",
	}, rowsOf(t, file, 0))
	b, err := Open(file)
	require.NoError(t, err)
	r, err := b.Rows(b.Sheets[0], io.Discard)
	require.NoError(t, err)
	for range 3 {
		_, err = r.Next()
		require.NoError(t, err)
	}
	require.Equal(t, []int{1}, r.row.Unknown, "a formula without its value")
}

// edited is a workbook with another text in its first sheet.
func edited(t *testing.T, file []byte, old, text string) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		r, err := part.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(r)
		require.NoError(t, err)
		if part.Name == "xl/worksheets/sheet1.xml" {
			require.Contains(t, string(content), old)
			content = bytes.ReplaceAll(content, []byte(old), []byte(text))
		}
		w, err := to.Create(part.Name)
		require.NoError(t, err)
		_, err = w.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, to.Close())
	return out.Bytes()
}

// A formula has no value in the file where that is an empty number, as openpyxl writes it. An
// empty text is one.
func TestEmptyValuesOfFormulas(t *testing.T) {
	file := bookOf(t, func(f *excelize.File) {
		require.NoError(t, f.SetCellValue("Sheet1", "A1", 1))
		require.NoError(t, f.SetCellFormula("Sheet1", "B1", "A1*2"))
	})
	for cell, unknown := range map[string][]int{
		`<c r="B1" t="str"><f>A1*2</f></c>`:          {1},
		`<c r="B1"><f>A1*2</f></c>`:                  {1},
		`<c r="B1"><f>A1*2</f><v></v></c>`:           {1},
		`<c r="B1"><f>A1*2</f><v/></c>`:              {1},
		`<c r="B1"><f>A1*2</f><v> </v></c>`:          {1},
		`<c r="B1"><f>A1*2</f><v>2</v></c>`:          nil,
		`<c r="B1" t="str"><f>A1*2</f><v></v></c>`:   nil,
		`<c r="B1" t="e"><f>A1*2</f><v>#N/A</v></c>`: nil,
	} {
		b, err := Open(edited(t, file, `<c r="B1" t="str"><f>A1*2</f></c>`, cell))
		require.NoError(t, err)
		r, err := b.Rows(b.Sheets[0], io.Discard)
		require.NoError(t, err)
		_, err = r.Next()
		require.NoError(t, err)
		require.Equal(t, unknown, r.row.Unknown, cell)
	}
}

// A number is a time where it is shown as one, in both systems of numbering days.
func TestTimes(t *testing.T) {
	at := time.Date(2024, 3, 5, 14, 7, 9, 0, time.UTC)
	for _, from1904 := range []bool{false, true} {
		zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if from1904 {
			zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		days := math.Floor(at.Sub(zero).Hours() / 24)
		part := float64(14*3600+7*60+9) / 86400
		file := bookOf(t, func(f *excelize.File) {
			require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
			for i, c := range []struct {
				code  string
				value float64
			}{
				{"yyyy-mm-dd", days},
				{"dd.mm.yy hh:mm", days + part},
				{"[$-409]d-mmm-yy;@", days},
				{"h:mm AM/PM", part},
				{"yyyy\"年\"m\"月\"d\"日\"", days},
				{"[h]:mm", 1.5},
				{"0.00", days},
				{"#,##0 \"dm\"", 12.5},
				{"mmm", days},
				{"mm:ss.000", 0.5 + 1.0/86400/8},
				{"yyyy-mm-dd", -1},
				{"[Red]0.00;[Blue]-0.00", 2},
			} {
				cell, err := excelize.CoordinatesToCellName(i+1, 1)
				require.NoError(t, err)
				require.NoError(t, f.SetCellValue("Sheet1", cell, c.value))
				style(t, f, cell, c.code)
			}
		})
		number := numberText(xmlNumber(days))
		require.Equal(t, "2024-03-05|2024-03-05 14:07:09|2024-03-05|14:07:09|2024-03-05|1.5|"+number+"|12.5|2024-03-05|12:00:00.125|-1|2", rowsOf(t, file, 0)[1], "%v", from1904)
	}
	early := &Book{}
	for number, want := range map[string]string{"1": "1900-01-01", "59": "1900-02-28", "60": "1900-02-29", "61": "1900-03-01", "2958465.5": "9999-12-31 12:00:00"} {
		text, ok := early.timeText(number, day)
		require.True(t, ok)
		require.Equal(t, want, text)
	}
	_, ok := early.timeText("2958466", day)
	require.False(t, ok)
}

func numberText(stored string) string { return string(appendNumber(nil, []byte(stored))) }

func xmlNumber(v float64) string {
	text, _ := xml.Marshal(v)
	return strings.TrimSuffix(strings.TrimPrefix(string(text), "<float64>"), "</float64>")
}

// What is no workbook says so, and one that was cut or changed cannot be read.
func TestDamage(t *testing.T) {
	_, err := Open([]byte("id,day\n"))
	require.ErrorContains(t, err, "it is no workbook")
	_, err = Open([]byte("\xD0\xCF\x11\xE0\xA1\xB1"))
	require.ErrorContains(t, err, "Excel 97-2003")
	file := bookOf(t, func(f *excelize.File) {
		for i := range 500 {
			require.NoError(t, f.SetSheetRow("Sheet1", "A"+numberText(xmlNumber(float64(i+1))), &[]any{i, "x", i * 7}))
		}
	})
	_, err = Open(file[:len(file)/2])
	require.ErrorContains(t, err, "was cut off")
	want := rowsOf(t, file, 0)
	found := 0
	for at := 40; at < len(file); at += 61 {
		damaged := bytes.Clone(file)
		damaged[at] ^= 4
		if rows, err := tryRows(damaged); err == nil {
			require.Equal(t, want, rows, "byte %d", at)
		} else {
			found++
		}
	}
	require.Positive(t, found)
}

// tryRows is rowsOf for a workbook that may be damaged.
func tryRows(file []byte) (map[int64]string, error) {
	b, err := Open(file)
	if err != nil || len(b.Sheets) == 0 {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	r, err := b.Rows(b.Sheets[0], io.Discard)
	if err != nil {
		return nil, err
	}
	all := map[int64]string{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, r.Close()
		}
		if err != nil {
			return nil, err
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = string(c)
		}
		all[row.Number] = strings.Join(cells, "|")
	}
}
