package records

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// place is a record and where it stands.
type place struct {
	line  int64
	text  string
	cells string // joined by |; - for a malformed record
}

// readAll reads a text as Load does: its head, then its records.
func readAll(t require.TestingT, text string, piece io.Reader) ([]place, int64, error) {
	h, err := ReadHead(strings.NewReader(text))
	require.NoError(t, err)
	c := NewCSV(piece, h)
	require.NoError(t, c.SkipHeader(h))
	var all []place
	for {
		r, err := c.Next()
		if errors.Is(err, io.EOF) {
			return all, c.LinesRead(), nil
		}
		if err != nil {
			return all, c.LinesRead(), err
		}
		p := place{r.Line, string(r.Text), "-"}
		if !r.Malformed {
			p.cells = string(bytes.Join(r.Cells, []byte("|")))
		}
		all = append(all, p)
	}
}

// A quote too many costs its own line where the lines below read as rows, and
// a cell of several lines stays one where they do not.
func TestQuotesThatStayOpen(t *testing.T) {
	const header = "id,day,amount,note\n"
	row := func(id string) string { return id + ",2024-01-01,5,tea\n" }
	rows := row("a") + row("b") + row("c")
	for _, c := range []struct {
		name, body string
		want       []string // id of each record, or the text of a malformed one
		err        string
	}{
		{"stray quote", `x,2024-01-01,5,"2 inch` + "\n" + rows, []string{`x,2024-01-01,5,"2 inch`, "a", "b", "c"}, ""},
		{"two stray quotes", `x,2024-01-01,5,"2 inch` + "\n" + rows + `y,2024-01-01,5,"3 inch` + "\n" + rows, []string{`x,2024-01-01,5,"2 inch`, "a", "b", "c", `y,2024-01-01,5,"3 inch`, "a", "b", "c"}, ""},
		{"two that seem to close", `x,2024-01-01,5,"2 inch` + "\n" + rows + `y,2024-01-01,5,3 inch"` + "\n" + rows, []string{`x,2024-01-01,5,"2 inch`, "a", "b", "c", "y", "a", "b", "c"}, ""},
		{"neighbours that seem to close", `x,2024-01-01,5,"2 inch` + "\n" + `y,2024-01-01,5,3 inch"` + "\n" + rows, []string{`x,2024-01-01,5,"2 inch`, "y", "a", "b", "c"}, ""},
		{"no row right below", `x,2024-01-01,5,"2 inch` + "\n" + "some words\n" + "and more\n" + rows, []string{`x,2024-01-01,5,"2 inch`, "some words", "and more", "a", "b", "c"}, ""},
		{"on the first row", `"x,2024-01-01,5,tea` + "\n" + rows, []string{`"x,2024-01-01,5,tea`, "a", "b", "c"}, ""},
		{"a closing quote is missing", `"x","2024-01-01","5","tea` + "\n" + `"a","2024-01-01","5","tea"` + "\n" + rows, []string{`"x","2024-01-01","5","tea`, "a", "a", "b", "c"}, ""},
		{"an inner closing quote is missing", `"x","2024-01-01,"5","tea"` + "\n" + rows, []string{`"x","2024-01-01,"5","tea"`, "a", "b", "c"}, ""},
		{"several lines", `x,2024-01-01,5,"12 High Street` + "\n" + `Flat 2, London` + "\n" + `UK"` + "\n" + rows, []string{"x", "a", "b", "c"}, ""},
		{"as many commas as a row", `x,2024-01-01,5,"12 High Street` + "\n" + `Flat 2, London, SW1, UK` + "\n" + `thanks"` + "\n" + rows, []string{"x", "a", "b", "c"}, ""},
		{"over two lines in the first column", `"x` + "\n" + `y",2024-01-01,5,tea` + "\n" + rows, []string{"x\ny", "a", "b", "c"}, ""},
		{"a postcode and a town before the quote closes", `x,"1 High Street` + "\n" + `10115, Berlin",5,tea` + "\n" + rows, []string{"x", "a", "b", "c"}, ""},
		{"a slip before a cell over two lines", `x,"2024-01-01,5,tea` + "\n" + `y,2024-01-01,5,"12 High Street` + "\n" + `London"` + "\n" + rows, []string{`x,"2024-01-01,5,tea`, "y", "a", "b", "c"}, ""},
		{"a slip each that seem to make a cell", `",2024-01-01,5,tea` + "\n" + `",2024-01-01,5,cup` + "\n" + rows, []string{`",2024-01-01,5,tea`, `",2024-01-01,5,cup`, "a", "b", "c"}, ""},
		{"a slip each", `x,2024-01-01,5,"tea` + "\n" + `y,2024-01-01,"5,tea` + "\n" + rows, []string{`x,2024-01-01,5,"tea`, `y,2024-01-01,"5,tea`, "a", "b", "c"}, ""},
		{"a slip before lines that are none", `x,2024-01-01,5,"tea` + "\n\n" + "short" + "\n" + rows, []string{`x,2024-01-01,5,"tea`, "short", "a", "b", "c"}, ""},
		{"blank lines within", `x,2024-01-01,5,"one` + "\n\n\n" + `two"` + "\n" + rows, []string{"x", "a", "b", "c"}, ""},
		{"several lines, too few columns", `x,5,"one` + "\n" + `two"` + "\n" + rows, []string{"x,5,\"one\ntwo\"", "a", "b", "c"}, ""},
		{"text after quotes", `x,2024-01-01,5,"Deluxe" mug` + "\n" + rows, []string{`x,2024-01-01,5,"Deluxe" mug`, "a", "b", "c"}, ""},
		{"a quote within", `x,2024-01-01,5,5" mug` + "\n" + rows, []string{"x", "a", "b", "c"}, ""},
		{"no row below", rows + `x,2024-01-01,5,"2 inch` + "\n" + "some words\n" + "and more\n", []string{"a", "b", "c"}, "line 5: quotes open on this line and never close, and none of the 2 lines below reads as a row of 4 columns"},
		{"on the last line", rows + `x,2024-01-01,5,"2 inch` + "\n", []string{"a", "b", "c"}, "line 5: the file ends within quotes that open on this line"},
		{"cut off", rows + "x,2024-01", []string{"a", "b", "c"}, "line 5: the file ends in the middle of this line"},
		{"short but whole", rows + "x,2024-01\n", []string{"a", "b", "c", "x,2024-01"}, ""},
		{"no line end", rows + "x,2024-01-01,5,tea", []string{"a", "b", "c", "x"}, ""},
		{"an extra delimiter", "x,2024-01-01,5,tea,\n" + rows, []string{"x", "a", "b", "c"}, ""},
	} {
		for _, ending := range []string{"\n", "\r\n", "\r"} {
			text := strings.ReplaceAll(header+row("0")+c.body, "\n", ending)
			got, read, err := readAll(t, text, iotest.OneByteReader(strings.NewReader(text)))
			if c.err == "" {
				require.NoError(t, err, c.name)
				counted := &LineCount{}
				_, _ = io.WriteString(counted, text)
				require.Equal(t, counted.Lines(), read, c.name)
			} else {
				// the row before the body moves all by one line
				require.ErrorContains(t, err, strings.Replace(c.err, "line 5", "line 6", 1), c.name)
			}
			var ids []string
			for _, p := range got[1:] {
				if p.cells == "-" {
					ids = append(ids, strings.ReplaceAll(p.text, ending, "\n"))
				} else {
					id, _, _ := strings.Cut(p.cells, "|")
					ids = append(ids, strings.ReplaceAll(id, ending, "\n"))
				}
			}
			require.Equal(t, c.want, ids, c.name)
		}
	}
}

