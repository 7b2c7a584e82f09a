package pictures

import (
	"math"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/chart"
)

// medians draws a middling customer of each segment: days since the last purchase, orders
// and spend.
func (a *Album) medians() (Picture, error) {
	if err := a.scoredStates(SegmentMedians); err != nil {
		return Picture{}, err
	}
	segment := a.now.Texts(column.Segment)
	night := calendar.DayOf(a.night.Day())
	last, orders, net := a.now.Days(column.LastDay), a.now.Counts(column.Orders), a.now.Amounts(column.Net)
	columns := []struct {
		name   string
		places int
		of     func(i int) float64
	}{
		{"recency_days", 0, func(i int) float64 { return float64(night - last[i]) }},
		{"orders", 0, func(i int) float64 { return float64(orders[i]) }},
		{"spend", 0, func(i int) float64 { return net[i].Float() }},
	}
	values := map[string][3][]float64{}
	for i := range segment.Len() {
		name := segment.At(i)
		all := values[name]
		for k, c := range columns {
			all[k] = append(all[k], c.of(i))
		}
		values[name] = all
	}
	grid := chart.Grid{Title: a.say.Say("pictures.axis.share_of_greatest"), Label: percentLabel, Min: 0, Max: 1}
	p := Picture{Table: Table{Columns: []Column{a.label("segment"), a.column("customers")}}}
	for _, c := range columns {
		grid.Columns = append(grid.Columns, a.say.SayOf("pictures.median", c.name))
		p.Table.Columns = append(p.Table.Columns, Column{Name: "median_" + c.name, Title: a.say.SayOf("pictures.median", c.name), Number: true})
	}
	for _, g := range a.groups("rfm") {
		cells := []Cell{named(g.Name, g.Label), counted(g.Customers)}
		row := make([]chart.Cell, len(columns))
		for k, c := range columns {
			m := medianOf(values[g.Name][k])
			cells = append(cells, number(m, c.places))
			row[k] = chart.Cell{Value: m, Text: number(m, c.places).Text}
		}
		p.Table.add(cells...)
		grid.Rows = append(grid.Rows, g.Label)
		grid.Cells = append(grid.Cells, row)
	}
	shareOfGreatest(grid.Cells)
	p.Figure.Form = grid
	return p, nil
}

// medianOf is the middle value, or the mean of the two in the middle; NaN of none.
func medianOf(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}

// shareOfGreatest makes the value of each cell its share of the greatest of its column, so
// that days, orders and money have colours beside each other.
func shareOfGreatest(cells [][]chart.Cell) {
	if len(cells) == 0 {
		return
	}
	for k := range cells[0] {
		greatest := 0.
		for _, row := range cells {
			if v := row[k].Value; v > greatest {
				greatest = v
			}
		}
		for _, row := range cells {
			if greatest > 0 && !math.IsNaN(row[k].Value) {
				row[k].Value = max(0, row[k].Value/greatest)
			}
		}
	}
}
