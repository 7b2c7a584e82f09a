package publish

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTextCells(t *testing.T) {
	for _, c := range []struct{ text, guarded, unguarded string }{
		{"", "", ""},
		{"plain", "plain", "plain"},
		{"5-4-3", "5-4-3", "5-4-3"}, // an rfm code
		{"O'Brien", "O'Brien", "O'Brien"},
		{" =1", " =1", " =1"}, // a leading space makes it text already
		{"a=b", "a=b", "a=b"},
		{"=1+1", "'=1+1", "=1+1"},
		{"+44 20", "'+44 20", "+44 20"},
		{"-5", "'-5", "-5"}, // text, although it looks like a number
		{"@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"},
		{"\t=1", "'\t=1", "\t=1"},
		{"\r=1", "\"'\r=1\"", "\"\r=1\""},
		{"\x00=1", "'\x00=1", "\x00=1"},
		{"＝1", "'＝1", "＝1"},
		{"＋1", "'＋1", "＋1"},
		{"－1", "'－1", "－1"},
		{"＠x", "'＠x", "＠x"},
		{"Ａ", "Ａ", "Ａ"}, // full width, but a letter
		{"\xEF", "\xEF", "\xEF"},
		{"=1,2", "\"'=1,2\"", "\"=1,2\""},
		{`="a"`, `"'=""a"""`, `"=""a"""`},
		{`"`, `""""`, `""""`},
		{`a"b`, `"a""b"`, `"a""b"`},
		{"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
		{"考察期", "考察期", "考察期"},
	} {
		require.Equal(t, c.guarded, string(appendText(nil, c.text, true)), "%q guarded", c.text)
		require.Equal(t, c.unguarded, string(appendText(nil, c.text, false)), "%q unguarded", c.text)
	}
}

// Numbers are never guarded, whatever their sign.
func TestNumbersAreNotGuarded(t *testing.T) {
	batch := table(t,
		Col{Name: "n", Values: []int64{-5}},
		Col{Name: "v", Values: []float64{-0.25}},
		Col{Name: "rfm", Values: []string{"5-4-3"}})
	require.Equal(t, "n,v,rfm\n-5,-0.25,5-4-3\n", toCSV(t, CSVOptions{}, batch))
}

func TestUnguardedKeepsTextAsItIs(t *testing.T) {
	batch := table(t, Col{Name: "-id", Values: []string{"=1"}})
	require.Equal(t, "'-id\n'=1\n", toCSV(t, CSVOptions{}, batch))
	require.Equal(t, "-id\n=1\n", toCSV(t, CSVOptions{Unguarded: true}, batch))
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
		if guard && startsFormula(text) {
			want = "'" + text
		}
		require.Equal(t, [][]string{{"left", want, "right"}}, readRFC4180(string(line)))

		records, err := csv.NewReader(bytes.NewReader(line)).ReadAll()
		require.NoError(t, err)
		// The standard reader turns CR LF inside quotes into LF.
		require.Equal(t, [][]string{{"left", strings.ReplaceAll(want, "\r\n", "\n"), "right"}}, records)
		if guard {
			require.False(t, startsFormula(records[0][1]))
		}
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
