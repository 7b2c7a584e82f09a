package chart

import (
	"math"

	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// area is a rectangle to draw in. Its coordinates are pixels from its left upper corner,
// to the right and down, as people read.
type area struct {
	c draw.Canvas
}

func (a area) width() float64  { return float64(a.c.Max.X - a.c.Min.X) }
func (a area) height() float64 { return float64(a.c.Max.Y - a.c.Min.Y) }

// part is a rectangle within the area.
func (a area) part(x, y, width, height float64) area {
	c := a.c
	c.Min = a.at(x, y+height)
	c.Max = a.at(x+width, y)
	return area{c}
}

// below is the area without its first so many pixels.
func (a area) below(y float64) area { return a.part(0, y, a.width(), a.height()-y) }

func (a area) at(x, y float64) vg.Point {
	return vg.Point{X: a.c.Min.X + vg.Length(x), Y: a.c.Max.Y - vg.Length(y)}
}

func (a area) text(x, y float64, txt string, s plottext.Style) { a.c.FillText(s, a.at(x, y), txt) }

func (a area) rect(x, y, width, height float64, k ink) {
	a.polygon(k, [2]float64{x, y}, [2]float64{x + width, y}, [2]float64{x + width, y + height}, [2]float64{x, y + height})
}

func (a area) polygon(k ink, corners ...[2]float64) {
	var p vg.Path
	for i, c := range corners {
		if i == 0 {
			p.Move(a.at(c[0], c[1]))
		} else {
			p.Line(a.at(c[0], c[1]))
		}
	}
	p.Close()
	a.c.SetColor(k)
	a.c.Fill(p)
}

func (a area) line(x0, y0, x1, y1, width float64, k ink, dash ...float64) {
	style := draw.LineStyle{Color: k, Width: vg.Length(width)}
	for _, d := range dash {
		style.Dashes = append(style.Dashes, vg.Length(d))
	}
	p, q := a.at(x0, y0), a.at(x1, y1)
	a.c.StrokeLine2(style, p.X, p.Y, q.X, q.Y)
}

func (a area) circle(x, y, radius float64, k ink) {
	circle(a.c, a.at(x, y), vg.Length(radius), k)
}

func circle(c draw.Canvas, at vg.Point, radius vg.Length, k ink) {
	var p vg.Path
	p.Move(vg.Point{X: at.X + radius, Y: at.Y})
	p.Arc(at, radius, 0, 2*math.Pi)
	p.Close()
	c.SetColor(k)
	c.Fill(p)
}

// hint has what draw draws say a text under a pointer, on surfaces that can.
func (a area) hint(txt string, draw func()) { hint(a.c, txt, draw) }

func hint(c draw.Canvas, txt string, draw func()) {
	if svg, can := surfaceOf(c).(*svgCanvas); can {
		svg.hint(txt, draw)
		return
	}
	draw()
}

// surfaceOf is what a canvas draws on, beneath the rectangles within rectangles.
func surfaceOf(c vg.Canvas) vg.Canvas {
	for {
		switch inner := c.(type) {
		case *draw.Canvas:
			c = inner.Canvas
		case draw.Canvas:
			c = inner.Canvas
		default:
			return c
		}
	}
}
