package chart

import (
	"math"

	"gonum.org/v1/plot"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// bars draw one series of bars. gonum's stand beside each other by so many points, not by
// the width that the axis leaves.
type bars struct {
	of *XY
	i  int
}

// DataRange implements plot.DataRanger.
func (b bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	s := b.of.Bars[b.i]
	xmin, xmax = math.Inf(1), math.Inf(-1)
	for _, at := range s.Points {
		xmin, xmax = min(xmin, at.X-s.Width/2), max(xmax, at.X+s.Width/2)
		ymin, ymax = min(ymin, at.Y), max(ymax, at.Y)
	}
	return xmin, xmax, ymin, ymax
}

// Plot implements plot.Plotter.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	s := b.of.Bars[b.i]
	for _, at := range s.Points {
		left, right := at.X-s.Width/2, at.X+s.Width/2
		if s.Width == 0 { // side by side in four fifths of the room
			each := 0.8 / float64(len(b.of.Bars))
			left = at.X - 0.4 + float64(b.i)*each
			right = left + each
		}
		x0, x1 := c.X(p.X.Norm(left)), c.X(p.X.Norm(right))
		y0, y1 := c.Y(p.Y.Norm(max(p.Y.Min, min(0, p.Y.Max)))), c.Y(p.Y.Norm(at.Y))
		if x1-x0 > 4 {
			x1-- // a line of light between bars
		}
		rectangle := vg.Rectangle{Min: vg.Point{X: x0, Y: min(y0, y1)}, Max: vg.Point{X: x1, Y: max(y0, y1)}}
		hint(c, b.of.say(s.Name, at), func() {
			c.SetColor(hues[s.Hue])
			c.Fill(rectangle.Path())
		})
	}
}

// say is a point in words.
func (f XY) say(name string, at Point) string {
	if name != "" {
		name += ", "
	}
	return name + f.X.say(at.X) + ": " + f.Y.say(at.Y)
}

func (x Axis) say(v float64) string {
	switch {
	case x.Scale == Names && v >= 0 && int(v) < len(x.Names):
		return x.Names[int(v)]
	case x.Scale == Days:
		return dateOf(v).Format("2006-01-02")
	case x.Label != nil:
		return x.Label(v)
	}
	return plain(rounded(v))
}

// points draw a series of points with its vertical lines. gonum's are all of one size.
type points struct {
	Points
	of *XY
}

// The least and the greatest radius of a point, in pixels.
const leastRadius, mostRadius = 3., 9.

// DataRange implements plot.DataRanger.
func (s points) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin, xmax, ymax = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i, at := range s.Points.Points {
		xmin, xmax, ymin, ymax = min(xmin, at.X), max(xmax, at.X), min(ymin, at.Y), max(ymax, at.Y)
		if s.Low != nil {
			ymin, ymax = min(ymin, s.Low[i]), max(ymax, s.High[i])
		}
	}
	return xmin, xmax, ymin, ymax
}

// radius is that of the i-th point, beside the heaviest.
func (s points) radius(i int, heaviest float64) vg.Length {
	if heaviest > 0 {
		return vg.Length(max(leastRadius, mostRadius*math.Sqrt(s.Weight[i]/heaviest)))
	}
	if s.Small {
		return leastRadius - 0.5
	}
	return leastRadius + 1
}

func (s points) heaviest() float64 {
	heaviest := 0.
	for _, w := range s.Weight {
		heaviest = max(heaviest, w)
	}
	return heaviest
}

// GlyphBoxes implements plot.GlyphBoxer, so that no point is cut off at an edge.
func (s points) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	boxes := make([]plot.GlyphBox, len(s.Points.Points))
	for i, at := range s.Points.Points {
		r := s.radius(i, s.heaviest())
		boxes[i] = plot.GlyphBox{X: p.X.Norm(at.X), Y: p.Y.Norm(at.Y), Rectangle: vg.Rectangle{Min: vg.Point{X: -r, Y: -r}, Max: vg.Point{X: r, Y: r}}}
	}
	return boxes
}

// Plot implements plot.Plotter.
func (s points) Plot(c draw.Canvas, p *plot.Plot) {
	heaviest := s.heaviest()
	for i, at := range s.Points.Points {
		x, y := c.X(p.X.Norm(at.X)), c.Y(p.Y.Norm(at.Y))
		radius := s.radius(i, heaviest)
		hint(c, s.of.say(s.Name, at), func() {
			if s.Low != nil {
				c.StrokeLine2(draw.LineStyle{Color: hues[s.Hue], Width: 1.5}, x, c.Y(p.Y.Norm(s.Low[i])), x, c.Y(p.Y.Norm(s.High[i])))
			}
			circle(c, vg.Point{X: x, Y: y}, radius, hues[s.Hue])
		})
	}
}

// rule draws a line across the picture, with its name at its upper or right end.
type rule struct{ Rule }

// Plot implements plot.Plotter.
func (r rule) Plot(c draw.Canvas, p *plot.Plot) {
	line := draw.LineStyle{Color: muted, Width: 1, Dashes: []vg.Length{4, 3}}
	switch {
	case r.Diagonal:
		c.StrokeLine2(line, c.Min.X, c.Min.Y, c.Max.X, c.Max.Y)
	case r.X != nil:
		x := c.X(p.X.Norm(*r.X))
		if !c.ContainsX(x) {
			return
		}
		c.StrokeLine2(line, x, c.Min.Y, x, c.Max.Y)
		align, off := plottext.XLeft, vg.Length(4)
		if s := style(sizeText, muted, 0, 0); x+s.Width(r.Name)+4 > c.Max.X {
			align, off = plottext.XRight, -4
		}
		c.FillText(style(sizeText, muted, align, plottext.YTop), vg.Point{X: x + off, Y: c.Max.Y}, r.Name)
	case r.Y != nil:
		y := c.Y(p.Y.Norm(*r.Y))
		if !c.ContainsY(y) {
			return
		}
		c.StrokeLine2(line, c.Min.X, y, c.Max.X, y)
		c.FillText(style(sizeText, muted, plottext.XRight, plottext.YBottom), vg.Point{X: c.Max.X, Y: y + 2}, r.Name)
	}
}
