package published

import (
	"fmt"
	"path/filepath"
)

// Shop is a data set that others publish: its export, and which of its days are looked at.
type Shop struct {
	Name  string
	File  string
	Real  bool   // not made up
	Job   string // columns and more of the source, as YAML
	Zone  string
	First string // origin: a quarter to a third of the history lies before it
	Every int    // months between origins
	Last  string // origin: 91 days at least come after it
	End   string // last whole day of the export
}

// Shops are the data sets, the real ones first.
var Shops = []Shop{
	{
		Name: "cdnow", File: "cdnow_master.csv", Real: true,
		Job:   "columns: {customer: customer_id, time: date, amount: dollar_value}",
		First: "1997-05-31", Every: 1, Last: "1997-12-31", End: "1998-06-30",
	},
	{
		Name: "uci", File: "uci-online-retail.csv.gz", Real: true, Zone: "Europe/London",
		Job: "columns: {customer: CAST(CustomerID AS BIGINT), order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice}\n" +
			"    returns: InvoiceNo LIKE 'C%'",
		First: "2011-03-31", Every: 1, Last: "2011-08-31", End: "2011-12-09",
	},
	{
		Name: "grocery", File: "groceryElog.csv", Real: true,
		Job:   "columns: {customer: cust, time: date, amount: \"1\"}",
		First: "2006-06-30", Every: 3, Last: "2007-09-30", End: "2007-12-30",
	},
	{
		Name: "journey", File: "complete-journey-sample.csv.gz", Real: true,
		Job:   "columns: {customer: household_id, order: basket_id, time: transaction_timestamp, amount: sales_value}",
		First: "2017-03-31", Every: 1, Last: "2017-09-30", End: "2017-12-31",
	},
	{
		Name: "apparel", File: "clvtools_apparelTrans.csv",
		Job:   "columns: {customer: Id, time: Date, amount: Price}",
		First: "2006-12-31", Every: 6, Last: "2010-06-30", End: "2010-12-20",
	},
	{
		Name: "lifetimes", File: "lifetimes_example_transactions.csv",
		Job:   "columns: {customer: id, time: date, amount: \"1\"}",
		First: "2014-04-30", Every: 1, Last: "2014-09-30", End: "2014-12-31",
	},
	{
		Name: "rfm-r", File: "rfm-r-orders.csv",
		Job:   "columns: {customer: customer_id, time: order_date, amount: revenue}",
		First: "2003-12-31", Every: 6, Last: "2006-06-30", End: "2006-12-30",
	},
}

// JobText is the shop's job file: all at its default but for the discount, so that values are
// sums of money that will be seen.
func (s Shop) JobText(folder string) string {
	zone := s.Zone
	if zone == "" {
		zone = "UTC"
	}
	return fmt.Sprintf("name: %s\ntimezone: %s\nsources:\n  - path: %q\n    %s\nclv: {discount_rate: 0}\n",
		s.Name, zone, filepath.Join(folder, s.File), s.Job)
}
