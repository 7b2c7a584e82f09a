package ledger_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// olist writes the four files of a marketplace: lines, orders, customers, products.
func olist(s *shop) {
	s.write("items.csv", "order_id,order_item_id,product_id,price,freight_value\n"+
		"o1,1,p1,10.00,1.50\no1,2,p2,20.00,1.50\no2,1,p1,10.00,2.00\no3,1,p9,5.00,1.00\no4,1,p1,7.00,0.00\n")
	s.write("orders.csv", "order_id,customer_id,order_status,order_purchase_timestamp\n"+
		"o1,c1,delivered,2024-01-05 10:56:33\no2,c2,delivered,2024-02-05 11:00:00\no3,c3,canceled,2024-03-05 11:00:00\n")
	s.write("customers.csv", "customer_id,customer_unique_id,city\nc1,u1,Rio\nc2,u1,Rio\nc3,u3,Recife\n")
	s.write("products.csv", "product_id,product_category_name\np1,toys\np2,\"garden; \"\"big\"\"\"\n")
}

const olistSource = head + `sources:
  - path: items.csv
    join:
      - {path: orders.csv, on: order_id}
      - {path: customers.csv, on: customer_id}
      - {path: products.csv, on: product_id}
    columns:
      customer: customer_unique_id
      order: order_id
      time: order_purchase_timestamp
      amount: price + freight_value
      region: customers.city
      attributes: {kind: product_category_name}
    returns: order_status = 'canceled'
`

// Four files by key, where the key of the third is a column of the second.
func TestJoinsThatChain(t *testing.T) {
	for _, threads := range []int{1, 2, 5} {
		s := shopWith(t, threads)
		olist(s)
		plan := s.load(olistSource)
		require.Equal(t, []string{
			"o1|u1|2024-01-05|11.5|false|Rio|toys|2|", `o1|u1|2024-01-05|21.5|false|Rio|garden; "big"|3|`,
			"o2|u1|2024-02-05|12|false|Rio|toys|4|", "o3|u3|2024-03-05|-6|true|Recife||5|", "o4||||||toys|6|no_time",
		}, s.cells("order_id, customer, day, CASE WHEN reason IS NULL THEN amount END, CASE WHEN reason IS NULL THEN is_return END, attribute_region, attribute_kind, line, reason"))
		counts := s.tally(plan).Joins
		var found []string
		for _, c := range counts[0] {
			found = append(found, strings.Join([]string{c.Path, c.Key, c.NoKey.Money.String(), c.NoPartner.Money.String()}, "|"))
		}
		require.Equal(t, []string{"orders.csv|order_id|0.00|7.00", "customers.csv|customer_id|7.00|0.00", "products.csv|product_id|0.00|-6.00"}, found)
		require.Equal(t, int64(5), counts[0][2].Found.Rows+counts[0][2].NoPartner.Rows)
		inputs := plan.Inputs()
		require.Len(t, inputs, 4)
		require.Equal(t, []int64{5, 3, 3, 2}, []int64{inputs[0].Rows, inputs[1].Rows, inputs[2].Rows, inputs[3].Rows})
	}
}

// A key may be called differently on both sides, have several parts, or be an expression.
func TestJoinKeys(t *testing.T) {
	for on, want := range map[string]string{
		"id = key":                           "Ann|Bo|",
		"{left: id, right: key}":             "Ann|Bo|",
		"[id = key]":                         "Ann|Bo|",
		"[id = key, shop]":                   "Ann||",
		"{left: lower(id), right: key}":      "Ann|Bo|Cy",
		"{left: id, right: upper(key)}":      "||Cy",
		"{left: concat(id), right: \"key\"}": "Ann|Bo|",
	} {
		s := newShop(t)
		s.write("a.csv", "id,day,amount,shop\na,2024-01-01,1,s\nb,2024-01-01,2,s\nC,2024-01-01,3,s\n")
		s.write("b.csv", "key,name,shop\n a ,Ann,s\nb,Bo,x\nc,Cy,s\n")
		s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, region: name}\n    join: [{path: b.csv, on: " + on + "}]\n")
		require.Equal(t, want, strings.Join(s.cells("attribute_region"), "|"), on)
	}
}

// What stands in both is the source's own; the other is reached by the name of its file.
func TestJoinedNames(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount,name\na,2024-01-01,1,own\n")
	s.write("in/b-2024.csv.gz", "")
	s.write("b-2024.csv", "id,name,other\na,Ann,x\n")
	s.write("c.jsonl", `{"id": "a", "other": "y", "price": 2.50}`+"\n")
	for expression, want := range map[string]string{
		"name": "own", `'"b-2024".name'`: "Ann", "b-2024.name": "Ann", "c.other": "y", "upper(c.OTHER)": "Y", "price * 2": "5", "c.id": "a", "id": "a",
	} {
		s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, region: " + expression + "}\n    join: [{path: b-2024.csv, on: id}, {path: c.jsonl, on: id}]\n")
		require.Equal(t, []string{want}, s.cells("attribute_region"), expression)
	}
	for expression, message := range map[string]string{
		"other":   `"other" stands in several joined files: write it with its file, b-2024.other or c.other`,
		"b.other": `has no column "b.other"`,
	} {
		err := s.refusal(head + "sources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, region: " + expression + "}\n    join: [{path: b-2024.csv, on: id}, {path: c.jsonl, on: id}]\n")
		require.ErrorContains(t, err, message)
		require.ErrorAs(t, err, new(job.Errors))
	}
}

