package exports

import "strconv"

// woocommerce is the CSV of "Advanced Order Export For WooCommerce", the most
// used of the plug-ins that export orders (WooCommerce itself lists them without
// their lines): a line for each product, with the fields of the order repeated
// on every line.
//
// Known: the names of columns and the names of states, which are those of the
// plug-in's form and of WooCommerce; that "Quantity (- Refund)" is what was not
// given back; quotes as PHP writes them. That all rows have the order's fields
// is one of its settings, and its default.
//
// What counts: Order Total Amount less Order Refund Amount, once an order,
// shipping and taxes included. Orders cancelled, failed or awaiting payment
// brought no money. A customer is a billing address: guests have one too.
var woocommerce = kind{
	name: "woocommerce", // WooCommerce: orders (Advanced Order Export)
	style: style{
		locales: []*locale{german, french, english}, zone: "Europe/Berlin",
		lines: 1.8, scale: 1, shipping: true, fates: true, refunds: true,
	},
	reading: totals(func(c *Customer) string { return c.Email }),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: whereSpaces, eol: "\n"}
		return f.text("orders-2025-07-01-08-00-12.csv", tableOf(f, wooColumns(s), newestFirst(s)), d)
	},
}

// wooColumns are the columns that the plug-in has ticked when it is new.
func wooColumns(s *Shop) []column[*Line] {
	of := func(name string, cell func(*Order) string) column[*Line] {
		return column[*Line]{name: name, cell: func(l *Line) string { return cell(l.Order) }}
	}
	extra := func(name string, cell func(*Order) string) column[*Line] {
		c := of(name, cell)
		c.spare = true
		return c
	}
	columns := []column[*Line]{
		of("Order Number", func(o *Order) string { return strconv.Itoa(4200 + o.Number) }),
		of("Order Status", func(o *Order) string { return wooStatus(s, o) }),
		of("Order Date", func(o *Order) string { return o.Time.Format("2006-01-02 15:04") }),
	}
	columns = append(columns, spare[*Line]("Customer Note")...)
	columns = append(
		columns,
		extra("First Name (Billing)", func(o *Order) string { return o.Customer.Given }),
		extra("Last Name (Billing)", func(o *Order) string { return o.Customer.Family }),
	)
	columns = append(columns, spare[*Line]("Company (Billing)", "Address 1&2 (Billing)")...)
	columns = append(
		columns,
		extra("City (Billing)", func(o *Order) string { return o.Customer.City.City }),
		extra("State Code (Billing)", func(o *Order) string { return o.Customer.City.Region }),
		extra("Postcode (Billing)", func(o *Order) string { return o.Customer.City.Code }),
		extra("Country Code (Billing)", func(o *Order) string { return o.Customer.Country }),
		of("Email (Billing)", func(o *Order) string { return o.Customer.Email }),
		extra("Phone (Billing)", func(o *Order) string { return o.Customer.Phone }),
	)
	columns = append(columns, spare[*Line]("First Name (Shipping)", "Last Name (Shipping)", "Address 1&2 (Shipping)", "City (Shipping)",
		"State Code (Shipping)", "Postcode (Shipping)", "Country Code (Shipping)")...)
	return append(
		columns,
		fixed[*Line]("Payment Method Title", "Direct bank transfer"),
		of("Cart Discount Amount", func(o *Order) string { return plain.write(o.Discount()) }),
		of("Order Subtotal Amount", func(o *Order) string { return plain.write(sum(o.Lines, (*Line).Gross)) }),
		fixed[*Line]("Shipping Method Title", "Flat rate"),
		of("Order Shipping Amount", func(o *Order) string { return plain.write(o.Shipping) }),
		of("Order Refund Amount", func(o *Order) string { return plain.write(s.Refunded(o)) }),
		of("Order Total Amount", func(o *Order) string { return plain.write(s.Total(o)) }),
		of("Order Total Tax Amount", func(o *Order) string { return plain.write(o.Tax()) }),
		column[*Line]{name: "SKU", cell: func(l *Line) string { return l.Product.SKU }},
		column[*Line]{name: "Item #", cell: func(l *Line) string { return strconv.Itoa(l.Number) }},
		column[*Line]{name: "Item Name", cell: func(l *Line) string { return l.Product.Name }},
		column[*Line]{name: "Quantity (- Refund)", cell: func(l *Line) string {
			return strconv.Itoa(l.Quantity - came(l.Order, l).Quantity)
		}},
		column[*Line]{name: "Item Cost", cell: func(l *Line) string { return plain.write(l.Price) }},
		fixed[*Line]("Coupon Code", ""),
		column[*Line]{name: "Discount Amount", cell: func(l *Line) string { return plain.write(l.Discount) }, spare: true},
		fixed[*Line]("Discount Amount Tax", "0.00"),
	)
}

func wooStatus(s *Shop, o *Order) string {
	switch o.Fate {
	case Unpaid:
		return "Pending payment"
	case Cancelled:
		return "Cancelled"
	case Failed:
		return "Failed"
	default:
	}
	switch refunded := s.Refunded(o); {
	case refunded > 0 && refunded == s.Total(o):
		return "Refunded"
	case o.Number%5 == 0:
		return "Processing"
	default:
		return "Completed"
	}
}
