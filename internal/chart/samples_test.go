package chart

import (
	"math"
	"strconv"
)

// samples has a figure of each form, with what is hard to draw in it.
func samples() map[string]Figure {
	return map[string]Figure{
		"lines":     {Title: "Repeat purchases by week, and what was expected", Description: "Two lines.", Form: sampleLines()},
		"bars":      {Title: "Repeat purchases in calibration", Description: "Pairs of bars.", Form: sampleBars()},
		"histogram": {Title: "Spend per purchase", Description: "A histogram with a density.", Form: sampleHistogram()},
		"points":    {Title: "Reliability of p_next", Description: "Points along the diagonal.", Form: samplePoints()},
		"bridge":    {Title: "Customer equity since 2026-05-31", Description: "A bridge.", Form: sampleBridge()},
		"rows":      {Title: "各环节客户数", Description: "Rows with long names.", Form: sampleRows()},
		"grid":      {Title: "Recency and frequency, with money as colour", Description: "A grid.", Form: sampleGrid()},
		"matrix":    {Title: "Expected purchases by frequency and recency", Description: "A fine grid.", Form: sampleMatrix()},
		"facets":    {Title: "Recency, frequency and money", Description: "A grid of bars.", Form: sampleFacets()},
		"flow":      {Title: "Stages from 2026-05-31 to 2026-06-30", Description: "A flow.", Form: sampleFlow()},
		"customer":  {Title: "Purchases of one customer, and how sure it is that they are still one", Description: "Marks and lines.", Form: sampleCustomer()},
	}
}

func sampleLines() Form {
	happened, expected := Line{Name: "happened", Hue: Hue1}, Line{Name: "expected", Hue: Hue2, Dashed: true}
	for week := range 60 {
		day := 14610 + 7*float64(week)
		v := 900 * math.Exp(-float64(week)/25)
		happened.Points = append(happened.Points, Point{day, v * (1 + 0.1*math.Sin(float64(week)*1.7))})
		expected.Points = append(expected.Points, Point{day, v})
		expected.Low = append(expected.Low, v*0.9)
		expected.High = append(expected.High, v*1.1)
	}
	return XY{
		X: Axis{Scale: Days, Title: "week of"}, Y: Axis{Title: "repeat purchases a week", Zero: true},
		Lines: []Line{expected, happened},
		Rules: []Rule{{Name: "end of calibration", X: new(14610 + 7*30.0)}},
	}
}

func sampleBars() Form {
	a, b := Bars{Name: "observed", Hue: Hue1}, Bars{Name: "expected", Hue: Hue2}
	names := []string{"0", "1", "2", "3", "4", "5", "6", "7+"}
	for i := range names {
		v := 12000 * math.Exp(-float64(i)/1.7)
		a.Points = append(a.Points, Point{float64(i), v})
		b.Points = append(b.Points, Point{float64(i), v * 1.1})
	}
	return XY{X: Axis{Scale: Names, Names: names, Title: "repeat purchases"}, Y: Axis{Title: "customers", Zero: true}, Bars: []Bars{a, b}}
}

func sampleHistogram() Form {
	h, density := Bars{Name: "customers", Hue: Hue1, Width: 10}, Line{Name: "gamma-gamma", Hue: Hue2}
	for i := range 30 {
		x := 5 + 10*float64(i)
		v := x * math.Exp(-x/50)
		h.Points = append(h.Points, Point{x, v})
		density.Points = append(density.Points, Point{x, v * 1.05})
	}
	return XY{X: Axis{Title: "CHF per purchase", Zero: true}, Y: Axis{Title: "customers", Zero: true}, Bars: []Bars{h}, Lines: []Line{density}, Rules: []Rule{{Name: "mean of all, 288 CHF", X: new(288.0)}}}
}

func samplePoints() Form {
	s := Points{Name: "customers in bins", Hue: Hue1}
	for i := range 10 {
		x := (float64(i) + 0.5) / 10
		s.Points = append(s.Points, Point{x, x * 0.95})
		s.Weight = append(s.Weight, 1000/float64(i+1))
		s.Low = append(s.Low, x*0.9)
		s.High = append(s.High, min(1, x*1.02))
	}
	percent := func(v float64) string { return strconv.Itoa(int(math.Round(v*100))) + "%" }
	return XY{
		X: Axis{Title: "said: chance of a purchase in 91 days", Label: percent, Max: 1}, Y: Axis{Title: "bought", Label: percent, Max: 1},
		Points: []Points{s}, Rules: []Rule{{Diagonal: true}}, Square: true,
	}
}

