package pictures

import (
	"math"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/clv"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// A matrix has a row for each number of repeat purchases up to the greatest there is,
// within these bounds, and so many columns, evenly over the time since the oldest customer
// first bought.
const (
	leastRows, mostRows = 5, 30
	timeSteps           = 30
)

// frequencyRecency draws the purchases that the models expect, by frequency and recency.
func (a *Album) frequencyRecency() (Picture, error) {
	return a.matrix(FrequencyRecency, "expected_purchases", 1, func(s clv.BlendScores) []float64 { return s.CET })
}

// pAlive draws the chance of still being a customer, by frequency and recency.
func (a *Album) pAlive() (Picture, error) {
	return a.matrix(PAliveMatrix, "p_alive", 3, func(s clv.BlendScores) []float64 { return s.PAlive })
}

// matrix draws what the models say of customers who first bought when the oldest did: a row
// for each number of repeat purchases, a column for how long the last one is ago.
func (a *Album) matrix(picture, name string, places int, of func(clv.BlendScores) []float64) (Picture, error) {
	m, err := a.models(picture)
	if err != nil {
		return Picture{}, err
	}
	within, _, err := a.horizon()
	if err != nil {
		return Picture{}, err
	}
	if err := a.states(); err != nil {
		return Picture{}, err
	}
	span, err := a.span()
	if err != nil {
		return Picture{}, err
	}
	unit := job.Unit(m.Unit).Days()
	panel := gridPanel(span/unit, a.mostRepeats())
	all, err := a.scored(m, panel, unit)
	if err != nil {
		return Picture{}, err
	}
	scores := of(all)
	if slices.ContainsFunc(scores, func(v float64) bool { return math.IsInf(v, 0) }) {
		return Picture{}, a.needs(picture, "endless")
	}
	p := Picture{Table: Table{Columns: []Column{a.column("x"), a.column("days_ago"), a.column("t_x"), a.column("t"), a.column(name)}}}
	grid := chart.Grid{
		XTitle: a.say.Say("pictures.axis.days_ago"), YTitle: a.say.Say("pictures.axis.repeats"), Title: a.say.SayOf("pictures.matrix", name, "horizon", within.In(a.say)),
		Label: func(v float64) string { return figures.Rounded(v, places) },
	}
	daysAgo := func(step int) float64 { return span * float64(timeSteps-step) / timeSteps }
	for j := 0; j <= timeSteps; j++ {
		grid.Columns = append(grid.Columns, figures.Count(int64(math.Round(daysAgo(j)))))
	}
	const perRow = timeSteps + 1
	for x := panel.Len()/perRow - 1; x >= 0; x-- {
		row := make([]chart.Cell, perRow)
		for j := range row {
			i := x*perRow + j
			row[j] = chart.Cell{Value: math.NaN()}
			if possible(x, j) && !math.IsNaN(scores[i]) {
				row[j].Value = scores[i]
				p.Table.add(counted(x), number(daysAgo(j), 0), number(panel.TX[i], 1), number(panel.T[i], 1), number(scores[i], places))
			}
		}
		grid.Rows, grid.Cells = append(grid.Rows, figures.Count(int64(x))), append(grid.Cells, row)
	}
	if picture == PAliveMatrix {
		grid.Max, grid.Label = 1, percentLabel
	}
	p.Figure.Form = grid
	return p, nil
}

// scored is what the night's models say of a panel, within the job's horizon.
func (a *Album) scored(m *publication.Model, panel clv.Panel, unitDays float64) (s clv.BlendScores, err error) {
	blend, err := m.BuildBlend()
	if err != nil {
		return s, a.night.Damaged(publication.ModelFile, err)
	}
	_, horizon, err := a.horizon()
	if err != nil {
		return s, err
	}
	return clv.ScoreBlend(blend, panel, clv.ScoreOptions{Horizon: horizon / unitDays}), nil
}

// possible tells whether a customer can have so many repeat purchases with the last at a
// step: none has the first purchase alone, and some come after it.
func possible(x, step int) bool { return (x == 0) == (step == 0) }

// gridPanel has a customer for each square, first in order of repeat purchases. t is in
// the model's unit.
func gridPanel(t float64, most int) clv.Panel {
	var p clv.Panel
	for x := range most + 1 {
		for j := 0; j <= timeSteps; j++ {
			tx := t * float64(j) / timeSteps
			if x == 0 {
				tx = 0
			}
			p.X, p.TX, p.T = append(p.X, float64(x)), append(p.TX, tx), append(p.T, t)
		}
	}
	return p
}

// mostRepeats is the greatest number of repeat purchases that the matrix shows. Models count
// purchase days; a night without stages does not remember those, and orders bound them.
func (a *Album) mostRepeats() int {
	most, days := int64(leastRows), a.now.Counts(column.PurchaseDays)
	if days == nil {
		days = a.now.Counts(column.Orders)
	}
	for _, n := range days {
		most = max(most, n-1)
	}
	return int(min(most, mostRows))
}

// span is how many days lie between the first day of the exports and the night.
func (a *Album) span() (float64, error) {
	first, err := a.dayOf("run.json", a.night.FirstDay)
	if err != nil {
		return 0, err
	}
	last, err := a.dayOf("run.json", a.night.AsOf)
	if err != nil {
		return 0, err
	}
	return math.Max(1, float64(last-first)), nil
}

// horizon is how far ahead the job looks, and how many days that are; +Inf: for ever.
func (a *Album) horizon() (s job.Span, days float64, err error) {
	if err := s.UnmarshalText([]byte(a.settings["clv.horizon"])); err != nil {
		return s, 0, a.night.Damaged("run.json", err)
	}
	if s.Unbounded() {
		return s, math.Inf(1), nil
	}
	return s, s.Days(), nil
}
