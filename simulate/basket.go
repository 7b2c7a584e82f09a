package simulate

import "gonum.org/v1/gonum/stat/distuv"

// How people shop. Loyalty is the share of lines from the favourite category,
// habit the share of orders through the preferred channel.
const (
	loyalty = 0.6
	habit   = 0.85
)

// taste is what a customer likes, as numbers of labels.
type taste struct {
	region, channel int
	favourite       int
	next            int // the favourite of a drifting customer from the turn on
}

// newTaste draws the taste of a customer.
func (p *plan) newTaste(d *dice, l *life) taste {
	t := taste{region: p.regions.pick(d), channel: p.channels.pick(d), favourite: p.categories.pick(d)}
	t.next = t.favourite
	if l.profile == drifting {
		t.next = p.categories.pickBut(d, t.favourite)
	}
	return t
}

// category draws the category of a line bought on the given day. Who has
// drifted away from the old favourite never buys from it again.
func (p *plan) category(d *dice, t taste, l *life, day float64) int {
	loyal := d.Float64() < loyalty
	if l.profile == drifting && day >= l.turn {
		if loyal {
			return t.next
		}
		return p.categories.pickBut(d, t.favourite)
	}
	if loyal {
		return t.favourite
	}
	return p.categories.pick(d)
}

// order appends the lines of an order on the given day to rows. The lines add
// up to total exactly.
func (p *plan) order(d *dice, order Row, t taste, l *life, day float64, total Cents, rows []Row) []Row {
	order.Time = p.at(day)
	order.Region = p.regions.labels[t.region]
	channel := t.channel
	if d.Float64() >= habit {
		channel = p.channels.pick(d)
	}
	order.Channel = p.channels.labels[channel]
	for lines := p.lines(d, total); lines > 0; lines-- {
		line := order
		category := p.category(d, t, l, day)
		line.Category = p.categories.labels[category]
		// The square makes products with low numbers sell more.
		u := d.Float64()
		line.Product = p.products[category][int(u*u*float64(p.Products))]
		line.price(d, total, lines)
		total -= line.Amount
		rows = append(rows, line)
	}
	return rows
}

// lines draws how many lines an order has: one and a Poisson number of others,
// as far as there is a cent for each.
func (p *plan) lines(d *dice, total Cents) int {
	if p.Lines == 1 {
		return 1
	}
	others := distuv.Poisson{Lambda: p.Lines - 1, Src: &d.pcg}.Rand()
	return int(min(1+Cents(others), total))
}

// price gives a line its share of what is left to pay when it and lines-1 more
// are to come, and splits that into quantity and price. The last line takes
// all that is left, the others leave a cent for each line after them.
func (r *Row) price(d *dice, left Cents, lines int) {
	share := left
	if lines > 1 {
		// From half to one and a half of an even share.
		share = Cents(float64(left) * d.between(0.5, 1.5) / float64(lines))
		share = min(max(1, share), left-Cents(lines-1))
	}
	quantity := Cents(1)
	if d.IntN(2) == 0 {
		quantity += Cents(d.IntN(4))
	}
	if lines > 1 {
		// The cents that do not divide go to the lines that follow.
		quantity = min(quantity, share)
		share -= share % quantity
	} else if share%quantity != 0 {
		quantity = 1
	}
	r.Quantity, r.UnitPrice, r.Amount = int32(quantity), share/quantity, share
}
