package pictures

import (
	"errors"
	"math"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/lifecycle/outlook"
	"clientele/analytics/publication"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/chart"
	"clientele/segment/lifecycle"
)

// mostNights is about how many nights the lines of one customer go through, beside the
// purchase days and those before them.
const mostNights = 240

// customer draws the purchases of one customer, and what tonight's models would have said
// of them on the days since the first.
func (a *Album) customer() (Picture, error) {
	if _, has := a.night.Lists(publication.PurchasesFile); !has {
		return Picture{}, a.needs(Customer, "purchases")
	}
	if a.options.Customer == "" {
		return Picture{}, a.needs(Customer, "customer")
	}
	bought, err := a.night.ReadPurchases(a.options.Customer)
	switch {
	case errors.Is(err, publication.ErrNoCustomer):
		return Picture{}, a.needs(Customer, "no_customer")
	case err != nil:
		return Picture{}, err
	case len(bought.Days) == 0:
		return Picture{}, a.needs(Customer, "no_customer")
	}
	nights := nightsOf(bought.Days, calendar.DayOf(a.night.Day()))
	alive, err := a.aliveOn(bought.Days, nights)
	if err != nil {
		return Picture{}, err
	}
	declined, err := a.declinedOn(bought.Days, nights)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Table: Table{Columns: []Column{a.label("day"), a.column("purchase_days"), a.column("spend"), a.column("p_alive"), a.column("p_decline")}}}
	p.Figure.Title = a.say.Say("pictures.customer.title", "customer", a.options.Customer)
	marks := chart.Marks{Name: a.say.Say("pictures.legend.purchase"), Hue: chart.Hue3}
	lines := []chart.Line{{Name: a.say.Say("pictures.legend.alive"), Hue: chart.Hue1}, {Name: a.say.Say("pictures.legend.declined"), Hue: chart.Hue2, Dashed: true}}
	for i, night := range nights {
		spend := Cell{Text: nothing}
		at, on := slices.BinarySearch(bought.Days, night)
		if on {
			marks.X = append(marks.X, float64(night))
			spend, at = amount(bought.Spend[at]), at+1
		}
		p.Table.add(dayCell(night), counted(at), spend, number(alive[i], 3), number(declined[i], 3))
		for k, v := range []float64{alive[i], declined[i]} {
			if !math.IsNaN(v) {
				lines[k].Points = append(lines[k].Points, chart.Point{X: float64(night), Y: v})
			}
		}
	}
	lines = slices.DeleteFunc(lines, func(l chart.Line) bool { return len(l.Points) == 0 })
	p.Figure.Form = chart.XY{
		X: chart.Axis{Scale: chart.Days, Min: float64(nights[0]), Max: float64(max(nights[len(nights)-1], nights[0]+1))}, Y: chart.Axis{Title: a.say.Say("pictures.axis.chance"), Label: percentLabel, Max: 1},
		Lines: lines, Marks: []chart.Marks{marks},
	}
	return p, nil
}

// nightsOf are the days that the lines go through: every so many days, each purchase day
// and the day before it.
func nightsOf(days []calendar.Day, last calendar.Day) []calendar.Day {
	first := days[0]
	step := max(1, (last-first)/mostNights)
	nights := []calendar.Day{last}
	for d := first; d <= last; d += step {
		nights = append(nights, d)
	}
	for _, d := range days {
		nights = append(nights, d)
		if d > first {
			nights = append(nights, d-1)
		}
	}
	slices.Sort(nights)
	return slices.Compact(nights)
}

// aliveOn is the chance of still being a customer on each night, by the purchases until
// then; NaN without a lifetime model.
func (a *Album) aliveOn(days, nights []calendar.Day) ([]float64, error) {
	none := make([]float64, len(nights))
	for i := range none {
		none[i] = math.NaN()
	}
	m, err := a.models(Customer)
	if _, missing := errors.AsType[*Missing](err); missing {
		return none, nil
	}
	if err != nil {
		return nil, err
	}
	blend, err := m.BuildBlend()
	if err != nil {
		return nil, a.night.Damaged(publication.ModelFile, err)
	}
	unit := job.Unit(m.Unit).Days()
	var panel clv.Panel
	for _, night := range nights {
		so := upTo(days, night)
		panel.X = append(panel.X, float64(so-1))
		panel.TX = append(panel.TX, float64(days[so-1]-days[0])/unit)
		panel.T = append(panel.T, float64(night-days[0])/unit)
	}
	return clv.ScoreBlend(blend, panel, clv.ScoreOptions{}).PAlive, nil
}

// upTo is how many of the days are on or before a night.
func upTo(days []calendar.Day, night calendar.Day) int {
	at, on := slices.BinarySearch(days, night)
	if on {
		at++
	}
	return at
}

// declinedOn is the chance, on each night, that the customer is one no more or buys at less
// than half the former pace; NaN before the second purchase, and without stages.
func (a *Album) declinedOn(days, nights []calendar.Day) ([]float64, error) {
	panel, err := a.night.ReadPanel()
	if absent(err) || err == nil && panel == nil {
		none := make([]float64, len(nights))
		for i := range none {
			none[i] = math.NaN()
		}
		return none, nil
	}
	if err != nil {
		return nil, err
	}
	course, err := lifecycle.Tracker{Forecaster: outlook.Models{Workers: 1}, Workers: 1}.Course(panel, days, nights)
	return course.Declined, err
}
