package simulate

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
)

// influence is what the contacts of one customer do to their purchases. Every contact has
// random numbers of its own, found from the seed, the customer, the campaign and the day: one
// more contact changes nothing of what others do.
type influence struct {
	*maker
	customer int
	life     *life
	base     []Row // the customer's own orders and returns
	taken    map[string]bool
	takenDay map[float64]bool
	added    []Row
	days     []float64 // of added purchases
	outcomes []Outcome
}

// contacted appends the rows of a customer who was contacted to out. The life is left with
// the purchases that are in the export.
func (m *maker) contacted(i int, l *life, contacts []Contact, out []Row, c *Counts) []Row {
	in := influence{maker: m, customer: i, life: l, base: m.rows, taken: map[string]bool{}, takenDay: map[float64]bool{}}
	for _, contact := range contacts {
		in.act(contact)
	}
	from := len(out)
	// Damage is drawn for what is taken away as well, so that the rest keeps its own.
	out = damage(m.mess, m.Mess, midnight(m.End), m.rows, out)
	kept := slices.DeleteFunc(out[from:], func(r Row) bool { return in.taken[strings.TrimPrefix(r.Order, "C")] })
	out = append(out[:from+len(kept)], in.added...)
	if len(in.added) > 0 {
		slices.SortStableFunc(out[from:], byTime)
	}
	c.Returns += returnsIn(in.added) - in.returnsTaken()
	l.days = slices.DeleteFunc(l.days, func(day float64) bool { return in.takenDay[day] })
	l.days = append(l.days, in.days...)
	slices.Sort(l.days)
	in.forget()
	m.outcomes = append(m.outcomes, in.outcomes...)
	return out
}

// forget leaves out what is reported of purchases that another contact has taken away.
func (in *influence) forget() {
	gone := map[time.Time]bool{}
	for day := range in.takenDay {
		gone[in.at(day)] = true
	}
	for i, o := range in.outcomes {
		in.outcomes[i].Responses = slices.DeleteFunc(o.Responses, func(r Response) bool {
			return (r.Event == "bought" || r.Event == "redeemed") && gone[r.Time]
		})
	}
}

// act draws what one contact does.
func (in *influence) act(c Contact) {
	d := in.touch
	day := float64(in.dayOf(c.From))
	d.reset(in.Seed^scramble(c.key()), contactDraws, in.customer)
	o := Outcome{Contact: c, Stratum: in.stratum(in.life, in.taste, day)}
	o.Stratum.Through = c.Channel
	o.Effect = in.Planted(c.Campaign, o.Stratum)
	mail := newMail(d, in.Answers, day)
	window := span{max(day+1, in.life.born()), float64(in.dayOf(c.Until) + 1)}
	extra, bought := in.own(d, window, &o)
	if o.Effect.Purchases > 0 {
		extra += int(distuv.Poisson{Lambda: o.Effect.Purchases, Src: &d.pcg}.Rand())
	}
	late := window
	if mail.sent < window.end {
		late.from = max(window.from, mail.sent)
	}
	for n := range extra {
		bought = append(bought, in.add(d, late, n, &o)...)
	}
	mail.follow()
	o.Responses = in.responses(mail, c, bought)
	in.outcomes = append(in.outcomes, o)
}

// span is a span of days since the start of the export; its end is not in it.
type span struct{ from, end float64 }

// own draws what becomes of the purchases that the customer makes anyway: how many others
// they bring, and what is reported of them. The first purchase of all is never taken away.
func (in *influence) own(d *dice, window span, o *Outcome) (extra int, bought []Response) {
	grown, chance := math.Modf(o.Effect.Share)
	for n, day := range in.life.days {
		if n == 0 || day < window.from || day >= window.end {
			continue
		}
		o.Own++
		sway, redeems := d.Float64() < math.Abs(chance), d.Float64() < in.Answers.Redeemed
		order := in.orderID(in.customer, n)
		if o.Effect.Share < 0 && (sway || grown < 0) {
			in.take(order, day, o)
			continue
		}
		extra += int(grown)
		if sway {
			extra++
		}
		bought = append(bought, in.purchase(o.Contact, day, redeems)...)
	}
	return extra, bought
}

// take takes an order away, which another contact may have done already.
func (in *influence) take(order string, day float64, o *Outcome) {
	if in.taken[order] {
		return
	}
	in.taken[order], in.takenDay[day] = true, true
	o.Taken++
	for _, r := range in.base {
		if strings.TrimPrefix(r.Order, "C") == order {
			o.TakenSpend += r.Amount
		}
	}
}

// add draws one more purchase of the customer's kind. One after the end of the export is
// drawn as well, and left out.
func (in *influence) add(d *dice, window span, n int, o *Outcome) []Response {
	day := d.between(window.from, window.end)
	order := Row{Customer: o.Customer, Order: in.addedID(o.Contact, n)}
	rows := in.order(d, order, in.taste, in.life, day, in.spend(d, in.life), nil)
	if d.Float64() < in.ReturnShare {
		rows = in.giveBack(d, rows, day, rows)
	}
	damaged := damage(d, in.Mess, midnight(in.End), rows, nil)
	if day >= float64(in.calendar.days) {
		return nil
	}
	for _, r := range rows {
		o.AddedSpend += r.Amount
	}
	o.Added++
	in.added = append(in.added, damaged...)
	in.days = append(in.days, day)
	return in.purchase(o.Contact, day, true)
}

// purchase is what an engine reports of a purchase in the window of a contact.
func (p *plan) purchase(c Contact, day float64, redeems bool) []Response {
	r := Response{Customer: c.Customer, Campaign: c.Campaign, Channel: c.Channel, Time: p.at(day), Event: "bought"}
	if !redeems {
		return []Response{r}
	}
	used := r
	used.Event = "redeemed"
	return []Response{used, r}
}

// addedID names an added order by its customer, contact and number.
func (p *plan) addedID(c Contact, n int) string {
	i, _ := p.customerNumber(c.Customer)
	b := appendPadded(nil, i+1, p.digits)
	return fmt.Sprintf("%s-%08x-%02d", b, uint32(c.key()), n+1)
}

// key is a number for the campaign and the day of a contact.
func (c Contact) key() uint64 {
	h := fnv.New64a()
	h.Write([]byte(c.Campaign + "\x00" + c.From.Format(dateLayout)))
	return scramble(h.Sum64())
}

// returnsIn counts the returns among rows.
func returnsIn(rows []Row) int64 {
	orders := map[string]bool{}
	for _, r := range rows {
		if r.Quantity < 0 {
			orders[r.Order] = true
		}
	}
	return int64(len(orders))
}

// returnsTaken counts the returns of orders that are taken away.
func (in *influence) returnsTaken() int64 {
	var gone []Row
	for _, r := range in.base {
		if in.taken[strings.TrimPrefix(r.Order, "C")] {
			gone = append(gone, r)
		}
	}
	return returnsIn(gone)
}

// byContact puts contacts in the order in which they act.
func byContact(a, b Contact) int {
	return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Channel, b.Channel))
}
