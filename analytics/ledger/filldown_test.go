package ledger_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Lines of an order take what is blank from the line above, in CSV and JSON,
// and the rejects show the lines as they were in the file.
func TestFillDown(t *testing.T) {
	const (
		job = "\n    columns: {customer: Email, order: Name, time: Created, amount: Price}\n    where: Status = 'paid'\n"
		csv = "Name,Email,Status,Created,Price\n" +
			"#1,a@x.io,paid,2024-01-01,10\n" +
			"#1,,,,2.5\n" +
			"#1, ,,  ,x\n" +
			"#2,b@x.io,pending,2024-01-02,7\n" +
			"#2,,,,8\n" +
			"#3,,paid,2024-01-03,5\n" + // a guest: not the customer above
			"#3,,,,6\n" +
			"#1,,,,9\n" // not below its order
		lines = `{"Name":"#1","Email":"a@x.io","Status":"paid","Created":"2024-01-01","Price":10}
{"Name":"#1","Price":2.5}
{"Name":"#1","Email":" ","Status":null,"Created":"","Price":"x"}
{"Name":"#2","Email":"b@x.io","Status":"pending","Created":"2024-01-02","Price":7}
{"Name":"#2","Price":8}
{"Name":"#3","Status":"paid","Created":"2024-01-03","Price":5}
{"Name":"#3","Price":6}
{"Name":"#1","Price":9}
`
	)
	for name, text := range map[string]string{"a.csv": csv, "a.jsonl": lines} {
		s := newShop(t)
		s.write(name, text)
		plan := s.load(head + "sources:\n  - path: " + name + job + "    fill_down: [Email, Status, created]\n")
		require.Equal(t, []string{
			"a@x.io|#1|2024-01-01|10|", "a@x.io|#1|2024-01-01|2.5|", "a@x.io|#1|2024-01-01||amount_unreadable",
			"b@x.io|#2|2024-01-02|7|filtered", "b@x.io|#2|2024-01-02|8|filtered",
			"|#3|2024-01-03|5|anonymous", "|#3|2024-01-03|6|anonymous", "|#1||9|filter_unknown",
		}, s.cells("customer, order_id, day, amount, reason"), name)
		physical := strings.Split(text, "\n")
		for _, r := range s.rejects(plan) {
			at := r.Line - 1
			require.Equal(t, physical[at], r.Row)
		}
		require.Empty(t, s.tally(plan).BlankLines[0], "who fills is not told to")
	}
}

// The order itself may be blank below its first line. Behind a line that cannot
// be read nobody knows which order goes on.
func TestFillDownTheOrder(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "Status,Name,Email,Created,Price\n"+
		"paid,1,a,2024-01-01,1\n,,,,2\n,,,,3\n"+
		"paid,2,b,2024-01-02,4\n,2,,,5\n,,,,6\n"+
		"paid,3,c,2024-01-03\n,,,,7\n")
	s.write("b.csv", "Status,Name,Email,Created,Price\n,,,,8\n") // of another file: nothing is above it
	plan := s.load(head + "sources:\n  - path: '*.csv'\n    columns: {customer: Email, order: Name, time: Created, amount: Price}\n    fill_down: [Name, Email, Created]\n")
	require.Equal(t, []string{
		"a|1|1|", "a|1|2|", "a|1|3|", "b|2|4|", "b|2|5|", "b|2|6|", "|||malformed", "||7|no_time", "||8|no_time",
	}, s.cells("customer, order_id, amount, reason"))
	require.Equal(t, ",,,,7", s.rejects(plan)[1].Row)
}

// An order may be known by several columns.
func TestFillDownByAnExpression(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "till,ticket,who,day,amount\n1,7,a,2024-01-01,1\n1,7,,,2\n2,7,,2024-01-02,3\n2,7,b,,4\n")
	s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: who, order: \"concat(till, '-', ticket)\", time: day, amount: amount}\n    fill_down: [who, day]\n")
	require.Equal(t, []string{"a|1-7|1", "a|1-7|2", "|2-7|3", "b|2-7|4"}, s.cells("customer, order_id, amount"))
}

