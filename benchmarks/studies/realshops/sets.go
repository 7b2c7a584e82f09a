package main

import (
	"fmt"
	"path/filepath"
)

// set is a shop: its export, and which days are looked at.
type set struct {
	name  string
	file  string
	real  bool   // not made up
	job   string // columns and more of the source, as YAML
	zone  string
	read  columns
	first string // origin: a quarter to a third of the history lies before it
	every int    // months between origins
	last  string // origin: 91 days at least come after it
	end   string // last whole day of the export
}

// columns are those of an export, as this program reads them.
type columns struct {
	customer, day string
	amount        string // empty: every line is worth 1
	times         string // another factor of the amount
	returned      func(line map[string]string) bool
	number        bool // customers are whole numbers, perhaps written as 17850.0
}

// sets are the shops, the real ones first.
var sets = []set{
	{
		name: "cdnow", file: "cdnow_master.csv", real: true,
		job:   "columns: {customer: customer_id, time: date, amount: dollar_value}",
		read:  columns{customer: "customer_id", day: "date", amount: "dollar_value"},
		first: "1997-05-31", every: 1, last: "1997-12-31", end: "1998-06-30",
	},
	{
		name: "uci", file: "uci-online-retail.csv.gz", real: true, zone: "Europe/London",
		job: "columns: {customer: CAST(CustomerID AS BIGINT), order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice}\n" +
			"    returns: InvoiceNo LIKE 'C%'",
		read: columns{
			customer: "CustomerID", day: "InvoiceDate", amount: "Quantity", times: "UnitPrice", number: true,
			returned: func(line map[string]string) bool { return line["InvoiceNo"][0] == 'C' },
		},
		first: "2011-03-31", every: 1, last: "2011-08-31", end: "2011-12-09",
	},
	{
		name: "grocery", file: "groceryElog.csv", real: true,
		job:   "columns: {customer: cust, time: date, amount: \"1\"}",
		read:  columns{customer: "cust", day: "date"},
		first: "2006-06-30", every: 3, last: "2007-09-30", end: "2007-12-30",
	},
	{
		name: "journey", file: "complete-journey-sample.csv.gz", real: true,
		job:   "columns: {customer: household_id, order: basket_id, time: transaction_timestamp, amount: sales_value}",
		read:  columns{customer: "household_id", day: "transaction_timestamp", amount: "sales_value"},
		first: "2017-03-31", every: 1, last: "2017-09-30", end: "2017-12-31",
	},
	{
		name: "apparel", file: "clvtools_apparelTrans.csv",
		job:   "columns: {customer: Id, time: Date, amount: Price}",
		read:  columns{customer: "Id", day: "Date", amount: "Price"},
		first: "2006-12-31", every: 6, last: "2010-06-30", end: "2010-12-20",
	},
	{
		name: "lifetimes", file: "lifetimes_example_transactions.csv",
		job:   "columns: {customer: id, time: date, amount: \"1\"}",
		read:  columns{customer: "id", day: "date"},
		first: "2014-04-30", every: 1, last: "2014-09-30", end: "2014-12-31",
	},
	{
		name: "rfm-r", file: "rfm-r-orders.csv",
		job:   "columns: {customer: customer_id, time: order_date, amount: revenue}",
		read:  columns{customer: "customer_id", day: "order_date", amount: "revenue"},
		first: "2003-12-31", every: 6, last: "2006-06-30", end: "2006-12-30",
	},
}

// jobText is the set's job file: all at its default but for the discount, so that
// values are sums of money that will be seen.
func (s set) jobText(folder string) string {
	zone := s.zone
	if zone == "" {
		zone = "UTC"
	}
	return fmt.Sprintf("name: %s\ntimezone: %s\nsources:\n  - path: %q\n    %s\nclv: {discount_rate: 0}\n",
		s.name, zone, filepath.Join(folder, s.file), s.job)
}
