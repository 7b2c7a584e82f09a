package publish

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/spreadsheet"
)

func TestTextCells(t *testing.T) {
	for _, c := range []struct{ text, spreadsheet, machine string }{
		{"", "", ""},
		{"plain", "plain", "plain"},
		{"5-4-3", "'5-4-3", "5-4-3"}, // an rfm code, and a date
		{"O'Brien", "O'Brien", "O'Brien"},
		{"a=b", "a=b", "a=b"},
		{"=1+1", "'=1+1", "=1+1"},
		{"+44 20", "'+44 20", "+44 20"},
		{"-5", "'-5", "-5"}, // text, although it looks like a number
		{"'=1", "''=1", "'=1"},
		{"@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"},
		{"\r=1", "\"'\r=1\"", "\"\r=1\""},
		{"＝1", "'＝1", "＝1"},
		{"=1,2", "\"'=1,2\"", "\"=1,2\""},
		{`="a"`, `"'=""a"""`, `"=""a"""`},
		{`"`, `""""`, `""""`},
		{`a"b`, `"a""b"`, `"a""b"`},
		{"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
		{"考察期", "考察期", "考察期"},
	} {
		require.Equal(t, c.spreadsheet, string(appendText(nil, c.text, true)), "%q for spreadsheets", c.text)
		require.Equal(t, c.machine, string(appendText(nil, c.text, false)), "%q for machines", c.text)
	}
}

// Columns of numbers are never guarded, whatever their sign; names of columns are
// text like any other.
func TestWriteCSVForSpreadsheets(t *testing.T) {
	batch := table(t,
		Col{Name: "n", Values: []int64{-5}},
		Col{Name: "v", Values: []float64{-0.25}},
		Col{Name: "-id", Values: []string{"=1"}})
	require.Equal(t, "n,v,-id\n-5,-0.25,=1\n", toCSV(t, CSVOptions{}, batch))
	require.Equal(t, "\ufeffn,v,'-id\n-5,-0.25,'=1\n", toCSV(t, CSVOptions{Spreadsheet: true}, batch))
}

// FuzzTextCell checks any text, between two neighbours, against two readers:
// one of RFC 4180 to the letter, and the standard library's.
func FuzzTextCell(f *testing.F) {
	for _, seed := range []string{"", `"`, `""`, ",", "\r\n", "\n", "=cmd|' /C calc'!A0", "a\"\r\n,b", "\x00", "＝", "\xff"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, guard bool) {
		line := append([]byte("left,"), appendText(nil, text, guard)...)
		line = append(line, ",right\n"...)
		want := text
		if guard {
			want = spreadsheet.Guard(text)
		}
		require.Equal(t, [][]string{{"left", want, "right"}}, readRFC4180(string(line)))

		records, err := csv.NewReader(bytes.NewReader(line)).ReadAll()
		require.NoError(t, err)
		// The standard reader turns CR LF inside quotes into LF.
		require.Equal(t, [][]string{{"left", strings.ReplaceAll(want, "\r\n", "\n"), "right"}}, records)
	})
}

// readRFC4180 is a plain reader of the grammar in RFC 4180, section 2, with LF
// for line ends. It keeps every byte of a quoted cell.
func readRFC4180(text string) (records [][]string) {
	var record []string
	var cell strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '"' && i+1 < len(text) && text[i+1] == '"':
			cell.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '\n'):
			record = append(record, cell.String())
			cell.Reset()
			if c == '\n' {
				records, record = append(records, record), nil
			}
		default:
			cell.WriteByte(c)
		}
	}
	return records
}
