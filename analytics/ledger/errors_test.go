package ledger_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// said is an error's text without the folder in which the test runs.
func (s *shop) said(err error) string {
	return strings.ReplaceAll(err.Error(), s.dir+string(filepath.Separator), "")
}

// What the job file says does not fit the exports: position, key and message.
func TestJobErrors(t *testing.T) {
	const path, customer, where = "job.yaml:4:11: sources.0.path: ", "job.yaml:5:25: sources.0.columns.customer: ", "job.yaml:6:12: sources.0.where: "
	for _, c := range []struct{ name, path, customer, where, want string }{
		{"missing file", "absent.csv", "id", "", path + `no such file "absent.csv": check the path, or that tonight's export has arrived`},
		{"pattern without match", "in/x*.csv", "id", "", path + `no file matches "in/x*.csv": check the pattern, or that tonight's export has arrived`},
		{"folder without exports", "empty", "id", "", path + `the folder holds no export: expected files ending in .csv, .xlsx, .parquet, .arrow or .jsonl, in it or in folders below, or a format: that says what they are`},
		{"bad pattern", "in/[.csv", "id", "", path + `"in/[.csv" is not a file name or pattern: syntax error in pattern`},
		{"unknown ending", "b.pdf", "id", "", path + `the ending of b.pdf does not say what it is: expected .csv, .xlsx, .parquet, .arrow or .jsonl (or .gz or .zst after it), or a format: beside the path`},
		{"unknown ending by pattern", "b.*", "id", "", path + `the ending of b.pdf does not say what it is: expected .csv, .xlsx, .parquet, .arrow or .jsonl (or .gz or .zst after it), or a format: beside the path`},
		{"wrong column", "a.csv", "who", "", customer + `a.csv has no column "who"; its columns are id, day, amount, Customer ID`},
		{"column without its space", "a.csv", "CustomerId", "", customer + `a.csv has no column "CustomerId"; did you mean "Customer ID"?; its columns are id, day, amount, Customer ID`},
		{"near column", "a.csv", "idd", "", customer + `a.csv has no column "idd"; did you mean "id"?; its columns are id, day, amount, Customer ID`},
		{"near column with a space", "a.csv", "Custmer ID", "", customer + `a.csv has no column "Custmer ID"; did you mean "Customer ID"?; its columns are id, day, amount, Customer ID`},
		{"bad expression", "a.csv", "concat(id", "", customer + `"concat(id" is not an expression over the columns of a.csv: something is missing at its end, such as a bracket`},
		{"unknown function", "a.csv", "shout(id)", "", customer + `"shout(id)" is not an expression over the columns of a.csv: Scalar Function with name shout does not exist!`},
		{"aggregate", "a.csv", "max(id)", "", customer + `"max(id)" looks at several rows; an expression is about one row of a.csv`},
		{"window", "a.csv", "first(id) OVER ()", "", customer + `"first(id) OVER ()" looks at several rows; an expression is about one row of a.csv`},
		{"not a condition", "a.csv", "id", "day", where + `"day" gives VARCHAR, not true or false`},
		{"wrong column in a condition", "a.csv", "id", "amout > 0", where + `a.csv has no column "amout"; did you mean "amount"?; its columns are id, day, amount, Customer ID`},
		{"condition on words", "a.csv", "id", "day > 5", where + `"day > 5" is not an expression over the columns of a.csv: Cannot compare values of type VARCHAR and type INTEGER_LITERAL - an explicit cast is required`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			s.write("a.csv", "id,day,amount,Customer ID\n1,2024-01-01,1,1\n")
			s.write("b.pdf", "PK")
			s.write("empty/readme.md", "")
			s.write("in/a.csv", "")
			text := head + "sources:\n  - path: " + c.path + "\n    columns: {customer: \"" + c.customer + "\", time: day, amount: amount}\n"
			if c.where != "" {
				text += "    where: " + c.where + "\n"
			}
			err := s.refusal(text)
			var wrong job.Errors
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, c.want, s.said(err))
		})
	}
}

func TestTimeOfWrongType(t *testing.T) {
	s := newShop(t)
	s.copyTo("a.parquet", "SELECT 1 AS id, 20240101 AS day, 1 AS amount, true AS paid, [1] AS list", "FORMAT parquet")
	for _, c := range []struct{ time, amount, want string }{
		{"NOT paid", "amount", `job.yaml:5:35: sources.0.columns.time: "NOT paid" gives BOOLEAN, not a time; wrap it, for example in to_timestamp(...) or strptime(..., '%d.%m.%Y')`},
		{"'2024-01-01'", "amount > 0", `job.yaml:5:59: sources.0.columns.amount: "amount > 0" gives BOOLEAN, not a number`},
		{"'2024-01-01'", "'list_value(1.5, amount)'", `job.yaml:5:59: sources.0.columns.amount: "list_value(1.5, amount)" gives DECIMAL(11,1)[], not a number`},
		{"list_value(TIMESTAMP '2024-01-01')", "amount", `job.yaml:5:35: sources.0.columns.time: "list_value(TIMESTAMP '2024-01-01')" gives TIMESTAMP[], not a time; wrap it, for example in to_timestamp(...) or strptime(..., '%d.%m.%Y')`},
	} {
		err := s.refusal(head + "sources:\n  - path: a.parquet\n    columns: {customer: id, time: \"" + c.time + "\", amount: " + c.amount + "}\n")
		require.Equal(t, c.want, s.said(err))
	}
}

