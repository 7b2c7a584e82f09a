package exports

import (
	"strconv"
	"time"
)

// olist is the Brazilian e-commerce data of Olist as four files: customers,
// orders, the items of orders, products. An order names a customer_id that is
// new for every order; the person is the customer_unique_id of the customers'
// file.
//
// Known: names of files and columns, the states, lines of one piece each, and
// ids of 32 hexadecimal digits, from the published data set; text of ids and
// headings in quotes, as there.
//
// What counts: price and freight_value of every piece, which together are what
// was paid. Orders that are canceled or unavailable brought no money. There are
// no refunds in it.
var olist = kind{
	name:    "olist", // Olist: customers, orders, items, products
	style:   olistStyle,
	reading: totals(olistPerson).withoutRefunds(),
	write:   func(s *Shop, f *folder) error { return writeOlist(s, f, false) },
}

// olistPayments is olist with the fifth file, of payments: one row or two for
// each order, which must not multiply its items.
//
// What counts is as in olist.
var olistPayments = kind{
	name:    "olist-payments", // Olist, with payments
	style:   olistStyle,
	reading: totals(olistPerson).withoutRefunds(),
	write:   func(s *Shop, f *folder) error { return writeOlist(s, f, true) },
}

var olistStyle = style{
	locales: []*locale{brazilian}, zone: "America/Sao_Paulo", lines: 1.3, scale: 4, shipping: true, fates: true,
}

func olistPerson(c *Customer) string  { return token("olist-person", c.Number, hex, 32) }
func olistCustomer(o *Order) string   { return token("olist-customer", o.Number, hex, 32) }
func olistOrder(o *Order) string      { return token("olist-order", o.Number, hex, 32) }
func olistProduct(p *Product) string  { return token("olist-"+p.SKU, 0, hex, 32) }
func olistTime(t time.Time) string    { return t.Format(time.DateTime) }
func olistCategory(p *Product) string { return p.Category }
func olistState(of *Order) string {
	switch of.Fate {
	case Paid:
		return []string{"delivered", "delivered", "shipped"}[of.Number%3]
	case Unpaid:
		return "unavailable"
	default:
		return "canceled"
	}
}

// piece is one piece of a line, with its share of money and freight.
type piece struct {
	*Line
	number         int // within the order
	price, freight Cents
}

// pieces are the pieces of all orders that were not given up before they were
// packed: of those that are unavailable, the data set has no items.
func pieces(s *Shop) (all []piece) {
	for _, o := range s.Orders {
		if o.Fate == Unpaid {
			continue
		}
		n, of := 0, o.Items()
		for _, l := range o.Lines {
			for i := range l.Quantity {
				n++
				all = append(all, piece{Line: l, number: n, price: part(l.Net(), i, l.Quantity), freight: part(o.Shipping, n-1, of)})
			}
		}
	}
	return all
}

// part is the i-th of n parts of an amount; they differ by a cent at most.
func part(c Cents, i, n int) Cents {
	return c*Cents(i+1)/Cents(n) - c*Cents(i)/Cents(n)
}