func TestFillDownErrors(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount,no\n1,2024-01-01,1,1\n")
	s.copyTo("a.parquet", "SELECT 1 AS id, DATE '2024-01-01' AS day, 1 AS amount, 1 AS no", "FORMAT parquet")
	for _, c := range []struct{ path, order, columns, want string }{
		{"a.csv", "no", "[when]", `job.yaml:6:16: sources.0.fill_down: a.csv has no column "when"; its columns are id, day, amount, no`},
		{"a.csv", "\"'x'\"", "[day]", `job.yaml:6:16: sources.0.fill_down: columns.order does not name columns of the file itself alone, so that no line is known to be of the same order as the one above it`},
		{"a.parquet", "no", "[day]", `job.yaml:6:16: sources.0.fill_down: the rows of a.parquet are read in no order, since it is Parquet: fill the columns before they are exported`},
	} {
		err := s.refusal(head + "sources:\n  - path: " + c.path + "\n    columns: {customer: id, time: day, amount: amount, order: " + c.order + "}\n    fill_down: " + c.columns + "\n")
		require.Equal(t, c.want, s.said(err))
	}
}

// A long export with blanks gives the same rows as the one from which they were
// taken, whatever the number of threads.
func TestFillDownAgainstTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 15))
	var whole, blank strings.Builder
	out := []*csv.Writer{csv.NewWriter(&whole), csv.NewWriter(&blank)}
	write := func(cells ...string) {
		require.NoError(t, out[0].Write(cells))
		if cells[5] != "first" && cells[0] != "order" {
			cells[1], cells[2], cells[3] = "", "", ""
		}
		require.NoError(t, out[1].Write(cells))
	}
	write("order", "customer", "day", "status", "amount", "note")
	for order := range 30_000 {
		status := []string{"paid", "paid", "void"}[r.IntN(3)]
		for line := range 1 + r.IntN(4) {
			note := "first"
			if line > 0 {
				note = []string{"", "two\nlines", `say "hi"`}[r.IntN(3)]
			}
			write(strconv.Itoa(order), fmt.Sprintf("c%d", r.IntN(900)+order/30_000), fmt.Sprintf("2024-%02d-%02d", 1+order%12, 1+order%28), status, fmt.Sprintf("%d.25", r.IntN(90)), note)
		}
	}
	for _, w := range out {
		w.Flush()
	}
	const cells = "line, order_id, day, status, amount, reason"
	mapping := func(path, more string) string {
		return head + "sources:\n  - path: " + path + "\n    columns: {customer: \"'c'\", order: order, time: day, amount: amount, attributes: {status: status}}\n    where: status <> 'void'\n" + more
	}
	s := newShop(t)
	s.write("whole.csv", whole.String())
	s.load(mapping("whole.csv", ""))
	want := s.cells(strings.ReplaceAll(cells, "status", "attribute_status"))
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("blank.csv", blank.String())
		plan := s.load(mapping("blank.csv", "    fill_down: [status, day]\n"))
		require.Equal(t, want, s.cells(strings.ReplaceAll(cells, "status", "attribute_status")))
		require.Zero(t, s.tally(plan).Total.Rejected[ledger.FilterUnknown].Rows)
	}
}

// Lines that leave blank what their order says elsewhere are noticed, with what
// to write.
func TestBlankLinesAreNoticed(t *testing.T) {
	for _, c := range []struct{ name, csv, want string }{
		{"shopify", "Name,Email,\"Paid, or not\",Created at,Lineitem price\n#1,a,paid,2024-01-01,1\n#1,,,,2\n#1,,,,2\n#2,b,paid,2024-01-01,3\n", `2 fill_down: [Email, Created at, "Paid, or not"]`},
		{"order blank too", "Name,Email,\"Paid, or not\",Created at,Lineitem price\n#1,a,paid,2024-01-01,1\n,,,,2\n,,,,2\n#2,b,paid,2024-01-01,3\n", `2 fill_down: [Name, Email, Created at, "Paid, or not"]`},
		{"complete", "Name,Email,\"Paid, or not\",Created at,Lineitem price\n#1,a,paid,2024-01-01,1\n#2,b,paid,2024-01-01,3\n", "0 fill_down: []"},
		{"guests", "Name,Email,\"Paid, or not\",Created at,Lineitem price\n#1,a,paid,2024-01-01,1\n#2,,paid,2024-01-01,3\n#3,,paid,2024-01-01,3\n", "0 fill_down: []"},
		{"a total below", "Name,Email,\"Paid, or not\",Created at,Lineitem price\n#1,a,paid,2024-01-01,1\n#2,b,paid,2024-01-01,3\n,,,,4\n", "0 fill_down: []"},
	} {
		s := newShop(t)
		s.write("a.csv", c.csv)
		plan := s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: Email, order: Name, time: Created at, amount: Lineitem price}\n    where: '\"Paid, or not\" = ''paid'' AND \"Lineitem price\" > 0'\n")
		l := s.tally(plan).BlankLines[0]
		require.Equal(t, c.want, fmt.Sprint(l.Rows, " ", l.Line()), c.name)
	}
}
