package simulate

import (
	"fmt"
	"slices"
	"strconv"
)

// plan is what valid options come to: all that customers share. It does not
// change, so that workers can read it side by side.
type plan struct {
	Options
	calendar
	model                         model
	acquisition                   float64 // days
	categories, channels, regions menu
	products                      [][]string // by category
	digits                        int        // of a customer's number in ids
	contacts                      map[int][]Contact
	heavyFrom                     float64 // spend per day above which a buyer is heavy
}

// newPlan checks the options and works them out.
func newPlan(o Options) (*plan, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	p := &plan{
		Options:    o,
		calendar:   newCalendar(o),
		categories: newMenu(o.Categories),
		channels:   newMenu(o.Channels),
		regions:    newMenu(o.Regions),
		digits:     max(7, len(strconv.Itoa(o.Customers))),
	}
	p.model, _ = findModel(o.Model) // valid options name a model
	p.acquisition = float64(o.AcquisitionDays)
	if o.AcquisitionDays == 0 {
		p.acquisition = float64(p.days)
	}
	p.products = productNames(len(p.categories.labels), o.Products)
	if len(o.Contacts) > 0 {
		p.heavyFrom = p.medianSpender()
	}
	return p, p.index(o.Contacts)
}

// index lays each contact with its customer, in the order in which they act.
func (p *plan) index(contacts []Contact) error {
	p.contacts = map[int][]Contact{}
	var strangers int
	for _, c := range contacts {
		i, found := p.customerNumber(c.Customer)
		if !found {
			strangers++
			continue
		}
		c.From, c.Until = midnight(c.From), midnight(c.Until)
		p.contacts[i] = append(p.contacts[i], c)
	}
	for i, theirs := range p.contacts {
		slices.SortFunc(theirs, byContact)
		p.contacts[i] = slices.CompactFunc(theirs, func(a, b Contact) bool { return a == b })
	}
	if strangers > 0 {
		return &OptionsError{Problems: []string{fmt.Sprintf(
			"contacts: %d of %d are with customers whom this shop does not have; are the lists from a shop of these flags?",
			strangers, len(contacts))}}
	}
	return nil
}

// customerID names customer i, counted from 0: C0000001.
func (p *plan) customerID(i int) string {
	return string(appendPadded([]byte{'C'}, i+1, p.digits))
}

// orderID names an order by its customer and its number, both counted from 0:
// 0000001-0001. The id of a return is C and that of the order.
func (p *plan) orderID(i, order int) string {
	b := appendPadded(make([]byte, 0, 16), i+1, p.digits)
	return string(appendPadded(append(b, '-'), order+1, 4))
}

// appendPadded appends n with zeros before it up to width digits.
func appendPadded(b []byte, n, width int) []byte {
	for limit := 10; width > 1; width-- {
		if n < limit {
			// As many zeros as digits are missing.
			for range width - 1 {
				b = append(b, '0')
			}
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(b, int64(n), 10)
}
