package exports

import "time"

// Shop is a simulated shop: what happened, before anybody exports it.
type Shop struct {
	Customers []*Customer
	// Orders are in order of time.
	Orders []*Order
	// Zone is the shop's own.
	Zone *time.Location
	// End is the last day of the export.
	End time.Time

	locale *locale
}

// Customer is somebody who buys.
type Customer struct {
	Number        int // from 1
	Given, Family string
	Name          string // as people of the place write it
	Email, Phone  string
	City          place
	Country       string // two letters
	Joined        time.Time
	// Stopped is the day on which the customer left for good; zero for those
	// who are still customers at the end.
	Stopped time.Time
}

// place is where a customer lives.
type place struct{ City, Region, Code string }

// Fate is what became of an order when it was placed.
type Fate int

// The fates of an order. Only Paid brings money.
const (
	Paid Fate = iota
	Unpaid
	Cancelled
	Failed
)

// Order is an order with its lines.
type Order struct {
	Number   int       // from 1, in order of time
	Customer *Customer // nil where the shop does not know who bought
	Time     time.Time // in the shop's zone
	Lines    []*Line
	Shipping Cents
	Fate     Fate
	Refunds  []*Refund // in order of time
	Currency string
	Channel  string
}

// Line is one product of an order.
type Line struct {
	Order    *Order
	Number   int // from 1 within the order
	Product  *Product
	Quantity int
	Price    Cents // of one, before the discount
	Discount Cents // of the line
	Tax      Cents // of the line: on top of the price, or in it
}

// Product is something that the shop sells.
type Product struct{ SKU, Name, Category string }

// Refund is what was given back of an order at one time.
type Refund struct {
	Order    *Order
	Number   int
	Time     time.Time
	Lines    []*Back
	Shipping Cents
}

// Back is what came back of a line.
type Back struct {
	Line                      *Line
	Quantity                  int
	Gross, Discount, Net, Tax Cents
}

// Gross is what the line costs without its discount.
func (l *Line) Gross() Cents { return Cents(l.Quantity) * l.Price }

// Net is what the customer pays for the line, without tax that comes on top.
func (l *Line) Net() Cents { return l.Gross() - l.Discount }

// sum adds up one figure of each of the lines.
func sum[T any](of []T, figure func(T) Cents) (total Cents) {
	for _, one := range of {
		total += figure(one)
	}
	return total
}

// Net is what the goods cost, without tax on top.
func (o *Order) Net() Cents { return sum(o.Lines, (*Line).Net) }

// Discount is what was taken off the order.
func (o *Order) Discount() Cents {
	return sum(o.Lines, func(l *Line) Cents { return l.Discount })
}

// Tax is the tax of all lines.
func (o *Order) Tax() Cents { return sum(o.Lines, func(l *Line) Cents { return l.Tax }) }

// Items is how many pieces were bought.
func (o *Order) Items() (n int) {
	for _, l := range o.Lines {
		n += l.Quantity
	}
	return n
}

// onTop is tax that the shop adds to prices; where prices hold it, none.
func (s *Shop) onTop(tax Cents) Cents {
	if s.locale.taxOnTop {
		return tax
	}
	return 0
}

// Total is what the customer pays for the order.
func (s *Shop) Total(o *Order) Cents { return o.Net() + o.Shipping + s.onTop(o.Tax()) }

// Amount is what the customer got back.
func (s *Shop) Amount(r *Refund) Cents {
	return sum(r.Lines, func(b *Back) Cents { return b.Net + s.onTop(b.Tax) }) + r.Shipping
}

// Refunded is all that the customer got back of an order.
func (s *Shop) Refunded(o *Order) Cents { return sum(o.Refunds, s.Amount) }