// Lines may end in any of the three ways, side by side.
func TestLineEndsMixed(t *testing.T) {
	text := "id,day\r\n1,a\n2,b\r3,c\r\n\r\r\n4,\"d\r\ne\"\n5,f"
	got, read, err := readAll(t, text, strings.NewReader(text))
	require.NoError(t, err)
	require.Equal(t, []place{{2, "1,a", "1|a"}, {3, "2,b", "2|b"}, {4, "3,c", "3|c"}, {7, "4,\"d\r\ne\"", "4|d\r\ne"}, {9, "5,f", "5|f"}}, got)
	require.Equal(t, int64(9), read)
}

// A line of any length that memory holds is a line.
func TestLongLine(t *testing.T) {
	long := strings.Repeat("x", 40<<20)
	text := "id,note\n1," + long + "\n2,y\n"
	got, read, err := readAll(t, text, strings.NewReader(text))
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Len(t, got[0].text, len(long)+2)
	require.Equal(t, place{3, "2,y", "2|y"}, got[1])
	require.Equal(t, int64(3), read)

	endless := io.MultiReader(strings.NewReader("id,note\n1,"), &zeros{longestRecord + 2*firstBuffer})
	c := NewCSV(endless, Head{Delimiter: ',', Shape: Shape{Columns: 2}})
	require.NoError(t, c.SkipHeader(Head{}))
	_, err = c.Next()
	require.ErrorContains(t, err, "line 2: it has more than 256 MB without an end")
}

