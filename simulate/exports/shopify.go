package exports

import (
	"fmt"
	"strconv"
)

// shopify is the CSV of orders of Shopify's admin (Orders, Export, "CSV for
// Excel, Numbers, or other spreadsheet programs"): a line for each product of
// an order, of which only the first has the fields of the order. The lines
// below it have the order's name, the customer's address, the time and the
// product.
//
// Known: the names and the order of columns, from programs that state the
// heading in full; which fields later lines keep, from a program that tells
// those of every line from those of the first; times such as
// 2026-05-01 10:00:00 +0200; refunds without a time.
//
// What counts: Total less Refunded Amount, shipping and taxes included, which
// is Shopify's own "total spent" of a customer. Orders that are voided or
// pending brought no money. Who buys without an address is unknown.
var shopify = kind{
	name: "shopify", title: "Shopify: orders",
	style: style{
		locales: []*locale{english, german, french, chinese, brazilian}, zone: "America/New_York",
		lines: 1.6, scale: 2, shipping: true, fates: true, refunds: true, unknown: 0.03,
	},
	reading: totals(func(c *Customer) string { return c.Email }),
	write: func(s *Shop, f *folder) error {
		return f.text("orders_export_1.csv", tableOf(f, shopifyColumns(s), newestFirst(s)), rfc4180)
	},
}

// shopifyTime is how Shopify writes times.
const shopifyTime = "2006-01-02 15:04:05 -0700"

// shopifyColumns are the columns of the export.
func shopifyColumns(s *Shop) []column[*Line] {
	// first is a column of the order: filled on the order's first line.
	first := func(name string, cell func(*Order) string) column[*Line] {
		return column[*Line]{name: name, cell: func(l *Line) string {
			if l.Number > 1 {
				return ""
			}
			return cell(l.Order)
		}}
	}
	line := func(name string, cell func(*Line) string) column[*Line] { return column[*Line]{name: name, cell: cell} }
	amount := func(name string, of func(*Order) Cents) column[*Line] {
		return first(name, func(o *Order) string { return plain.write(of(o)) })
	}
	columns := []column[*Line]{
		line("Name", func(l *Line) string { return shopifyName(l.Order) }),
		line("Email", func(l *Line) string { return emailOf(l.Order) }),
		first("Financial Status", func(o *Order) string { return shopifyStatus(s, o) }),
		first("Paid at", shopifyPaid),
		first("Fulfillment Status", func(*Order) string { return "fulfilled" }),
		first("Fulfilled at", shopifyPaid),
		first("Accepts Marketing", func(o *Order) string { return []string{"no", "yes"}[o.Number%2] }),
		first("Currency", func(o *Order) string { return o.Currency }),
		amount("Subtotal", (*Order).Net),
		amount("Shipping", func(o *Order) Cents { return o.Shipping }),
		amount("Taxes", (*Order).Tax),
		amount("Total", s.Total),
	}
	columns = append(columns, spare[*Line]("Discount Code")...)
	columns = append(
		columns,
		amount("Discount Amount", (*Order).Discount),
		first("Shipping Method", func(*Order) string { return "Standard" }),
		line("Created at", func(l *Line) string { return l.Order.Time.Format(shopifyTime) }),
		line("Lineitem quantity", func(l *Line) string { return strconv.Itoa(l.Quantity) }),
		line("Lineitem name", func(l *Line) string { return l.Product.Name }),
		line("Lineitem price", func(l *Line) string { return plain.write(l.Price) }),
	)
	columns = append(columns, spare[*Line]("Lineitem compare at price")...)
	columns = append(
		columns,
		line("Lineitem sku", func(l *Line) string { return l.Product.SKU }),
		fixed[*Line]("Lineitem requires shipping", "true"),
		fixed[*Line]("Lineitem taxable", "true"),
		fixed[*Line]("Lineitem fulfillment status", "fulfilled"),
	)
	columns = append(columns, shopifyAddresses("Billing", first)...)
	columns = append(columns, shopifyAddresses("Shipping", first)...)
	columns = append(columns, spare[*Line]("Notes", "Note Attributes")...)
	columns = append(
		columns,
		first("Cancelled at", func(o *Order) string {
			if o.Fate != Cancelled {
				return ""
			}
			return o.Time.AddDate(0, 0, 1).Format(shopifyTime)
		}),
		first("Payment Method", func(*Order) string { return "Shopify Payments" }),
		first("Payment Reference", func(o *Order) string { return "c" + token("shopify-pay", o.Number, hex, 12) + ".1" }),
		amount("Refunded Amount", s.Refunded),
		line("Vendor", func(*Line) string { return "Our Shop" }),
		amount("Outstanding Balance", func(o *Order) Cents {
			if o.Fate == Unpaid {
				return s.Total(o)
			}
			return 0
		}),
	)
	columns = append(columns, spare[*Line]("Employee", "Location", "Device ID")...)
	columns = append(
		columns,
		first("Id", func(o *Order) string { return strconv.Itoa(5_100_000_000_000 + o.Number*32768) }),
	)
	columns = append(columns, spare[*Line]("Tags")...)
	columns = append(
		columns,
		first("Risk Level", func(*Order) string { return "Low" }),
		first("Source", func(o *Order) string {
			return map[string]string{"web": "web", "store": "pos", "phone": "shopify_draft_order"}[o.Channel]
		}),
		line("Lineitem discount", func(l *Line) string { return plain.write(l.Discount) }),
		first("Tax 1 Name", func(*Order) string { return "State Tax 8%" }),
		amount("Tax 1 Value", (*Order).Tax),
	)
	return append(columns, spare[*Line]("Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value",
		"Tax 5 Name", "Tax 5 Value", "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name",
		"Payment ID", "Payment Terms Name", "Next Payment Due At", "Payment References")...)
}

