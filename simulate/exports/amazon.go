package exports

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// amazonText is the report "Amazon Fulfilled Shipments" of Seller Central as
// .txt: a line for each product of a shipment, columns between tabs, no quotes.
//
// Known: the names of the columns, from programs that read the report; times
// with an offset from UTC; discounts below zero; addresses of buyers that
// Amazon made up, one for each; the encoding of Windows in Western shops.
//
// What counts: what the buyer paid, which is the sum of the eight columns of
// money. Returns are another report; this one does not know of them.
var amazonText = kind{
	name:    "amazon-txt", // Amazon: fulfilled shipments (.txt)
	style:   amazonStyle,
	reading: totals(amazonBuyer).withoutRefunds(),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: "\t", quotes: never, eol: "\r\n", encoding: charmap.Windows1252}
		return f.text("19482020269.txt", tableOf(f, amazonColumns(s), inOrder(s)), d)
	},
}

// amazonCSV is the same report as CSV, in UTF-8, which is the other choice that
// Seller Central gives.
//
// What counts is as in amazon-txt.
var amazonCSV = kind{
	name:    "amazon-csv", // Amazon: fulfilled shipments (CSV)
	style:   amazonStyle,
	reading: totals(amazonBuyer).withoutRefunds(),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: always, eol: "\r\n", mark: true}
		return f.text("19482020270.csv", tableOf(f, amazonColumns(s), inOrder(s)), d)
	},
}

var amazonStyle = style{
	locales: []*locale{english, french}, zone: "America/Los_Angeles", lines: 1.3, scale: 2, shipping: true,
}

func amazonBuyer(c *Customer) string {
	return token("amazon", c.Number, lowers, 15) + "@marketplace.amazon.com"
}

// amazonColumns are the columns of the report. Shipping stands on the first
// line of an order.
func amazonColumns(s *Shop) []column[*Line] {
	text := func(name string, cell func(*Line) string) column[*Line] { return column[*Line]{name: name, cell: cell} }
	amount := func(name string, of func(*Line) Cents) column[*Line] {
		return text(name, func(l *Line) string { return plain.write(of(l)) })
	}
	none := func(*Line) Cents { return 0 }
	columns := []column[*Line]{
		text("amazon-order-id", func(l *Line) string { return amazonOrder(l.Order) }),
		fixed[*Line]("merchant-order-id", ""),
		text("shipment-id", func(l *Line) string { return token("shipment", l.Order.Number, base62, 9) }),
		text("shipment-item-id", func(l *Line) string { return token("shipment-item", l.Order.Number*16+l.Number, base62, 13) }),
		text("amazon-order-item-id", func(l *Line) string { return strconv.Itoa(60_000_000_000_000 + l.Order.Number*997 + l.Number) }),
		fixed[*Line]("merchant-order-item-id", ""),
		text("purchase-date", func(l *Line) string { return l.Order.Time.Format(time.RFC3339) }),
		text("payments-date", func(l *Line) string { return l.Order.Time.Add(30 * time.Minute).Format(time.RFC3339) }),
		text("shipment-date", func(l *Line) string { return l.Order.Time.Add(31 * time.Hour).Format(time.RFC3339) }),
		text("reporting-date", func(l *Line) string { return l.Order.Time.Add(33 * time.Hour).Format(time.RFC3339) }),
		text("buyer-email", func(l *Line) string { return amazonBuyer(l.Order.Customer) }),
		text("buyer-name", func(l *Line) string { return l.Order.Customer.Name }),
		fixed[*Line]("buyer-phone-number", ""),
		text("sku", func(l *Line) string { return l.Product.SKU }),
		text("product-name", func(l *Line) string { return l.Product.Name }),
		text("quantity-shipped", func(l *Line) string { return strconv.Itoa(l.Quantity) }),
		text("currency", func(l *Line) string { return l.Order.Currency }),
		amount("item-price", (*Line).Gross),
		amount("item-tax", func(l *Line) Cents { return s.onTop(l.Tax) }),
		amount("shipping-price", firstLine(func(o *Order) Cents { return o.Shipping })),
		amount("shipping-tax", none),
		amount("gift-wrap-price", none),
		amount("gift-wrap-tax", none),
		fixed[*Line]("ship-service-level", "Standard"),
		{name: "recipient-name", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
	}
	columns = append(columns, spare[*Line]("ship-address-1", "ship-address-2", "ship-address-3")...)
	columns = append(
		columns,
		text("ship-city", func(l *Line) string { return l.Order.Customer.City.City }),
		text("ship-state", func(l *Line) string { return l.Order.Customer.City.Region }),
		text("ship-postal-code", func(l *Line) string { return l.Order.Customer.City.Code }),
		text("ship-country", func(l *Line) string { return l.Order.Customer.Country }),
	)
	columns = append(columns, spare[*Line]("ship-phone-number", "bill-address-1", "bill-address-2", "bill-address-3", "bill-city",
		"bill-state", "bill-postal-code", "bill-country")...)
	return append(
		columns,
		amount("item-promotion-discount", func(l *Line) Cents { return -l.Discount }),
		amount("ship-promotion-discount", none),
		fixed[*Line]("carrier", "UPS"),
		fixed[*Line]("tracking-number", "1Z999AA10123456784"),
		fixed[*Line]("estimated-arrival-date", ""),
		fixed[*Line]("fulfillment-center-id", "PHX7"),
		fixed[*Line]("fulfillment-channel", "AFN"),
		text("sales-channel", func(*Line) string { return "amazon.com" }),
	)
}

// firstLine is an amount of the order that stands on its first line.
func firstLine(of func(*Order) Cents) func(*Line) Cents {
	return func(l *Line) Cents {
		if l.Number > 1 {
			return 0
		}
		return of(l.Order)
	}
}

// amazonOrder is the number of an order: three, seven and seven digits.
func amazonOrder(o *Order) string {
	d := rand.New(rand.NewPCG(uint64(o.Number), 113))
	return strings.Join([]string{"113", fmt.Sprintf("%07d", d.IntN(10_000_000)), fmt.Sprintf("%07d", o.Number)}, "-")
}
