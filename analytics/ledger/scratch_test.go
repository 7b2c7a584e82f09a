package ledger_test

import (
	"fmt"
	"testing"
	"strings"

	"clientele/analytics/engine"
)

func TestSQLScratch(t *testing.T) {
	s := newShop(t)
	for i, text := range []string{"My shop, all sales\n\n" + three, "My shop, all sales\n" + three, "My shop\n" + three, "My shop\n\n" + three,  "My shop, all sales\n\n" + three + "9,2024-01-03,3.25\n", "My shop, all sales\n\nid,day,amount\n1,2024-01-03,3.25\n2,2024-01-03,3.25\n3,2024-01-03,3.25\n"} {
	 s.write("x.csv", text);
	for _, q := range []string{
		"SELECT Delimiter, SkipRows, list_transform(Columns, lambda c: c.name)::VARCHAR FROM sniff_csv('FILE', header = true, all_varchar = true, quote='\"', escape='\"')",
		"SELECT Delimiter, SkipRows, list_transform(Columns, lambda c: c.name)::VARCHAR FROM sniff_csv('FILE', header = true, all_varchar = true, quote='\"', escape='\"', ignore_errors=false)",
		"SELECT Delimiter, SkipRows, list_transform(Columns, lambda c: c.name)::VARCHAR FROM sniff_csv('FILE', header = true, all_varchar = true)",
	} {
		q = strings.ReplaceAll(q, "FILE", s.dir+"/x.csv")
		rows, err := engine.Text(t.Context(), s.engine, q)
		fmt.Printf("%d   %q %v\n", i, rows, err)
	}
	}
}
