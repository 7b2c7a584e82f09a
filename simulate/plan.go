package simulate

import "strconv"

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
	return p, nil
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
