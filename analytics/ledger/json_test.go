package ledger_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// shopify is an export of orders as an API gives them, each with its lines.
const shopify = `{
  "orders": [
    {"id": 1001, "created_at": "2024-01-05T10:56:33Z", "customer": {"id": 7, "email": "a@example.com"},
     "line_items": [{"id": 1, "sku": "mug", "price": "10.00", "quantity": 2}, {"id": 2, "sku": "pot", "price": "5.50", "quantity": 1}]},
    {"id": 1002, "created_at": "2024-02-05T00:00:00Z", "customer": {"id": 8},
     "line_items": [{"id": 3, "sku": "mug", "price": "10.00", "quantity": 1}]},
    {"id": 1003, "created_at": "2024-02-06T00:00:00Z", "customer": null, "line_items": []}
  ]
}
`

func TestOrdersWithTheirLines(t *testing.T) {
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("orders.json", shopify)
		s.write("people.json", `[{"who": {"id": 7, "town": "Rio"}}, {"who": {"id": "8", "town": "Kiel"}}]`)
		s.load(head + `sources:
  - path: orders.json
    records: orders[].line_items[]
    join: [{path: people.json, on: parent.customer.id = who.id}]
    columns: {customer: parent.customer.id, order: parent.id, time: parent.created_at, amount: price * quantity, region: who.town, attributes: {sku: upper(sku)}}
`)
		require.Equal(t, []string{"1|7|1001|2024-01-05|20|Rio|MUG|", "2|7|1001|2024-01-05|5.5|Rio|POT|", "3|8|1002|2024-02-05|10|Kiel|MUG|", "4||1003|2024-02-06||||amount_unreadable"},
			s.cells("line, customer, order_id, day, amount, attribute_region, attribute_sku, reason"))
	}
}

// A document with one list needs no word about it; with two, the job says which.
func TestListOfADocument(t *testing.T) {
	s := newShop(t)
	const list = `"data": [{"id": "a", "day": "2024-01-01", "amount": 1.50}, {"id": "b", "day": "2024-01-02", "amount": 1e3, "x": {"y": [1]}}]`
	s.write("a.json", `{"object": "list", `+list+`, "has_more": false}`)
	s.load(head + "sources:\n" + source("a.json"))
	require.Equal(t, []string{"a|2024-01-01|1.5", "b|2024-01-02|1000"}, s.cells("customer, day, amount"))

	s.write("a.json", `{`+list+`, "refunds": [{"id": 1}]}`)
	err := s.refusal(head + "sources:\n" + source("a.json"))
	require.ErrorAs(t, err, new(job.Errors))
	require.ErrorContains(t, err, "job.yaml:4:5: sources.0.records: a.json: it has several lists of objects, data and refunds: say which holds the records; for example records: data")
	s.load(head + "sources:\n" + source("a.json", "records: data"))
	require.Equal(t, []string{"a|2024-01-01|1.5", "b|2024-01-02|1000"}, s.cells("customer, day, amount"))
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.json", "records: date")), `job.yaml:6:14: sources.0.records: a.json: it has no list "date"; its lists of objects are data, refunds; for example records: data`)

	s.write("a.json", `{`+list[:len(list)-10])
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.json", "records: data")), "a.json")
}

// Files of one export need not all have a member that some records lack.
func TestMembersThatAFileLacks(t *testing.T) {
	s := newShop(t)
	s.write("in/1.jsonl", `{"id": "a", "day": "2024-01-01", "amount": 1}`+"\n")
	s.write("in/2.jsonl", `{"id": "b", "day": "2024-01-01", "amount": 2, "store": {"town": "Rio"}}`+"\n")
	s.load(head + "sources:\n  - path: in\n    columns: {customer: id, time: day, amount: amount, region: store.town}\n")
	require.Equal(t, []string{"a|", "b|Rio"}, s.cells("customer, attribute_region"))
}

// Structs of Parquet are read by the same names.
func TestStructsOfParquet(t *testing.T) {
	s := newShop(t)
	s.copyTo("a.parquet", "SELECT {'id': 7, 'home': {'town': 'Rio'}} AS customer, DATE '2024-01-01' AS day, {'net': 1.50::DECIMAL(9,2)} AS sums", "FORMAT parquet")
	s.write("b.csv", "key,name\n7,Ann\n")
	s.load(head + "sources:\n  - path: a.parquet\n    join: [{path: b.csv, on: customer.id = key}]\n    columns: {customer: customer.id, time: day, amount: sums.net, region: customer.home.town, attributes: {name: name}}\n")
	require.Equal(t, []string{"7|1.5|Rio|Ann"}, s.cells("customer, amount, attribute_region, attribute_name"))
}

// A document that is read only in part is not read at all.
func TestDamagedDocuments(t *testing.T) {
	s := newShop(t)
	var rows strings.Builder
	for range 30_000 { // more than is looked at
		rows.WriteString(`{"id": "a", "day": "2024-01-01", "amount": 1},` + "\n")
	}
	for text, want := range map[string]string{
		"[" + rows.String():                         "a.json:30001: the document ends here, in the middle: it was cut off",
		"[" + rows.String() + "{}] 7":               "a.json:30001: the document ends before this, and something follows it",
		`{"data": [` + rows.String() + `{}], "b":}`: "a.json:30001: expected a value before '}'",
	} {
		s.write("a.json", text)
		require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.json")), want)
	}
	s.write("a.json", "["+rows.String()+`{"id": 01}]`)
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("a.json", "malformed: 0")), "a.json:30001: 1 of its 30001 rows are malformed, the first on this line, and more than 0% stop the run: a row is a JSON object, and goes by its number in the list")
}
