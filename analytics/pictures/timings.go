package pictures

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/chart"
)

// shownTimings is how many customers stand below each other in the picture of timings.
const shownTimings = 30

// timings draws the purchase days of some customers, evenly over the order of ids, each on
// a line from the first purchase to the night.
func (a *Album) timings() (Picture, error) {
	some, err := a.someCustomers(shownTimings)
	if err != nil {
		return Picture{}, err
	}
	night := calendar.DayOf(a.night.Day())
	p := Picture{Table: Table{Columns: []Column{a.column("line"), a.label("day")}}}
	points := chart.Points{Name: a.say.Say("pictures.legend.purchase"), Hue: chart.Hue1, Small: true}
	form := chart.XY{X: chart.Axis{Scale: chart.Days}, Y: chart.Axis{
		Title: a.say.Say("pictures.axis.some_customers", "some", len(some), "customers", a.night.Customers), Min: -0.5, Max: float64(len(some)) - 0.5, Label: func(float64) string { return "" },
	}}
	// Those who came first are at the top.
	slices.SortStableFunc(some, func(x, y []calendar.Day) int { return int(y[0]) - int(x[0]) })
	for i, days := range some {
		form.Lines = append(form.Lines, chart.Line{Hue: chart.Faint, Points: []chart.Point{{X: float64(days[0]), Y: float64(i)}, {X: float64(max(night, days[0])), Y: float64(i)}}})
		for _, d := range days {
			points.Points = append(points.Points, chart.Point{X: float64(d), Y: float64(i)})
			p.Table.add(counted(i+1), dayCell(d))
		}
	}
	form.Points = []chart.Points{points}
	p.Figure.Form = form
	return p, nil
}

// someCustomers are the purchase days of so many customers, evenly over the order of ids.
func (a *Album) someCustomers(most int) (some [][]calendar.Day, err error) {
	if _, has := a.night.Lists(publication.PurchasesFile); !has {
		return nil, a.needs(Timings, "purchases")
	}
	if a.looking {
		return nil, errReads
	}
	every, i := max(1, int(a.night.Customers)/most), 0
	err = a.night.EachPurchases(func(_ string, of publication.Purchases) error {
		if i%every == 0 && len(some) < most && len(of.Days) > 0 {
			some = append(some, of.Days)
		}
		i++
		return nil
	})
	if err == nil && len(some) == 0 {
		err = a.needs(Timings, "nobody")
	}
	return some, err
}
