package exports

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"clientele/simulate"
)

// style is how the shop of a kind differs from others.
type style struct {
	// locales are where customers are from; goods and money are of the first.
	locales []*locale
	zone    string
	lines   float64 // how many an order has in the mean
	// scale makes goods dearer than those of simulate, some 40 an order.
	scale    Cents
	shipping bool
	// fates has orders that were not paid for; refunds has money given back.
	fates, refunds bool
	// wholeOnly gives back whole orders only.
	wholeOnly bool
	// unknown is the share of orders of which nobody knows the customer.
	unknown float64
	// foreign are other currencies in which some customers pay.
	foreign []string
}

// The export is of a year and a half.
var (
	firstDay = time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2025, time.June, 30, 0, 0, 0, 0, time.UTC)
)

// newShop makes the shop of a kind.
func newShop(o Options, st style) (*Shop, error) {
	zone, err := time.LoadLocation(st.zone)
	if err != nil {
		return nil, fmt.Errorf("exports: %w", err)
	}
	m := &maker{
		style:    st,
		shop:     &Shop{Zone: zone, End: lastDay, locale: st.locales[0]},
		dice:     rand.New(rand.NewPCG(o.Seed, 0x5e71)),
		known:    map[string]*Customer{},
		products: map[string]*Product{},
	}
	settings := m.settings(o)
	m.hire(o.Customers)
	if _, err := simulate.Generate(context.Background(), m.leavers(), settings, m.take); err != nil {
		return nil, fmt.Errorf("exports: %w", err)
	}
	m.close()
	return m.shop, nil
}

// settings are those of the simulation that gives customers, times and baskets.
func (m *maker) settings(o Options) simulate.Options {
	s, err := simulate.Preset(simulate.Shop)
	if err != nil {
		panic(err) // the preset is a constant of the package
	}
	s.Customers, s.Seed = o.Customers, o.Seed
	s.Start, s.End = firstDay, lastDay
	s.AcquisitionDays = 500
	s.Lines = m.style.lines
	s.Categories = m.shop.locale.categories
	s.Regions = nil
	s.Products = 9
	s.Channels = []string{"web", "store", "phone"}
	s.Opens, s.Closes = 7, 24
	// What comes back and what is damaged is this package's own affair.
	s.ReturnShare, s.Mess = 0, 0
	s.SortByTime = true
	return s
}

// maker makes a shop from the rows of a simulation.
type maker struct {
	style    style
	shop     *Shop
	dice     *rand.Rand
	known    map[string]*Customer
	products map[string]*Product
	order    *Order
	last     string // the order of the last row
}

// take adds a row of the simulation to the shop.
func (m *maker) take(r simulate.Row) error {
	if r.Order != m.last {
		m.close()
		m.last = r.Order
		m.order = m.open(r)
	}
	l := &Line{Order: m.order, Number: len(m.order.Lines) + 1, Product: m.product(r), Quantity: int(r.Quantity), Price: m.price(r)}
	if m.dice.IntN(6) == 0 {
		l.Discount = m.round(l.Gross() / 10)
	}
	l.Tax = m.tax(l.Net())
	m.order.Lines = append(m.order.Lines, l)
	return nil
}

// open starts an order.
func (m *maker) open(r simulate.Row) *Order {
	t := r.Time
	o := &Order{
		Number:   len(m.shop.Orders) + 1,
		Time:     time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, m.shop.Zone),
		Customer: m.known[r.Customer], Channel: r.Channel,
		Currency: m.shop.locale.currency,
	}
	if n := len(m.style.foreign); n > 0 && o.Customer.Number%3 != 0 {
		o.Currency = m.style.foreign[o.Customer.Number%n]
	}
	if m.dice.Float64() < m.style.unknown {
		o.Customer = nil
	}
	return o
}

// close ends the order that is being taken: what became of it is decided.
func (m *maker) close() {
	o := m.order
	if o == nil {
		return
	}
	m.order = nil
	if m.style.shipping && m.dice.IntN(3) > 0 {
		o.Shipping = m.round(495 * m.style.scale)
	}
	if m.style.fates && m.dice.IntN(10) == 0 {
		o.Fate = Fate(1 + m.dice.IntN(3))
	}
	if m.style.refunds && o.Fate == Paid && m.dice.IntN(9) == 0 {
		m.giveBack(o)
	}
	m.shop.Orders = append(m.shop.Orders, o)
}

// price is that of one piece, at least 1.
func (m *maker) price(r simulate.Row) Cents {
	return max(m.round(r.UnitPrice*m.style.scale), m.round(100))
}

// round rounds an amount to what the currency has.
func (m *maker) round(c Cents) Cents {
	if m.shop.locale.whole {
		return (c + 50) / 100 * 100
	}
	return c
}

// tax is the tax of a price, on top of it or in it.
func (m *maker) tax(net Cents) Cents {
	percent := Cents(m.shop.locale.taxPercent)
	if m.shop.locale.taxOnTop {
		return m.round((net*percent + 50) / 100)
	}
	return m.round(net * percent / (100 + percent))
}

// product is what the simulation's product is in this shop.
func (m *maker) product(r simulate.Row) *Product {
	p := m.products[r.Product]
	if p == nil {
		p = m.newProduct(r)
		m.products[r.Product] = p
	}
	return p
}

func (m *maker) newProduct(r simulate.Row) *Product {
	of := m.shop.locale
	in := 0
	for i, c := range of.categories {
		if c == r.Category {
			in = i
		}
	}
	n, same := len(m.products), 0
	for _, p := range m.products {
		if p.Category == r.Category {
			same++
		}
	}
	names := of.goods[in]
	name := names[same%len(names)]
	if v := same / len(names); v > 0 {
		name += fmt.Sprintf(" %c", 'A'+v)
	}
	return &Product{SKU: fmt.Sprintf("SKU-%03d", n+1), Name: name, Category: r.Category}
}