// Everything that is wrong with the job file is said at once.
func TestJobErrorsAtOnce(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount\n1,2024-01-01,1\n")
	err := s.refusal(head + "sources:\n  - path: a.csv\n    columns: {customer: who, time: when, amount: amount}\n    returns: amount\n" + source("absent.csv"))
	require.Equal(t, strings.Join([]string{
		`job.yaml:5:25: sources.0.columns.customer: a.csv has no column "who"; its columns are id, day, amount`,
		`job.yaml:5:36: sources.0.columns.time: a.csv has no column "when"; its columns are id, day, amount`,
		`job.yaml:6:14: sources.0.returns: "amount" gives VARCHAR, not true or false`,
		`job.yaml:7:11: sources.1.path: no such file "absent.csv": check the path, or that tonight's export has arrived`,
	}, "\n"), s.said(err))
}

// The job file may be right, and tonight's data are not.
func TestDataErrors(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"empty.csv", "", "empty.csv: the file is empty: expected a header and rows; export it again"},
		{"blank.csv", "\n\n\n", "blank.csv: cannot be read as csv: it holds blank lines only: export it again"},
		{"bytes.csv", "id\x00,day\x00", "bytes.csv: cannot be read as csv: it is no text, as bytes of value 0 show: export it as CSV"},
		{"sheet.csv", "PK\x03\x04\x00\x00", "sheet.csv: cannot be read as csv: it is a workbook or another zip archive: give a workbook the ending .xlsx, or unpack the archive"},
		{"packed.csv", gzipped(t, "id,day,amount\n1,2024-01-01,5\n"), "packed.csv: cannot be read as csv: it is compressed with gzip, which its name does not say: give it an ending such as .csv.gz"},
		{"packed.jsonl", "\x28\xb5\x2f\xfd\x00", "packed.jsonl: cannot be read as json: it is compressed with zstd, which its name does not say: give it an ending such as .csv.zst"},
		{"nothing.csv.gz", gzipped(t, ""), "nothing.csv.gz: cannot be read as csv: it holds blank lines only: export it again"},
		{"not.csv.gz", "id,day,amount\n", "not.csv.gz: cannot be read as csv: its name ends in .gz and it is not compressed with gzip: give it the ending that says what it is"},
		{"not.csv.zst", "id,day,amount\n", "not.csv.zst: cannot be read as csv: its name ends in .zst and it is not compressed with zstd: give it the ending that says what it is"},
		{"not.parquet", "id,day,amount\n", "not.parquet: cannot be read as parquet: file is smaller than indicated metadata size: export or copy it again, or give it the ending that says what it is"},
		{"list.json", `[1, 2]`, "list.json: cannot be read as json: expected a list of objects, such as [{\"id\": 1}]"},
		{"text.jsonl", "no json at all\n", "text.jsonl: cannot be read as json: expected one object per line, such as {\"id\": 1}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			s.write(c.name, c.content)
			err := s.refusal(head + "sources:\n" + source(c.name))
			var data *ledger.DataError
			require.ErrorAs(t, err, &data)
			require.Equal(t, c.want, s.said(err))
		})
	}
}

// A header without rows is no fault of the ledger's: it accounts for nothing.
func TestHeaderOnly(t *testing.T) {
	s := newShop(t)
	for _, more := range []string{"", "where: amount > 0", "returns: id LIKE 'C%'"} {
		plan := s.loadOne("id,day,amount\n", more)
		a := s.tally(plan)
		require.Zero(t, a.Total.Read.Rows)
		require.True(t, a.NewestDay.IsZero())
		require.Empty(t, s.rejects(plan))
	}
}

// A file that lacks a column which the first file of the source has is a
// fault of that file; one that has more is not.
func TestFilesOfASourceDiffer(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,amount\n1,2024-01-01,1\n")
	s.write("in/2.csv", "id,day,total\n1,2024-01-01,1\n")
	err := s.refusal(head + "sources:\n" + source("in"))
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	require.Equal(t, `in/2.csv: its columns differ from those of in/1.csv: sources.0.columns.amount: in/2.csv has no column "amount"; its columns are id, day, total`, s.said(err))

	s.write("in/2.csv", "id,more,day,amount\n1,x,2024-01-01,2\n")
	plan := s.load(head + "sources:\n" + source("in"))
	require.Equal(t, "3.00", s.tally(plan).Total.Used.Money.String())
}

// When one file of many cannot be read, the message says which.
func TestOneOfManyFiles(t *testing.T) {
	s := newShop(t)
	s.write("in/2.parquet", "PAR1 and no more")
	s.copyTo("in/1.parquet", "SELECT 1 AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	require.Contains(t, s.said(s.refusal(head+"sources:\n"+source("in"))), "in/2.parquet: cannot be read as parquet: ")
}
