package records

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// style is how a file is written.
type style struct {
	delimiter byte
	above     int
}

// How a file is written is put to the vote of its first lines.
func TestReadHead(t *testing.T) {
	rows := func(line string) string { return strings.Repeat(line+"\n", 10) }
	comma := func(skip int) style { return style{',', skip} }
	usual := []string{"id", "day", "amount"}
	for _, c := range []struct {
		name, text string
		want       style
		columns    []string
	}{
		{"plain", "id,day,amount\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"header only", "id,day,amount\n", comma(0), usual},
		{"header without a line end", "id,day,amount", comma(0), usual},
		{"one column", "id\n1\n2\n", comma(0), []string{"id"}},
		{"semicolons, decimal commas", "id;day;amount\n" + rows("1;2024-01-01;2,50"), style{';', 0}, usual},
		{"titles in quotes, decimal commas", "\"Sales\";\"Shop 1\"\n\"From\";\"2024\"\n\"Made\";\"today\"\nid;day;amount;price;net\n" + strings.Repeat("1;2024-01-01;2,50;3,50;4,50\n", 2*headLines), style{';', 3}, []string{"id", "day", "amount", "price", "net"}},
		{"tabs", "id\tday\tamount\n" + rows("1\t2024-01-01\t2"), style{'\t', 0}, usual},
		{"pipes", "id|day|amount\n" + rows("1|2024-01-01|2"), style{'|', 0}, usual},
		{"pipes within cells", "id,day,tags\n" + rows("1,2024-01-01,a|b|c|d"), comma(0), []string{"id", "day", "tags"}},
		{"commas within quotes", "id;day;note\n" + rows(`1;2024-01-01;"a,b,c,d"`), style{';', 0}, []string{"id", "day", "note"}},
		{"byte order mark", "\ufeffid,day,amount\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"byte order mark and quotes", "\ufeff\"id\",\"day\",\"amount\"\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"title", "My shop\n\nid,day,amount\n" + rows("1,2024-01-01,2"), comma(2), usual},
		{"title that splits", "My shop, all sales\nid,day,amount\n" + rows("1,2024-01-01,2"), comma(1), usual},
		{"blank lines above", "\n\nid,day,amount\n" + rows("1,2024-01-01,2"), comma(2), usual},
		{"crlf", "My shop\r\nid,day,amount\r\n" + strings.ReplaceAll(rows("1,2024-01-01,2"), "\n", "\r\n"), comma(1), usual},
		{"sep", "sep=;\nid;day;amount\n" + rows("1;2024-01-01;2"), style{';', 1}, usual},
		{"sep and bad lines", "sep=;\r\nid;day;amount\n1;2\n1;2\n1;2,3,4\n1;2,3,4\n1;2,3,4\n", style{';', 1}, usual},
		{"short lines first", "id,day,amount\n1,2\n1,2\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"long lines first", "id,day,amount\n1,2,3,4\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"mostly short lines", "id,day,amount\n" + rows("1,2024-01-01"), comma(0), usual},
		{"trailing delimiter", "id,day,amount\n" + rows("1,2024-01-01,2,"), comma(0), usual},
		{"rows wider than the header", "id,day,amount\n" + rows("a,2024-01-01,b,c"), comma(0), usual},
		{"lines without columns", "id,day,amount\nfoo\nbar\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"quote not closed", "id,day,amount\n1,2024-01-01,\"x\n" + rows("1,2024-01-01,2"), comma(0), usual},
		{"years for names", "2022,2023,2024\n" + rows("1,2,3"), comma(0), []string{"2022", "2023", "2024"}},
		{"index column", ",id,day\n" + rows("0,1,2024-01-01"), comma(0), []string{"column1", "id", "day"}},
		{"names twice or empty", "id,ID,id,,\n" + rows("1,2,3,4,5"), comma(0), []string{"id", "ID", "id", "column4", "column5"}},
		{"names with spaces and quotes", " id ,\"the \"\"day\"\"\",\"a,b\"\n" + rows("1,2,3"), comma(0), []string{"id", `the "day"`, "a,b"}},
		{"header over two lines", "id,\"day\nof sale\",amount\n" + rows("1,2024-01-01,2"), comma(0), []string{"id", "day\nof sale", "amount"}},
		{"longer than the head", "id,day,amount\n" + strings.Repeat("1,2024-01-01,2\n", headBytes/10), comma(0), usual},
		{"a header longer than the head", strings.Repeat("x", 3*headBytes) + ",day\n" + rows("1,2024-01-01"), comma(0), []string{strings.Repeat("x", 3*headBytes), "day"}},
		{"a line longer than the head", "id,day,amount\n1,2024-01-01," + strings.Repeat("x", 2*headBytes) + "\n", comma(0), usual},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadHead(strings.NewReader(c.text))
			require.NoError(t, err)
			require.Equal(t, c.want, style{got.Delimiter, got.Above})
			require.Equal(t, c.columns, got.Names)
		})
	}
}

// A text without lines is none, and is not read to its end to find that out.
func TestReadHeadOfNoText(t *testing.T) {
	_, err := ReadHead(&zeros{1 << 40})
	require.ErrorContains(t, err, "its first lines have more than 256 MB: is this an export of text?")
	_, err = ReadHead(strings.NewReader("\n\n"))
	require.EqualError(t, err, "it holds blank lines only: export it again")
	_, err = ReadHead(strings.NewReader("i\x00d\x00"))
	require.EqualError(t, err, "it is no text, as bytes of value 0 show: export it as CSV")
}

// A name with a NUL would be half a name in a statement.
func TestHeaderWithNULs(t *testing.T) {
	_, err := ReadHead(strings.NewReader("id,d\x00ay,amount\n" + strings.Repeat("12345,2024-01-01,2.50\n", 20)))
	require.EqualError(t, err, "the names of its columns have NUL characters in them: export it again")
}
