package pictures

import (
	"math"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/chart"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// square is the customers with one score of recency and one of frequency.
type square struct {
	customers       int64
	monetary, worth money.Amount
}

// scoredStates reads customers with their scores.
func (a *Album) scoredStates(picture string) error {
	if len(a.groups("rfm")) == 0 {
		return a.needs(picture, "rfm")
	}
	return a.states()
}

// rfGrid draws the grid of recency and frequency, with the money of a customer as colour.
func (a *Album) rfGrid() (Picture, error) {
	if err := a.scoredStates(RFGrid); err != nil {
		return Picture{}, err
	}
	squares, most := a.squares()
	grid := chart.Grid{
		XTitle: a.say.Say("pictures.axis.r"), YTitle: a.say.Say("pictures.axis.f"), Title: a.say.Say("pictures.axis.mean_monetary", "currency", a.currency()),
		Label: figures.Money, Log: true, // else the best square would leave no colour to the others
	}
	p := Picture{Table: Table{Columns: []Column{a.column("r"), a.column("f"), a.column("customers"), a.column("monetary"), a.column("mean_monetary"), a.column("future_value")}}}
	for r := int64(1); r <= most; r++ {
		grid.Columns = append(grid.Columns, figures.Count(r))
	}
	for f := most; f >= 1; f-- {
		grid.Rows = append(grid.Rows, figures.Count(f))
		row := make([]chart.Cell, most)
		for r := int64(1); r <= most; r++ {
			row[r-1] = chart.Cell{Value: math.NaN()}
			s := squares[[2]int64{r, f}]
			if s == nil {
				continue
			}
			mean := s.monetary.Over(s.customers)
			row[r-1] = chart.Cell{Value: mean.Float(), Text: figures.Rounded(mean.Float(), 0), Note: figures.Count(s.customers)}
			p.Table.add(counted(r), counted(f), counted(s.customers), amount(s.monetary), amount(mean), amount(s.worth))
		}
		grid.Cells = append(grid.Cells, row)
	}
	p.Figure.Form = grid
	return p, nil
}

// squares sums customers up by their scores, and gives the highest score.
func (a *Album) squares() (squares map[[2]int64]*square, most int64) {
	r, f, monetary, future := a.now.Counts(column.R), a.now.Counts(column.F), a.now.Amounts(column.Monetary), a.now.Numbers(column.FutureValue)
	squares = map[[2]int64]*square{}
	for i := range r {
		at := [2]int64{r[i], f[i]}
		if squares[at] == nil {
			squares[at] = &square{}
		}
		s := squares[at]
		s.customers++
		s.monetary = s.monetary.Plus(monetary[i])
		if future != nil && !math.IsNaN(future[i]) {
			s.worth = s.worth.Plus(money.FromFloat(future[i]))
		}
		most = max(most, r[i], f[i])
	}
	return squares, most
}

// segments draws who is in each segment, and what they are worth.
func (a *Album) segments() (Picture, error) {
	groups := a.groups("rfm")
	if len(groups) == 0 {
		return Picture{}, a.needs(Segments, "rfm")
	}
	valued := a.night.Equity != nil
	columns := []Column{a.label("segment"), a.column("customers"), a.column("share"), a.column("orders"), a.column("revenue")}
	second, by := a.say.Say("pictures.legend.revenue"), 0.
	if valued {
		columns = append(columns, a.column("future_value"), a.column("equity_share"))
		second = a.say.Say("pictures.legend.equity")
	}
	for _, g := range groups {
		by += g.Revenue.Float()
	}
	p := Picture{Table: Table{Columns: columns}}
	rows := chart.Rows{Title: a.say.Say("pictures.axis.share_of_all"), Label: percentLabel, Legend: []chart.Key{{Name: a.say.Say("pictures.legend.customers"), Hue: chart.Neutral}, {Name: second, Hue: chart.Hue1}}}
	for _, g := range groups {
		cells := []Cell{named(g.Name, g.Label), counted(g.Customers), share(g.Share), counted(g.Orders), amount(g.Revenue)}
		of := g.Revenue.Float() / by
		if valued {
			cells = append(cells, amount(g.FutureValue), share(g.EquityShare))
			of = g.EquityShare
		}
		p.Table.add(cells...)
		rows.Rows = append(rows.Rows,
			chart.Row{Name: g.Label, Text: share(g.Share).Text, Bars: []chart.Span{{To: g.Share, Hue: chart.Neutral}}},
			chart.Row{Joined: true, Text: share(of).Text, Bars: []chart.Span{{To: of, Hue: chart.Hue1, Text: g.Label + ", " + second + ": " + share(of).Text}}})
	}
	p.Figure.Form = rows
	return p, nil
}

// migration draws where the customers of each segment went from one night to the next, as
// a share of those who were in it.
func (a *Album) migration() (Picture, error) {
	if err := a.bothGrouped(Migration, "rfm"); err != nil {
		return Picture{}, err
	}
	counts, label := a.flowOf(column.Segment), a.labels("rfm")
	names := namesIn(a.groups("rfm"), counts)
	grid := chart.Grid{
		XTitle: a.say.Say("pictures.axis.on", "day", a.night.AsOf), YTitle: a.say.Say("pictures.axis.on", "day", a.before.AsOf),
		Title: a.say.Say("pictures.axis.share_of_row"), Label: percentLabel, Min: 0, Max: 1,
	}
	p := Picture{Table: Table{Columns: []Column{a.label("from"), a.label("to"), a.column("customers"), a.column("share_of_from")}}}
	for _, to := range names {
		grid.Columns = append(grid.Columns, label(to))
	}
	for _, from := range append(slices.Clone(names), nowhere) {
		a.addMigrants(&grid, &p.Table, from, names, counts, label)
	}
	p.Figure.Form = grid
	return p, nil
}

// addMigrants adds the row of those who were in one segment, where anybody was.
func (a *Album) addMigrants(grid *chart.Grid, t *Table, from string, names []string, counts map[[2]string]int64, label func(string) string) {
	all := int64(0)
	for _, to := range append(slices.Clone(names), nowhere) {
		all += counts[[2]string{from, to}]
	}
	if all == 0 {
		return
	}
	cell := named(from, label(from))
	if from == nowhere {
		cell = named(notYet, a.say.Say("pictures.flow.not_yet"))
	}
	grid.Rows = append(grid.Rows, cell.Text)
	var row []chart.Cell
	for _, to := range names {
		n := counts[[2]string{from, to}]
		if n == 0 {
			row = append(row, chart.Cell{Value: math.NaN()})
			continue
		}
		of := float64(n) / float64(all)
		row = append(row, chart.Cell{Value: of, Text: figures.Count(n)})
		t.add(cell, named(to, label(to)), counted(n), share(of))
	}
	if n := counts[[2]string{from, nowhere}]; n > 0 {
		t.add(cell, named(noMore, a.say.Say("pictures.flow.no_more")), counted(n), share(float64(n)/float64(all)))
	}
	grid.Cells = append(grid.Cells, row)
}