// zeros reads as many zeros.
type zeros struct{ left int }

func (z *zeros) Read(p []byte) (int, error) {
	n := min(len(p), z.left)
	if z.left -= n; n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		p[i] = '0'
	}
	return n, nil
}

// What a sound writer writes, another sound reader and this one read alike:
// Go's encoding/csv, cell by cell and line by line.
func TestAgainstAnotherReader(t *testing.T) {
	cell := rapid.OneOf(
		rapid.SampledFrom([]string{"", " ", "a", "12.5", "2024-01-01", `"`, `""`, ",", ";", "\n", "a\nb", "\n\n", `5" mug`, "é客", " x ", "a,b;c|d", "-"}),
		rapid.StringMatching(`[ -~\n]{0,12}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(2, 5).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, columns, columns), 1, 12).Draw(t, "rows")
		header := []string{"id", "day", "amount", "note", "more"}[:columns]
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		require.NoError(t, w.WriteAll(append([][]string{header}, rows...)))
		text := b.String()

		other := csv.NewReader(strings.NewReader(text))
		_, err := other.Read()
		require.NoError(t, err)
		c := NewCSV(strings.NewReader(text), Head{Delimiter: ',', Shape: Shape{Columns: columns}})
		require.NoError(t, c.SkipHeader(Head{}))
		for {
			from := other.InputOffset()
			want, wantErr := other.Read()
			got, err := c.Next()
			if errors.Is(wantErr, io.EOF) {
				require.ErrorIs(t, err, io.EOF)
				return
			}
			require.NoError(t, wantErr)
			// A cell of lines that each read as a row is where the two part: to this
			// reader the quote is a slip.
			if text := text[from:other.InputOffset()]; ambiguous(text, columns) {
				t.Skip("a cell that reads as rows")
			}
			require.NoError(t, err)
			require.False(t, got.Malformed, "%q", got.Text)
			line, _ := other.FieldPos(0)
			require.Equal(t, int64(line), got.Line)
			require.Len(t, got.Cells, columns)
			for i := range want {
				// encoding/csv reads \r\n within quotes as \n
				require.Equal(t, want[i], strings.ReplaceAll(string(got.Cells[i]), "\r\n", "\n"))
			}
		}
	})
}

// ambiguous tells whether a line within a record reads as a row by itself.
func ambiguous(record string, columns int) bool {
	lines := strings.Split(strings.TrimRight(record, "\r\n"), "\n")
	for _, l := range lines[1:] {
		if (Shape{Columns: columns}).reads([]byte(strings.TrimRight(l, "\r")), ',') {
			return true
		}
	}
	return false
}

// Lines are counted the same however the text is cut into pieces.
func TestLineCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.SampledFrom([]string{"a", "\n", "\r", "\r\n", "", "bc"})).Draw(t, "pieces")
		c, text := &LineCount{}, strings.Join(pieces, "")
		for _, p := range pieces {
			_, err := c.Write([]byte(p))
			require.NoError(t, err)
		}
		plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
		want := int64(strings.Count(plain, "\n"))
		if plain != "" && !strings.HasSuffix(plain, "\n") {
			want++
		}
		require.Equal(t, want, c.Lines())
	})
}