// writeOlist writes the files.
func writeOlist(s *Shop, f *folder, payments bool) error {
	d := dialect{comma: ",", eol: "\n"}
	if err := f.text("olist_customers_dataset.csv", tableOf(f, []column[*Order]{
		{name: "customer_id", cell: olistCustomer},
		{name: "customer_unique_id", cell: func(o *Order) string { return olistPerson(o.Customer) }},
		{name: "customer_zip_code_prefix", cell: func(o *Order) string { return o.Customer.City.Code }},
		{name: "customer_city", cell: func(o *Order) string { return o.Customer.City.City }},
		{name: "customer_state", cell: func(o *Order) string { return o.Customer.City.Region }},
	}, s.Orders), d); err != nil {
		return err
	}
	if err := f.text("olist_orders_dataset.csv", tableOf(f, olistOrders(), s.Orders), d); err != nil {
		return err
	}
	if err := f.text("olist_order_items_dataset.csv", tableOf(f, olistItems(), pieces(s)), d); err != nil {
		return err
	}
	if payments {
		if err := f.text("olist_order_payments_dataset.csv", tableOf(f, olistPaid(), partsPaid(s)), d); err != nil {
			return err
		}
		f.spareLast()
	}
	return f.text("olist_products_dataset.csv", tableOf(f, []column[*Product]{
		{name: "product_id", cell: olistProduct},
		{name: "product_category_name", cell: olistCategory},
		// Spelled so in the data set.
		fixed[*Product]("product_name_lenght", "40"),         //nolint:misspell // as there
		fixed[*Product]("product_description_lenght", "287"), //nolint:misspell // as there
		fixed[*Product]("product_photos_qty", "1"),
		fixed[*Product]("product_weight_g", "225"),
		fixed[*Product]("product_length_cm", "16"),
		fixed[*Product]("product_height_cm", "10"),
		fixed[*Product]("product_width_cm", "14"),
	}, productsOf(s)), d)
}

func olistOrders() []column[*Order] {
	after := func(name string, hours int) column[*Order] {
		return column[*Order]{name: name, cell: func(o *Order) string {
			if o.Fate != Paid {
				return ""
			}
			return olistTime(o.Time.Add(time.Duration(hours) * time.Hour))
		}}
	}
	return []column[*Order]{
		{name: "order_id", cell: olistOrder},
		{name: "customer_id", cell: olistCustomer},
		{name: "order_status", cell: olistState},
		{name: "order_purchase_timestamp", cell: func(o *Order) string { return olistTime(o.Time) }},
		after("order_approved_at", 1),
		after("order_delivered_carrier_date", 50),
		after("order_delivered_customer_date", 200),
		{name: "order_estimated_delivery_date", cell: func(o *Order) string { return o.Time.AddDate(0, 0, 20).Format(time.DateOnly) + " 00:00:00" }},
	}
}

func olistItems() []column[piece] {
	return []column[piece]{
		{name: "order_id", cell: func(p piece) string { return olistOrder(p.Order) }},
		{name: "order_item_id", cell: func(p piece) string { return strconv.Itoa(p.number) }},
		{name: "product_id", cell: func(p piece) string { return olistProduct(p.Product) }},
		{name: "seller_id", cell: func(piece) string { return token("olist-seller", 1, hex, 32) }},
		{name: "shipping_limit_date", cell: func(p piece) string { return olistTime(p.Order.Time.AddDate(0, 0, 6)) }},
		{name: "price", cell: func(p piece) string { return plain.write(p.price) }},
		{name: "freight_value", cell: func(p piece) string { return plain.write(p.freight) }},
	}
}

// payment is a part of what an order cost.
type payment struct {
	*Order
	number int
	amount Cents
}

// partsPaid are the payments: every fifth order was paid in two parts.
func partsPaid(s *Shop) (all []payment) {
	for _, o := range s.Orders {
		n := 1
		if o.Number%5 == 0 {
			n = 2
		}
		for i := range n {
			all = append(all, payment{Order: o, number: i + 1, amount: part(s.Total(o), i, n)})
		}
	}
	return all
}

func olistPaid() []column[payment] {
	return []column[payment]{
		{name: "order_id", cell: func(p payment) string { return olistOrder(p.Order) }},
		{name: "payment_sequential", cell: func(p payment) string { return strconv.Itoa(p.number) }},
		{name: "payment_type", cell: func(p payment) string { return []string{"credit_card", "voucher"}[p.number-1] }},
		{name: "payment_installments", cell: func(payment) string { return "1" }},
		{name: "payment_value", cell: func(p payment) string { return plain.write(p.amount) }},
	}
}

// productsOf are the products that were ever ordered, by first order.
func productsOf(s *Shop) (all []*Product) {
	seen := map[*Product]bool{}
	for _, l := range inOrder(s) {
		if !seen[l.Product] {
			seen[l.Product] = true
			all = append(all, l.Product)
		}
	}
	return all
}
