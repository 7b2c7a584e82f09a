package exports

import (
	"fmt"
	"strings"
)

// magento is the CSV of the orders grid of Magento 2 and Adobe Commerce (Sales,
// Orders, Export): a line for each order.
//
// Known: the heading as the native exporter of a running Magento wrote it;
// times in the format "M j, Y h:i:s A" of the exporter's source, in the store's
// zone; amounts with the four decimals of its tables; quotes as PHP writes them.
//
// What counts: Grand Total (Purchased) less Total Refunded. Orders canceled or
// pending brought no money. A customer is an e-mail address: who ordered as a
// guest has one too.
var magento = kind{
	name: "magento", // Magento: orders grid
	style: style{
		locales: []*locale{english, brazilian, french}, zone: "America/Chicago",
		lines: 1.5, scale: 3, shipping: true, fates: true, refunds: true,
	},
	reading: totals(func(c *Customer) string { return c.Email }),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: whereSpaces, eol: "\n"}
		return f.text("export.csv", tableOf(f, magentoColumns(s), s.Orders), d)
	},
}

// magentoColumns are the columns of the grid.
func magentoColumns(s *Shop) []column[*Order] {
	amount := func(name string, of func(*Order) Cents) column[*Order] {
		return column[*Order]{name: name, cell: func(o *Order) string { return fourPlaces.write(of(o)) }}
	}
	name := func(o *Order) string { return o.Customer.Name }
	address := func(o *Order) string {
		c := o.Customer
		return fmt.Sprintf("%d Main Street,%s,%s,%s", 10+c.Number, c.City.City, c.City.Region, c.City.Code)
	}
	columns := []column[*Order]{
		{name: "ID", cell: func(o *Order) string { return fmt.Sprintf("%09d", o.Number) }},
		{name: "Purchase Point", cell: func(*Order) string { return "Main Website    Main Website Store        Default Store View" }, spare: true},
		{name: "Purchase Date", cell: func(o *Order) string { return o.Time.Format("Jan 2, 2006 03:04:05 PM") }},
		{name: "Bill-to Name", cell: name, spare: true},
		{name: "Ship-to Name", cell: name, spare: true},
		amount("Grand Total (Base)", s.Total),
		amount("Grand Total (Purchased)", s.Total),
		{name: "Status", cell: func(o *Order) string { return magentoStatus(s, o) }},
		{name: "Billing Address", cell: address, spare: true},
		{name: "Shipping Address", cell: address, spare: true},
		fixed[*Order]("Shipping Information", "Flat Rate - Fixed"),
		{name: "Customer Email", cell: emailOf},
		{name: "Customer Group", cell: func(o *Order) string { return []string{"NOT LOGGED IN", "General", "General"}[o.Number%3] }, spare: true},
		amount("Subtotal", (*Order).Net),
		amount("Shipping and Handling", func(o *Order) Cents { return o.Shipping }),
		{name: "Customer Name", cell: name, spare: true},
		fixed[*Order]("Payment Method", "checkmo"),
		{name: "Total Refunded", cell: func(o *Order) string {
			if back := s.Refunded(o); back > 0 {
				return fourPlaces.write(back)
			}
			return "" // the grid knows no refund, not one of nothing
		}},
	}
	return append(columns, spare[*Order]("Allocated sources", "Pickup Location Code", "Braintree Transaction Source", "Dispute State")...)
}

func magentoStatus(s *Shop, o *Order) string {
	switch o.Fate {
	case Unpaid:
		return "pending"
	case Cancelled, Failed:
		return "canceled"
	default:
	}
	if back := s.Refunded(o); back > 0 && back == s.Total(o) {
		return "closed"
	}
	return strings.Fields("complete complete processing")[o.Number%3]
}