// A join must neither multiply rows nor choose among values.
func TestJoinRefusesRepeatedKeys(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("b.csv", "id,name,city\na,Ann,Rio\nb,Bo,Rio\nb,Bob,Rio\nc,,Rio\nc,Cy,Rio\na,Ann,Recife\n")
	yaml := head + "sources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, region: %}\n    join: [{path: b.csv, on: id}]\n"
	var data *ledger.DataError
	require.ErrorAs(t, s.refusal(strings.Replace(yaml, "%", "name", 1)), &data)
	require.Equal(t, "b.csv:3: 2 keys stand on several lines of b.csv, 4 in all, with different values in name, the first on this line; "+
		"a join gives a row the columns of one other, so that no money is counted twice: name more columns of the key in sources.0.join.0.on, export one line per key, or make the file with the lines the source and join the other to it", data.Error())
	require.ErrorContains(t, s.refusal(strings.Replace(yaml, "%", "\"concat(name, city)\"", 1)), "b.csv:2: 3 keys stand on several lines of b.csv, 6 in all, with different values in name, city")
	s.write("b.csv", "id,name,city\na,Ann,Rio\na,Ann,Recife\n")
	s.load(strings.Replace(yaml, "%", "name", 1)) // the column that is used is the same
	require.Equal(t, []string{"Ann"}, s.cells("attribute_region"))
}

// A join gives what a plain map does, whatever the files are written as, on any number of
// threads.
func TestJoinAgainstAMap(t *testing.T) {
	const rows, keys = 40_000, 5000 // several batches of a feed
	name := func(key int) string { return fmt.Sprintf("n%d", key*7%keys) }
	want := make([]string, rows)
	var lines strings.Builder
	lines.WriteString("id,day,amount\n")
	for i := range rows {
		key := i * 31 % (keys + 500) // some have no partner
		fmt.Fprintf(&lines, "%d,2024-01-01,%d\n", key, i)
		if want[i] = ""; key < keys {
			want[i] = name(key)
		}
	}
	var customers strings.Builder
	customers.WriteString("name\tkey\n")
	for key := range keys {
		fmt.Fprintf(&customers, "%s\t%d\n", name(key), key)
	}
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("a.csv", lines.String())
		s.write("b/1.tsv", customers.String())
		s.copyTo("a.parquet", "SELECT * FROM read_csv("+engine.Literal(filepath.Join(s.dir, "a.csv"))+")", "FORMAT parquet")
		s.copyTo("b.parquet", "SELECT name, key::DOUBLE AS key FROM read_csv("+engine.Literal(filepath.Join(s.dir, "b/1.tsv"))+")", "FORMAT parquet")
		for _, files := range [][2]string{{"a.csv", "b"}, {"a.csv", "b.parquet"}, {"a.parquet", "b/*.tsv"}, {"a.parquet", "b.parquet"}} {
			plan := s.load(head + "sources:\n  - path: " + files[0] + "\n    columns: {customer: id, time: day, amount: amount, region: name}\n    join: [{path: " + files[1] + ", on: id = key, as: x}]\n")
			require.Equal(t, want, s.cells("attribute_region"), files)
			require.Equal(t, int64(rows), s.tally(plan).Joins[0][0].Found.Rows+s.tally(plan).Joins[0][0].NoPartner.Rows)
		}
	}
}

// What is wrong with a joined file stops the run as it does with a file of the source.
func TestJoinedFilesAreHeldToTheSame(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("b.csv", "id,name\na,Ann\nb,\"B\"o\n")
	yaml := head + "sources:\n" + source("a.csv", "malformed: 1%", "join: [{path: b.csv, on: id}]")
	require.ErrorContains(t, s.refusal(yaml), "b.csv:3: 1 of its 2 rows are malformed")
	s.write("b.csv", "id,name\na,Ann\nb,Bo")
	s.load(yaml)
	s.write("b.csv", "id,name\na,Ann\nb")
	require.ErrorContains(t, s.refusal(yaml), "b.csv:3: the file ends in the middle of this line")
	for on, message := range map[string]string{
		"nme": `a.csv has no column "nme"`, "id = nme": `b.csv has no column "nme"; did you mean "name"?`, "b.name": "names b.name, which is joined later or by this key itself",
	} {
		require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.csv", "join: [{path: b.csv, on: "+on+"}]")), message)
	}
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.csv", "join: [{path: c.csv, on: id}]")), `job.yaml:6:19: sources.0.join.0.path: no such file "c.csv"`)
}

// Each joined file has an encoding of its own.
func TestJoinedEncoding(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("b.csv", "id,name\na,\xbf\xcd\xbb\xa7\n") // 客户
	s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, region: name}\n    join: [{path: b.csv, on: id, encoding: gb18030}]\n")
	require.Equal(t, []string{"客户"}, s.cells("attribute_region"))
}
