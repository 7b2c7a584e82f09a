package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The measures of a picture on two axes, in pixels.
const (
	stripHeight = 16. // of a strip of marks
	tickWidth   = 74. // of a label on the horizontal axis, with its space
	dayWidth    = 92. // of such a label that is a day
	tickHeight  = 44. // of a label on the vertical axis, with its space
)

func (f XY) height(width float64) float64 {
	body := min(max(width*0.55, 220), 360)
	if f.Square {
		body = min(width, 440)
	}
	return body + f.legend().height(width) + f.titles(width) + float64(len(f.Marks))*stripHeight
}

// titles is the height of the titles of both axes: that of the vertical one stands above
// it, so that it can be read without turning one's head.
func (f XY) titles(width float64) float64 {
	return titleOf(f.Y.Title, plottext.XLeft, width).height() + titleOf(f.X.Title, plottext.XCenter, width).height() + 6
}

func (f XY) draw(a area) {
	a = f.legend().draw(a)
	y, x := titleOf(f.Y.Title, plottext.XLeft, a.width()), titleOf(f.X.Title, plottext.XCenter, a.width())
	y.draw(a, 0, 0)
	a = a.below(y.height() + 2)
	strips, body := a, a.below(float64(len(f.Marks))*stripHeight+4)
	// Labels of ticks stand lower than gonum thinks.
	body = body.part(0, 0, body.width(), body.height()-x.height()-4)
	if f.Square {
		side := min(body.width(), body.height())
		body = body.part(0, 0, min(side+20, body.width()), body.height())
	}
	p := f.plot(body)
	if over := overhang(p, body); over > 0 {
		body = body.part(over, 0, body.width()-over, body.height())
		p = f.plot(body)
	}
	p.Draw(body.c)
	data := p.DataCanvas(body.c)
	f.drawMarks(strips, data, p)
	x.draw(a, float64((data.Min.X+data.Max.X)/2-a.c.Min.X), a.height()-x.height())
}

// overhang is how far the first label of the horizontal axis hangs out on the left, where
// gonum sees to it that only those of the vertical axis fit.
func overhang(p *plot.Plot, a area) float64 {
	data := p.DataCanvas(a.c)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Label != "" {
			return float64(a.c.Min.X - data.X(p.X.Norm(t.Value)) + p.X.Tick.Label.Width(t.Label)/2)
		}
	}
	return 0
}

// legend names what has a name.
func (f XY) legend() legend {
	var l legend
	for _, b := range f.Bars {
		l = l.with(b.Name, box(hues[b.Hue]))
	}
	for _, s := range f.Lines {
		l = l.with(s.Name, stroke(hues[s.Hue], s.dash()...))
	}
	for _, s := range f.Points {
		l = l.with(s.Name, dot(hues[s.Hue]))
	}
	for _, s := range f.Marks {
		l = l.with(s.Name, tick(hues[s.Hue]))
	}
	return l
}

func (l legend) with(name string, draw func(area, float64, float64)) legend {
	if name == "" {
		return l
	}
	return append(l, entry{name, draw})
}

func (s Line) dash() []float64 {
	if s.Dashed {
		return []float64{6, 4}
	}
	return nil
}

// plot is the picture as gonum draws it.
func (f XY) plot(a area) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.TextHandler = handler{}
	f.addSeries(p)
	f.X.setRange(&p.X)
	f.Y.setRange(&p.Y)
	if f.X.Scale == Names {
		p.X.Min, p.X.Max = -0.5, float64(len(f.X.Names))-0.5
	}
	if f.Square {
		low, high := min(p.X.Min, p.Y.Min), max(p.X.Max, p.Y.Max)
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = low, high, low, high
	}
	dress(&p.X, f.X, f.X.most(a.width()-40))
	dress(&p.Y, f.Y, max(2, int(a.height()/tickHeight)))
	// gonum places labels by the whole height of a line; digits have no descent.
	p.X.Tick.Label.YAlign, p.Y.Tick.Label.YAlign = -1.25, -0.7
	p.Y.Width = 0
	p.Y.Tick.Length = 0
	return p
}

func (f XY) addSeries(p *plot.Plot) {
	grid := plotter.NewGrid()
	grid.Vertical.Color = nil
	grid.Horizontal = draw.LineStyle{Color: raster, Width: 1}
	p.Add(grid)
	for i := range f.Bars {
		p.Add(bars{&f, i})
	}
	for _, s := range f.Lines {
		s.addTo(p, &f)
	}
	for _, s := range f.Points {
		p.Add(points{s, &f})
	}
	for _, r := range f.Rules {
		p.Add(rule{r})
	}
}

