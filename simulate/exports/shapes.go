package exports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// report is a workbook as an office keeps it: a first sheet with a summary, and
// on the second a title above the heading and a total below the rows. Times and
// amounts are numbers that the workbook shows as times and amounts.
//
// What counts: Net amount of sheet Orders.
var report = kind{
	name:    "xlsx-report", // Excel: a report with two sheets and a title
	style:   style{locales: []*locale{english, german, chinese}, zone: "UTC", lines: 1.4, scale: 9},
	reading: goods(number("A%04d")),
	write:   writeReport,
}

func writeReport(s *Shop, f *folder) error {
	orders := tableOf(f, []column[*Line]{
		{name: "Order no.", cell: func(l *Line) string { return fmt.Sprintf("O-%05d", l.Order.Number) }},
		{name: "Order date", cell: func(l *Line) string { return l.Order.Time.Format(time.DateTime) }},
		{name: "Customer no.", cell: func(l *Line) string { return number("A%04d")(l.Order.Customer) }},
		{name: "Customer name", cell: func(l *Line) string { return l.Order.Customer.Name }, spare: true},
		{name: "Region", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
		{name: "Product", cell: func(l *Line) string { return l.Product.Name }},
		{name: "Category", cell: func(l *Line) string { return l.Product.Category }},
		{name: "Quantity", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
		{name: "Net amount", cell: func(l *Line) string { return plain.write(l.Net()) }},
	}, inOrder(s))
	float := func(text string) (any, error) { return strconv.ParseFloat(text, 64) }
	total := sum(s.Orders, (*Order).Net)
	return f.workbook("Sales report 2025.xlsx",
		sheet{name: "Summary", preamble: [][]string{{"Sales report"}, {}}, table: monthly(s), typed: map[string]func(string) (any, error){"Net sales": float}},
		sheet{
			name: "Orders", preamble: [][]string{{"Sales report: all orders"}, {"Period", "2024-01-01 to 2025-06-30"}, {}},
			table: orders, typed: map[string]func(string) (any, error){"Order date": serial, "Net amount": float, "Quantity": float},
			dates: []string{"Order date"}, footer: [][]any{{}, {"Total", nil, nil, nil, nil, nil, nil, nil, float64(total) / 100}}, counts: true,
		},
	)
}

// monthly are the sums by month.
func monthly(s *Shop) *table {
	t := &table{heading: []string{"Month", "Orders", "Net sales"}}
	var month string
	var orders int
	var net Cents
	flush := func() {
		if orders > 0 {
			t.rows = append(t.rows, []string{month, strconv.Itoa(orders), plain.write(net)})
		}
		orders, net = 0, 0
	}
	for _, o := range s.Orders {
		if m := o.Time.Format("2006-01"); m != month {
			flush()
			month = m
		}
		orders++
		net += o.Net()
	}
	flush()
	return t
}

// nested is JSON lines of a shop's own system: an order on each line, customer
// and totals as objects within it, times in UTC, what was given back beside it
// with its time.
//
// What counts: totals.grand less refund.amount. Orders whose status is cancelled
// or failed or pending brought no money.
var nested = kind{
	name:    "jsonl-nested", // JSON lines with nested fields
	style:   style{locales: []*locale{english, german, chinese}, zone: "Europe/Berlin", lines: 1.5, scale: 4, shipping: true, fates: true, refunds: true, unknown: 0.02},
	reading: totals(number("cust-%05d")),
	write:   writeNested,
}

type nestedOrder struct {
	ID        string          `json:"id"`
	CreatedAt time.Time       `json:"created_at"`
	Status    string          `json:"status"`
	Channel   string          `json:"channel"`
	Customer  *nestedCustomer `json:"customer"`
	Totals    nestedTotals    `json:"totals"`
	Refund    *nestedRefund   `json:"refund"`
	Items     []nestedItem    `json:"items"`
}

type nestedCustomer struct {
	ID      string `json:"id"`
	Email   string `json:"email"`
	Name    string `json:"name"`
	Address struct {
		City   string `json:"city"`
		Region string `json:"region"`
	} `json:"address"`
}

type nestedTotals struct {
	Goods    json.Number `json:"goods"`
	Shipping json.Number `json:"shipping"`
	Tax      json.Number `json:"tax"`
	Grand    json.Number `json:"grand"`
	Currency string      `json:"currency"`
}

type nestedRefund struct {
	Amount json.Number `json:"amount"`
	At     time.Time   `json:"at"`
}

type nestedItem struct {
	SKU      string      `json:"sku"`
	Name     string      `json:"name"`
	Quantity int         `json:"quantity"`
	Price    json.Number `json:"price"`
}

func writeNested(s *Shop, f *folder) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, o := range s.Orders {
		if err := encoder.Encode(nestedOf(s, o)); err != nil {
			return err
		}
	}
	f.add("orders.jsonl", b.Bytes(), len(s.Orders))
	return nil
}

func nestedOf(s *Shop, o *Order) nestedOrder {
	amount := func(c Cents) json.Number { return json.Number(plain.write(c)) }
	n := nestedOrder{
		ID: "ord_" + token("nested", o.Number, hex, 16), CreatedAt: o.Time.UTC(), Channel: o.Channel,
		Status: map[Fate]string{Paid: "completed", Unpaid: "pending", Cancelled: "cancelled", Failed: "failed"}[o.Fate],
		Totals: nestedTotals{Goods: amount(o.Net()), Shipping: amount(o.Shipping), Tax: amount(o.Tax()), Grand: amount(s.Total(o)), Currency: o.Currency},
	}
	if c := o.Customer; c != nil {
		n.Customer = &nestedCustomer{ID: number("cust-%05d")(c), Email: c.Email, Name: c.Name}
		n.Customer.Address.City, n.Customer.Address.Region = c.City.City, c.City.Region
	}
	if back := s.Refunded(o); back > 0 {
		n.Refund = &nestedRefund{Amount: amount(back), At: o.Refunds[len(o.Refunds)-1].Time.UTC()}
	}
	for _, l := range o.Lines {
		n.Items = append(n.Items, nestedItem{SKU: l.Product.SKU, Name: l.Product.Name, Quantity: l.Quantity, Price: amount(l.Price)})
	}
	return n
}

// repeated is a list of lines on each of which the whole order's total stands
// again; the lines' prices alone do not add up to it, for shipping.
//
// What counts: order_total, once an order.
var repeated = kind{
	name:    "totals-repeated", // CSV: the order's total on each of its lines
	style:   style{locales: []*locale{english, french}, zone: "UTC", lines: 2.2, scale: 2, shipping: true},
	reading: totals(number("%06d")),
	write: func(s *Shop, f *folder) error {
		return f.text("order_lines.csv", tableOf(f, []column[*Line]{
			{name: "order_number", cell: func(l *Line) string { return fmt.Sprintf("SO-%06d", l.Order.Number) }},
			{name: "order_date", cell: func(l *Line) string { return l.Order.Time.Format(time.DateTime) }},
			{name: "customer_id", cell: func(l *Line) string { return number("%06d")(l.Order.Customer) }},
			{name: "region", cell: func(l *Line) string { return l.Order.Customer.City.Region }},
			{name: "product", cell: func(l *Line) string { return l.Product.Name }},
			{name: "category", cell: func(l *Line) string { return l.Product.Category }},
			{name: "quantity", cell: func(l *Line) string { return strconv.Itoa(l.Quantity) }},
			{name: "unit_price", cell: func(l *Line) string { return plain.write(l.Price) }, spare: true},
			{name: "order_total", cell: func(l *Line) string { return plain.write(s.Total(l.Order)) }},
		}, inOrder(s)), rfc4180)
	},
}