// shopifyAddresses are the columns of one of the order's two addresses.
func shopifyAddresses(which string, first func(string, func(*Order) string) column[*Line]) []column[*Line] {
	of := func(name string, cell func(*Customer) string) column[*Line] {
		c := first(which+" "+name, func(o *Order) string {
			if o.Customer == nil {
				return ""
			}
			return cell(o.Customer)
		})
		c.spare = true
		return c
	}
	street := func(c *Customer) string { return fmt.Sprintf("%d Main Street, Apt. %d", 10+c.Number, 1+c.Number%9) }
	none := func(*Customer) string { return "" }
	return []column[*Line]{
		of("Name", func(c *Customer) string { return c.Name }),
		of("Street", street), of("Address1", street), of("Address2", none), of("Company", none),
		of("City", func(c *Customer) string { return c.City.City }),
		// The mark keeps spreadsheets from making a number of the code.
		of("Zip", func(c *Customer) string { return "'" + c.City.Code }),
		of("Province", func(c *Customer) string { return c.City.Region }),
		of("Country", func(c *Customer) string { return c.Country }),
		of("Phone", func(c *Customer) string { return "'" + c.Phone }),
	}
}

func shopifyName(o *Order) string { return fmt.Sprintf("#%d", 1000+o.Number) }

func shopifyPaid(o *Order) string {
	if o.Fate != Paid {
		return ""
	}
	return o.Time.Format(shopifyTime)
}

func shopifyStatus(s *Shop, o *Order) string {
	switch refunded := s.Refunded(o); {
	case o.Fate == Unpaid:
		return "pending"
	case o.Fate != Paid:
		return "voided"
	case refunded == 0:
		return "paid"
	case refunded == s.Total(o):
		return "refunded"
	default:
		return "partially_refunded"
	}
}

// emailOf is the address of who ordered, empty where nobody knows it.
func emailOf(o *Order) string {
	if o.Customer == nil {
		return ""
	}
	return o.Customer.Email
}

// newestFirst are the lines of all orders, the last order first: as most shop
// systems list them.
func newestFirst(s *Shop) (lines []*Line) {
	for i := len(s.Orders) - 1; i >= 0; i-- {
		lines = append(lines, s.Orders[i].Lines...)
	}
	return lines
}

// inOrder are the lines of all orders, the first order first.
func inOrder(s *Shop) (lines []*Line) {
	for _, o := range s.Orders {
		lines = append(lines, o.Lines...)
	}
	return lines
}