// addTo adds a line with its band.
func (s Line) addTo(p *plot.Plot, f *XY) {
	line := &plotter.Line{XYs: make(plotter.XYs, len(s.Points)), LineStyle: draw.LineStyle{Color: hues[s.Hue], Width: 2}}
	for _, d := range s.dash() {
		line.Dashes = append(line.Dashes, vg.Length(d))
	}
	if s.Steps {
		line.StepStyle = plotter.PostStep
	}
	for i, at := range s.Points {
		line.XYs[i] = plotter.XY{X: at.X, Y: at.Y}
	}
	if s.Low != nil {
		band := make(plotter.XYs, 0, 2*len(s.Points))
		for i, at := range s.Points {
			band = append(band, plotter.XY{X: at.X, Y: s.Low[i]})
		}
		for i := len(s.Points) - 1; i >= 0; i-- {
			band = append(band, plotter.XY{X: s.Points[i].X, Y: s.High[i]})
		}
		p.Add(&plotter.Polygon{XYs: []plotter.XYs{band}, Color: veil(s.Hue)})
	}
	switch {
	case len(s.Points) == 1: // a line of no length would not be seen
		p.Add(points{Points{Hue: s.Hue, Points: s.Points}, f})
	case len(s.Points) > 1:
		p.Add(line)
	}
}

// setRange widens the range of the data to what the axis asks for.
func (x Axis) setRange(a *plot.Axis) {
	if x.Zero {
		a.Min, a.Max = min(a.Min, 0), max(a.Max, 0)
	}
	if x.Min != 0 || x.Max != 0 {
		a.Min, a.Max = x.Min, x.Max
	}
	if a.Min == a.Max {
		a.Max = a.Min + 1
	}
	if x.Scale == Log {
		a.Scale = plot.LogScale{}
	}
}

// most is how many labels have room beside each other.
func (x Axis) most(width float64) int {
	each := tickWidth
	if x.Scale == Days {
		each = dayWidth
	}
	if x.Scale == Names {
		each = 14
		for _, name := range x.Names {
			each = max(each, float64(tickStyle(plottext.XCenter, plottext.YTop).Width(name))+10)
		}
	}
	return max(2, int(width/each))
}

func tickStyle(x plottext.XAlignment, y plottext.YAlignment) plottext.Style {
	return style(sizeText, muted, x, y)
}

// dress gives an axis its ticks and its inks.
func dress(a *plot.Axis, x Axis, most int) {
	a.Color, a.Width, a.Padding = axis, 1, 0
	a.Tick.Label.Font, a.Tick.Label.Color, a.Tick.Label.Handler = tickStyle(0, 0).Font, muted, handler{}
	a.Tick.Color, a.Tick.Width, a.Tick.Length = axis, 1, 4
	a.Tick.Marker = plot.TickerFunc(func(low, high float64) []plot.Tick { return x.ticks(low, high, most) })
}

// ticks are at most so many.
func (x Axis) ticks(low, high float64, most int) []plot.Tick {
	var at []float64
	switch x.Scale {
	case Days:
		return dates(low, high, most)
	case Names:
		var ticks []plot.Tick
		for i, name := range x.Names {
			ticks = append(ticks, plot.Tick{Value: float64(i), Label: name})
		}
		return thin(ticks, most)
	case Log:
		at = powers(low, high, most)
	default:
		at = nice(low, high, most, x.Whole)
	}
	label := x.Label
	if label == nil {
		label = shortBy(at)
	}
	ticks := make([]plot.Tick, len(at))
	for i, v := range at {
		ticks[i] = plot.Tick{Value: v, Label: label(v)}
	}
	return ticks
}

// drawMarks draws the strips of marks above the picture.
func (f XY) drawMarks(strips area, data draw.Canvas, p *plot.Plot) {
	left := float64(data.Min.X - strips.c.Min.X)
	width := float64(data.Max.X - data.Min.X)
	for i, m := range f.Marks {
		y := float64(i) * stripHeight
		strips.line(left, y+stripHeight-2, left+width, y+stripHeight-2, 1, raster)
		for _, x := range m.X {
			if share := p.X.Norm(x); share >= 0 && share <= 1 && !math.IsNaN(share) {
				at := left + share*width
				strips.line(at, y+2, at, y+stripHeight-2, 1.5, hues[m.Hue])
			}
		}
	}
}
