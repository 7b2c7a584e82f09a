package exports

import (
	"slices"
	"strconv"
	"time"
)

// square is the "Items detail CSV" of Square's dashboard (Transactions,
// Export): a line for each product of a sale, and one with negative amounts for
// each that was given back, both with the sale's Transaction ID.
//
// Known: the heading of 35 columns of exports of this year; amounts such as
// $1,234.50 and -$12.00; date and time in two columns, in the zone that a third
// one names in words; Event Type Payment or Refund; the newest sale first.
//
// What counts: Net Sales, which is after discounts and before tax, as the name
// says. Most of those who buy over the counter are unknown.
var square = kind{
	name: "square", // Square: items detail
	style: style{
		locales: []*locale{english, brazilian}, zone: "America/New_York",
		lines: 1.7, scale: 20, refunds: true, unknown: 0.2,
	},
	reading: goods(squareCustomer),
	write: func(s *Shop, f *folder) error {
		return f.text("items-2024-01-01-2025-07-01.csv", tableOf(f, squareColumns(), squareRows(s)), rfc4180)
	},
}

// squareRow is a product that was sold or given back.
type squareRow struct {
	*Line
	at       time.Time
	event    string
	quantity int
	back     *Back // money of it; of a sale that of the line
	payment  string
}

func squareCustomer(c *Customer) string { return token("square-customer", c.Number, capitals, 26) }

// squareRows are all rows, the newest first.
func squareRows(s *Shop) (rows []squareRow) {
	for _, o := range s.Orders {
		for _, l := range o.Lines {
			all := &Back{Gross: l.Gross(), Discount: l.Discount, Net: l.Net(), Tax: l.Tax}
			rows = append(rows, squareRow{Line: l, at: o.Time, event: "Payment", quantity: l.Quantity, back: all, payment: token("square-payment", o.Number, base62, 22)})
		}
		for _, r := range o.Refunds {
			for _, b := range r.Lines {
				less := &Back{Gross: -b.Gross, Discount: -b.Discount, Net: -b.Net, Tax: -b.Tax}
				rows = append(rows, squareRow{Line: b.Line, at: r.Time, event: "Refund", quantity: -b.Quantity, back: less, payment: token("square-refund", o.Number*8+r.Number, base62, 22)})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b squareRow) int { return b.at.Compare(a.at) })
	return rows
}

// squareColumns are the columns of the export.
func squareColumns() []column[squareRow] {
	text := func(name string, cell func(squareRow) string) column[squareRow] {
		return column[squareRow]{name: name, cell: cell}
	}
	amount := func(name string, of func(*Back) Cents) column[squareRow] {
		return text(name, func(r squareRow) string { return dollars.write(of(r.back)) })
	}
	customer := func(cell func(*Customer) string) func(squareRow) string {
		return func(r squareRow) string {
			if r.Order.Customer == nil {
				return ""
			}
			return cell(r.Order.Customer)
		}
	}
	columns := []column[squareRow]{
		text("Date", func(r squareRow) string { return r.at.Format(time.DateOnly) }),
		text("Time", func(r squareRow) string { return r.at.Format(time.TimeOnly) }),
		text("Time Zone", func(squareRow) string { return "Eastern Time (US & Canada)" }),
		text("Category", func(r squareRow) string { return r.Product.Category }),
		text("Item", func(r squareRow) string { return r.Product.Name }),
		text("Qty", func(r squareRow) string { return strconv.Itoa(r.quantity) + ".0" }),
		fixed[squareRow]("Price Point Name", "Regular"),
		{name: "SKU", cell: func(r squareRow) string { return r.Product.SKU }, spare: true},
		fixed[squareRow]("Modifiers Applied", ""),
		amount("Gross Sales", func(b *Back) Cents { return b.Gross }),
		amount("Discounts", func(b *Back) Cents { return -b.Discount }),
		amount("Net Sales", func(b *Back) Cents { return b.Net }),
		amount("Tax", func(b *Back) Cents { return b.Tax }),
		text("Transaction ID", func(r squareRow) string { return token("square", r.Order.Number, base62, 25) }),
		text("Payment ID", func(r squareRow) string { return r.payment }),
		fixed[squareRow]("Device Name", "Counter iPad"),
		fixed[squareRow]("Notes", ""),
		{name: "Details", cell: func(r squareRow) string {
			return "https://squareup.com/dashboard/sales/transactions/" + token("square", r.Order.Number, base62, 25)
		}, spare: true},
		text("Event Type", func(r squareRow) string { return r.event }),
		text("Location", func(r squareRow) string { return []string{"Main St", "Market"}[r.Order.Number%2] }),
		fixed[squareRow]("Dining Option", ""),
		text("Customer ID", customer(squareCustomer)),
		text("Customer Name", customer(func(c *Customer) string { return c.Name })),
		fixed[squareRow]("Customer Reference ID", ""),
		fixed[squareRow]("Unit", ""),
		{name: "Count", cell: func(r squareRow) string { return strconv.Itoa(r.quantity) }, spare: true},
	}
	return append(
		columns,
		fixed[squareRow]("GTIN", ""),
		fixed[squareRow]("Itemization Type", "Physical Good"),
		fixed[squareRow]("Commission", "$0.00"),
		fixed[squareRow]("Employee", ""),
		fixed[squareRow]("Fulfillment Note", ""),
		text("Channel", func(squareRow) string { return "Square Point of Sale" }),
		column[squareRow]{name: "Token", cell: func(r squareRow) string { return token("square-item", len(r.Product.SKU)+r.Number, capitals, 24) }, spare: true},
		fixed[squareRow]("Card Brand", "Visa"),
		fixed[squareRow]("PAN Suffix", "1881"),
	)
}
