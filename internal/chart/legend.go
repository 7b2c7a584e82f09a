package chart

import plottext "gonum.org/v1/plot/text"

// entry is an entry of a legend: how the series looks, and its name.
type entry struct {
	name string
	draw func(a area, x, y float64) // a sample, swatch pixels wide around a height
}

// The measures of a legend in pixels.
const (
	swatch     = 18.
	legendLine = 20.
	legendGap  = 16.
)

var legendStyle = style(sizeText, text, plottext.XLeft, plottext.YCenter)

// legend has its entries beside each other, in as many lines as they need.
type legend []entry

// places are where the entries are at a width, and the height of all.
func (l legend) places(width float64) (at [][2]float64, height float64) {
	x, y := 0., 0.
	for _, e := range l {
		w := swatch + 6 + float64(legendStyle.Width(e.name))
		if x > 0 && x+w > width {
			x, y = 0, y+legendLine
		}
		at = append(at, [2]float64{x, y})
		x += w + legendGap
	}
	if len(l) == 0 {
		return nil, 0
	}
	return at, y + legendLine + 4
}

func (l legend) height(width float64) float64 {
	_, h := l.places(width)
	return h
}

// draw draws the legend at the top of an area, and gives what is below it.
func (l legend) draw(a area) area {
	at, h := l.places(a.width())
	for i, e := range l {
		middle := at[i][1] + legendLine/2
		e.draw(a, at[i][0], middle)
		a.text(at[i][0]+swatch+6, middle, e.name, legendStyle)
	}
	return a.below(h)
}

// box is the sample of bars.
func box(k ink) func(area, float64, float64) {
	return func(a area, x, y float64) { a.rect(x+3, y-6, 12, 12, k) }
}

// dot is the sample of points.
func dot(k ink) func(area, float64, float64) {
	return func(a area, x, y float64) { a.circle(x+swatch/2, y, 4, k) }
}

// stroke is the sample of a line.
func stroke(k ink, dash ...float64) func(area, float64, float64) {
	return func(a area, x, y float64) { a.line(x, y, x+swatch, y, 2, k, dash...) }
}

// tick is the sample of marks.
func tick(k ink) func(area, float64, float64) {
	return func(a area, x, y float64) { a.line(x+swatch/2, y-6, x+swatch/2, y+6, 1.5, k) }
}