func sampleBridge() Form {
	at := 100000.
	row := func(name string, by float64, hue Hue) Row {
		r := Row{Name: name, Bars: []Span{{From: at, To: at + by, Hue: hue}}, Text: plain(by)}
		at += by
		return r
	}
	return Rows{Title: "CHF", Broken: true, Rows: []Row{
		{Name: "on 2026-05-31", Bars: []Span{{0, 100000, Neutral, ""}}, Text: "100,000", Strong: true},
		row("new customers", 12000, Up), row("purchases", 8000, Up), row("time passed", -15000, Down), row("the model moved", -1200, Down), row("returns", -800, Down),
		{Name: "on 2026-06-30", Bars: []Span{{0, at, Neutral, ""}}, Text: plain(at), Strong: true, Low: new(80000.0), High: new(121000.0)},
	}}
}

func sampleRows() Form {
	f := Rows{Title: "客户数", Legend: []Key{{"考察期", Hue1}, {"形成期", Hue2}, {"稳定期", Hue3}, {"退化期", Hue4}}}
	for i, name := range []string{"重要价值客户 (Champions)", "hibernating customers with a very long name", "新客户"} {
		v := float64(100 * (i + 1))
		f.Rows = append(f.Rows, Row{Name: name, Text: plain(v * 2.4), Marker: new(300.0), Bars: []Span{{0, v, Hue1, ""}, {v, v * 1.5, Hue2, ""}, {v * 1.5, v * 2, Hue3, ""}, {v * 2, v * 2.4, Hue4, ""}}})
	}
	return f
}

func sampleGrid() Form {
	f := Grid{XTitle: "recency score", YTitle: "frequency score", Title: "net spend per customer, CHF", Columns: []string{"1", "2", "3", "4", "5"}, Rows: []string{"5", "4", "3", "2", "1"}}
	for i := range 5 {
		var row []Cell
		for j := range 5 {
			v := float64((5 - i) * (j + 1) * 37)
			row = append(row, Cell{Value: v, Text: plain(v), Note: plain(float64(40*i+j)) + " cust."})
		}
		f.Cells = append(f.Cells, row)
	}
	f.Cells[0][0] = Cell{Value: math.NaN()}
	return f
}

func sampleMatrix() Form {
	f := Grid{XTitle: "weeks from the first to the last purchase", YTitle: "repeat purchases", Title: "purchases expected in 36 months"}
	for i := 0; i <= 30; i++ {
		f.Columns = append(f.Columns, strconv.Itoa(i*3))
		f.Rows = append(f.Rows, strconv.Itoa(30-i))
		var row []Cell
		for j := 0; j <= 30; j++ {
			row = append(row, Cell{Value: float64(30-i) * math.Exp(-float64(30-j)*float64(30-i)/90)})
		}
		f.Cells = append(f.Cells, row)
	}
	return f
}

func sampleFacets() Form {
	f := Facets{XTitle: "recency score", YTitle: "frequency score", Title: "customers by score of money", Columns: []string{"1", "2", "3", "4", "5"}, Rows: []string{"5", "4", "3", "2", "1"}, Names: []string{"1", "2", "3", "4", "5"}}
	for i := range 5 {
		var row [][]float64
		for j := range 5 {
			var bars []float64
			for k := range 5 {
				bars = append(bars, math.Round(900*math.Exp(-math.Abs(float64(k-(4-i)))-float64(j)/3)))
			}
			row = append(row, bars)
		}
		f.Bars = append(f.Bars, row)
	}
	f.Bars[0][0] = make([]float64, 5) // nobody
	return f
}

func sampleFlow() Form {
	f := Flow{FromTitle: "2026-05-31", ToTitle: "2026-06-30", Boxes: []Key{{"not yet a customer", Faint}, {"exploration", Hue1}, {"formation", Hue2}, {"stability", Hue3}, {"decline", Hue4}}}
	sizes := [][]float64{{0, 300, 0, 0, 0}, {0, 1200, 150, 2, 160}, {0, 0, 700, 90, 40}, {0, 0, 0, 900, 70}, {0, 0, 30, 20, 1100}}
	for i, row := range sizes {
		for j, v := range row {
			f.Streams = append(f.Streams, Stream{i, j, v})
		}
	}
	return f
}

func sampleCustomer() Form {
	f := XY{X: Axis{Scale: Days}, Y: Axis{Title: "chance", Max: 1}}
	alive, decline := Line{Name: "still a customer", Hue: Hue1}, Line{Name: "in decline", Hue: Hue2, Dashed: true}
	marks := Marks{Name: "purchase", Hue: Hue3}
	for i := range 300 {
		day := 14610 + float64(i)
		if i%40 < 2 && i < 200 {
			marks.X = append(marks.X, day)
		}
		p := 1.
		if i > 200 {
			p = math.Exp(-float64(i-200) / 40)
		}
		alive.Points = append(alive.Points, Point{day, p})
		decline.Points = append(decline.Points, Point{day, (1 - p) * 0.9})
	}
	f.Lines, f.Marks = []Line{alive, decline}, []Marks{marks}
	return f
}
