package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// duplicateRows are the lines of the second file that stand in the first, too.
func (s *shop) duplicateRows(yaml string) []int64 {
	s.t.Helper()
	lines := []int64{}
	for _, r := range s.rejects(s.load(yaml)) {
		require.Equal(s.t, ledger.Duplicate, r.Reason)
		lines = append(lines, r.Line)
	}
	return lines
}

// Rows are compared by what they hold, however the two files write it.
func TestDuplicatesHoweverWritten(t *testing.T) {
	const plain = "id,day,amount,note\na,2024-01-01,5.10,x\nb,2024-01-02,7,\n"
	const both, none = "both", ""
	for _, c := range []struct{ name, one, other, second, want string }{
		{"another order of columns", "1.csv", plain, "note,amount,day,id\nx,5.10,2024-01-01,a\n,7,2024-01-02,b\n", both},
		{"quotes, delimiter, line ends", "1.csv", plain, "\ufeff\"id\";\"day\";\"amount\";\"note\"\r\n\"a\";2024-01-01;5.1;x\r\nb;2024-01-02;7.00;\r\n", both},
		{"names in capitals", "1.csv", plain, "ID,day,AMOUNT,Note\na,2024-01-01,5.10,x\nb,2024-01-02,7,\n", both},
		{"another note", "1.csv", plain, "id,day,amount,note\na,2024-01-01,5.10,y\nb,2024-01-02,7,z\n", none},
		{"an address that ends in another zero", "1.csv", "id,day,amount,note\na,2024-01-01,5,10.0.0.1\n", "id,day,amount,note\na,2024-01-01,5,10.0.0.10\n", none},
	} {
		s := newShop(t)
		s.write("x/1.csv", c.other)
		s.write("x/2.csv", c.second)
		want := []int64{}
		if c.want == both {
			want = []int64{2, 3}
		}
		require.Equal(t, want, s.duplicateRows(head+"sources:\n"+source("x", "duplicates: drop")), c.name)
	}

	s := newShop(t)
	s.write("x/1.csv", plain)
	s.write("x/2.jsonl", `{"note": "x", "amount": 5.1, "day": "2024-01-01", "id": "a"}`+"\n"+`{"id": "b", "amount": 7.0, "day": "2024-01-02", "note": null}`+"\n")
	require.Equal(t, []int64{1, 2}, s.duplicateRows(head+"sources:\n"+source("x", "duplicates: drop")), "JSON")
}

// The types in which Parquet stores a row do not matter.
func TestDuplicatesInParquet(t *testing.T) {
	s := newShop(t)
	s.copyTo("1.parquet", "SELECT 1::BIGINT AS id, DATE '2024-01-01' AS day, 5.10::DECIMAL(10, 2) AS amount", "FORMAT parquet")
	s.copyTo("2.parquet", "SELECT 5.1::DOUBLE AS amount, TIMESTAMP '2024-01-01' AS day, 1::DOUBLE AS id", "FORMAT parquet")
	s.copyTo("3.parquet", "SELECT 5.1000::DECIMAL(20, 4) AS amount, TIMESTAMP '2024-01-01 00:00:01' AS day, 1::INTEGER AS id", "FORMAT parquet")
	require.Equal(t, []int64{1}, s.duplicateRows(head+"sources:\n"+source("\"*.parquet\"", "duplicates: drop")))
}

// Folders count where the job maps them: two shops may sell the same.
func TestDuplicatesInFolders(t *testing.T) {
	for _, parquet := range []bool{false, true} {
		s := newShop(t)
		for _, folder := range []string{"x/shop=1", "x/shop=2"} {
			s.write(folder+"/.keep", "")
			if parquet {
				s.copyTo(folder+"/1.parquet", "SELECT 'a' AS id, DATE '2024-01-01' AS day, 5 AS amount", "FORMAT parquet")
			} else {
				s.write(folder+"/1.csv", "id,day,amount\na,2024-01-01,5\n")
			}
		}
		const mapped = "  - path: x/*/1.*\n    columns: {customer: id, time: day, amount: amount, region: shop}\n    duplicates: drop\n"
		require.Empty(t, s.duplicateRows(head+"sources:\n"+mapped))
		require.Len(t, s.duplicateRows(head+"sources:\n"+source("x/*/1.*", "duplicates: drop")), 1)
	}
}
