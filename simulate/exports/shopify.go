package exports

import (
	"fmt"
	"slices"
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
	name: "shopify", // Shopify: orders
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

// shopifyLine is a column that every line of an order fills.
func shopifyLine(name string, cell func(*Line) string) column[*Line] {
	return column[*Line]{name: name, cell: cell}
}

// shopifyFirst is a column of the order: filled on the order's first line.
func shopifyFirst(name string, cell func(*Order) string) column[*Line] {
	return shopifyLine(name, func(l *Line) string {
		if l.Number > 1 {
			return ""
		}
		return cell(l.Order)
	})
}

// shopifyAmount is such a column of money.
func shopifyAmount(name string, of func(*Order) Cents) column[*Line] {
	return shopifyFirst(name, func(o *Order) string { return plain.write(of(o)) })
}

// shopifyColumns are the columns of the export.
func shopifyColumns(s *Shop) []column[*Line] {
	return slices.Concat(
		shopifyTotals(s), shopifyItem(), shopifyAddresses("Billing"), shopifyAddresses("Shipping"),
		spare[*Line]("Notes", "Note Attributes"), shopifyPayment(s), spare[*Line]("Employee", "Location", "Device ID"),
		shopifySource(), spare[*Line]("Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name", "Tax 4 Value",
			"Tax 5 Name", "Tax 5 Value", "Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name",
			"Payment ID", "Payment Terms Name", "Next Payment Due At", "Payment References"),
	)
}

// shopifyTotals are the columns of the order and what it came to.
func shopifyTotals(s *Shop) []column[*Line] {
	return slices.Concat([]column[*Line]{
		shopifyLine("Name", func(l *Line) string { return shopifyName(l.Order) }),
		shopifyLine("Email", func(l *Line) string { return emailOf(l.Order) }),
		shopifyFirst("Financial Status", func(o *Order) string { return shopifyStatus(s, o) }),
		shopifyFirst("Paid at", shopifyPaid),
		shopifyFirst("Fulfillment Status", func(*Order) string { return "fulfilled" }),
		shopifyFirst("Fulfilled at", shopifyPaid),
		shopifyFirst("Accepts Marketing", func(o *Order) string { return []string{"no", "yes"}[o.Number%2] }),
		shopifyFirst("Currency", func(o *Order) string { return o.Currency }),
		shopifyAmount("Subtotal", (*Order).Net),
		shopifyAmount("Shipping", func(o *Order) Cents { return o.Shipping }),
		shopifyAmount("Taxes", (*Order).Tax),
		shopifyAmount("Total", s.Total),
	}, spare[*Line]("Discount Code"), []column[*Line]{
		shopifyAmount("Discount Amount", (*Order).Discount),
		shopifyFirst("Shipping Method", func(*Order) string { return "Standard" }),
	})
}

// shopifyItem are the columns of the product.
func shopifyItem() []column[*Line] {
	return slices.Concat([]column[*Line]{
		shopifyLine("Created at", func(l *Line) string { return l.Order.Time.Format(shopifyTime) }),
		shopifyLine("Lineitem quantity", func(l *Line) string { return strconv.Itoa(l.Quantity) }),
		shopifyLine("Lineitem name", func(l *Line) string { return l.Product.Name }),
		shopifyLine("Lineitem price", func(l *Line) string { return plain.write(l.Price) }),
	}, spare[*Line]("Lineitem compare at price"), []column[*Line]{
		shopifyLine("Lineitem sku", func(l *Line) string { return l.Product.SKU }),
		fixed[*Line]("Lineitem requires shipping", "true"),
		fixed[*Line]("Lineitem taxable", "true"),
		fixed[*Line]("Lineitem fulfillment status", "fulfilled"),
	})
}

// shopifyPayment are the columns of what was paid and given back.
func shopifyPayment(s *Shop) []column[*Line] {
	return []column[*Line]{
		shopifyFirst("Cancelled at", func(o *Order) string {
			if o.Fate != Cancelled {
				return ""
			}
			return o.Time.AddDate(0, 0, 1).Format(shopifyTime)
		}),
		shopifyFirst("Payment Method", func(*Order) string { return "Shopify Payments" }),
		shopifyFirst("Payment Reference", func(o *Order) string { return "c" + token("shopify-pay", o.Number, hex, 12) + ".1" }),
		shopifyAmount("Refunded Amount", s.Refunded),
		shopifyLine("Vendor", func(*Line) string { return "Our Shop" }),
		shopifyAmount("Outstanding Balance", func(o *Order) Cents {
			if o.Fate == Unpaid {
				return s.Total(o)
			}
			return 0
		}),
	}
}

// shopifySource are the columns of where the order came from, and its first tax.
func shopifySource() []column[*Line] {
	return slices.Concat([]column[*Line]{
		shopifyFirst("Id", func(o *Order) string { return strconv.Itoa(5_100_000_000_000 + o.Number*32768) }),
	}, spare[*Line]("Tags"), []column[*Line]{
		shopifyFirst("Risk Level", func(*Order) string { return "Low" }),
		shopifyFirst("Source", func(o *Order) string {
			return map[string]string{"web": "web", "store": "pos", "phone": "shopify_draft_order"}[o.Channel]
		}),
		shopifyLine("Lineitem discount", func(l *Line) string { return plain.write(l.Discount) }),
		shopifyFirst("Tax 1 Name", func(*Order) string { return "State Tax 8%" }),
		shopifyAmount("Tax 1 Value", (*Order).Tax),
	})
}

// shopifyAddresses are the columns of one of the order's two addresses.
func shopifyAddresses(which string) []column[*Line] {
	of := func(name string, cell func(*Customer) string) column[*Line] {
		c := shopifyFirst(which+" "+name, func(o *Order) string {
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
