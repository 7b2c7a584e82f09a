package main

import "clientele/benchmarks/studies/published"

// set is a shop, and how this program reads its export.
type set struct {
	published.Shop
	read columns
}

// columns are those of an export, as this program reads them.
type columns struct {
	customer, day string
	amount        string // empty: every line is worth 1
	times         string // another factor of the amount
	returned      func(line map[string]string) bool
	number        bool // customers are whole numbers, perhaps written as 17850.0
}

// reads are the columns of the shops' exports.
var reads = map[string]columns{
	"cdnow": {customer: "customer_id", day: "date", amount: "dollar_value"},
	"uci": {
		customer: "CustomerID", day: "InvoiceDate", amount: "Quantity", times: "UnitPrice", number: true,
		returned: func(line map[string]string) bool { return line["InvoiceNo"][0] == 'C' },
	},
	"grocery":   {customer: "cust", day: "date"},
	"journey":   {customer: "household_id", day: "transaction_timestamp", amount: "sales_value"},
	"apparel":   {customer: "Id", day: "Date", amount: "Price"},
	"lifetimes": {customer: "id", day: "date"},
	"rfm-r":     {customer: "customer_id", day: "order_date", amount: "revenue"},
}

// sets are the shops, the real ones first.
func sets() (all []set) {
	for _, s := range published.Shops {
		all = append(all, set{s, reads[s.Name]})
	}
	return all
}
