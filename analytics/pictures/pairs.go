package pictures

import (
	"math"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/chart"
	"clientele/internal/figures"
)

// measure is one of recency, frequency and money: what a customer has of it, and the bins
// that customers are put in. A million points would be a blot and a file that no page can
// hold; a bin counts all customers.
type measure struct {
	name  string
	of    func(customer int) float64
	edges []float64 // where each bin begins, ascending
	title string
	label func(edge float64) string
	back  bool // the least stands on the right
}

// mostBins is about how many bins a measure has: a picture of 680 pixels has room for them.
const mostBins = 24

func (a *Album) recencyMonetary() (Picture, error) {
	return a.pair(RecencyMonetary, (*Album).byRecency, (*Album).byMoney)
}

func (a *Album) frequencyMonetary() (Picture, error) {
	return a.pair(FrequencyMonetary, (*Album).byFrequency, (*Album).byMoney)
}

func (a *Album) recencyAndFrequency() (Picture, error) {
	return a.pair(RecencyFrequency, (*Album).byRecency, (*Album).byFrequency)
}

// pair draws how many customers have so much of one measure and so much of another.
func (a *Album) pair(picture string, across, up func(*Album) measure) (Picture, error) {
	if err := a.scoredStates(picture); err != nil {
		return Picture{}, err
	}
	if a.now.Len() == 0 {
		return Picture{}, a.needs(picture, "nobody")
	}
	x, y := across(a), up(a)
	counts := make([][]int64, len(y.edges))
	for j := range counts {
		counts[j] = make([]int64, len(x.edges))
	}
	for i := range a.now.Len() {
		counts[y.bin(y.of(i))][x.bin(x.of(i))]++
	}
	p := Picture{Table: Table{Columns: slices.Concat(a.binColumns(x), a.binColumns(y), []Column{a.column("customers")})}}
	grid := chart.Grid{XTitle: x.title, YTitle: y.title, Title: a.say.Say("pictures.axis.customers_log"), Label: wholeLabel, Log: true}
	for _, i := range x.order() {
		grid.Columns = append(grid.Columns, x.label(x.edges[i]))
	}
	for j := range slices.Backward(y.edges) {
		grid.Rows = append(grid.Rows, y.label(y.edges[j]))
		row := make([]chart.Cell, 0, len(x.edges))
		for _, i := range x.order() {
			n := counts[j][i]
			if n == 0 {
				row = append(row, chart.Cell{Value: math.NaN()})
				continue
			}
			row = append(row, chart.Cell{Value: float64(n), Text: figures.Count(n)})
			p.Table.add(slices.Concat(x.cells(i), y.cells(j), []Cell{counted(n)})...)
		}
		grid.Cells = append(grid.Cells, row)
	}
	p.Figure.Form = grid
	return p, nil
}

func wholeLabel(v float64) string { return figures.Rounded(v, 0) }

// bin is the last that begins at a value or below it.
func (m measure) bin(v float64) int {
	at, found := slices.BinarySearch(m.edges, v)
	if !found {
		at--
	}
	return max(at, 0)
}

// order is the bins from left to right.
func (m measure) order() []int {
	all := make([]int, len(m.edges))
	for i := range all {
		all[i] = i
	}
	if m.back {
		slices.Reverse(all)
	}
	return all
}

func (a *Album) binColumns(m measure) []Column {
	return []Column{a.column(m.name + "_from"), a.column(m.name + "_below")}
}

// cells are where a bin begins and where it ends; the first and the last have no end.
func (m measure) cells(bin int) []Cell {
	edge := func(i int, there bool) Cell {
		if !there {
			return Cell{Text: nothing}
		}
		return Cell{shortest(m.edges[i]), m.label(m.edges[i])}
	}
	return []Cell{edge(bin, !math.IsInf(m.edges[bin], -1)), edge(bin+1, bin+1 < len(m.edges))}
}

// byRecency has days since the last purchase, in bins of as many days each.
func (a *Album) byRecency() measure {
	night, last := calendar.DayOf(a.night.Day()), a.now.Days(column.LastDay)
	m := measure{name: "recency_days", title: a.say.Say("pictures.axis.days_ago"), label: wholeLabel, back: true, of: func(i int) float64 { return float64(night - last[i]) }}
	most := 0.
	for i := range last {
		most = max(most, m.of(i))
	}
	width := math.Ceil((most + 1) / mostBins)
	for edge := 0.; edge <= most; edge += width {
		m.edges = append(m.edges, edge)
	}
	return m
}

// byFrequency has orders: each number its bin, then bins that widen.
func (a *Album) byFrequency() measure {
	orders := a.now.Counts(column.Frequency)
	m := measure{name: "frequency", title: a.say.Say("pictures.axis.frequency"), label: wholeLabel, of: func(i int) float64 { return float64(orders[i]) }}
	least, most := float64(slices.Min(orders)), float64(slices.Max(orders))
	const single = 10 // numbers up to here have bins of their own
	for edge := least; edge <= min(most, single); edge++ {
		m.edges = append(m.edges, edge)
	}
	for edge := 10.; edge <= most; edge *= 10 {
		for _, times := range []float64{1.5, 2, 3, 5, 7, 10} {
			if v := edge * times; v <= most && v > least {
				m.edges = append(m.edges, v)
			}
		}
	}
	return m
}

// byMoney has spend in bins of equal ratio, and one for those who have none of it.
func (a *Album) byMoney() measure {
	spend := a.now.Amounts(column.Monetary)
	m := measure{name: "monetary", title: a.say.Say("pictures.axis.monetary", "currency", a.currency()), of: func(i int) float64 { return spend[i].Float() }}
	m.label = func(edge float64) string {
		if math.IsInf(edge, -1) {
			return "≤ 0"
		}
		if edge < 1 {
			return shortest(edge)
		}
		return wholeLabel(edge)
	}
	least, most := math.Inf(1), 0.
	for i := range spend {
		if v := m.of(i); v > 0 {
			least, most = min(least, v), max(most, v)
		} else if len(m.edges) == 0 {
			m.edges = []float64{math.Inf(-1)}
		}
	}
	m.edges = append(m.edges, ratios(least, most)...)
	return m
}

// ratios are round numbers, each about twice the one before, from the last that is not above
// the least to the most; three or ten times where those would be too many.
func ratios(least, most float64) (edges []float64) {
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		edges = nil
		for power := math.Floor(math.Log10(least)); power <= math.Log10(most); power++ {
			for _, times := range steps {
				switch v := times * math.Pow(10, power); {
				case v <= least:
					edges = []float64{v}
				case v <= most:
					edges = append(edges, v)
				}
			}
		}
		if len(edges) <= mostBins {
			break
		}
	}
	return edges
}
