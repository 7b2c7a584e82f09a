package chart

import (
	"math"

	plottext "gonum.org/v1/plot/text"
)

// The measures of rows in pixels.
const (
	rowHeight  = 28.
	rowGap     = 10. // of it, what lies between two bars
	nameHeight = 16. // of a name above its bar, where there is no room beside it
	axisHeight = 22. // of the labels of its ticks
	nameGap    = 8.
)

// rowsLayout is where things of rows are at a width.
type rowsLayout struct {
	names, values float64 // the widths left of the bars and right of them
	above         bool    // names stand above their bars
	low, high     float64 // of the axis
	ticks         []float64
	tops          []float64 // where the bar of each row begins
	bar, bottom   float64   // how high a bar is; where the rows end
}

func (f Rows) layout(width float64) rowsLayout {
	var l rowsLayout
	for _, r := range f.Rows {
		l.names = max(l.names, float64(f.nameStyle(r).Width(r.Name))+nameGap)
		if r.Text != "" {
			l.values = max(l.values, float64(f.textStyle(r).Width(r.Text))+nameGap)
		}
	}
	if l.names > width*0.42 || width-l.names-l.values < 120 {
		l.above, l.names = true, 0
	}
	l.bar = rowHeight - rowGap
	for i, r := range f.Rows {
		switch {
		case r.Joined && i > 0:
			l.bottom += 2
		case l.above:
			l.bottom += rowGap/2 + nameHeight
		default:
			l.bottom += rowGap
		}
		l.tops = append(l.tops, l.bottom)
		l.bottom += l.bar
	}
	l.bottom += rowGap / 2
	l.low, l.high = f.extent()
	// Where not all labels have room, drawAxis leaves some out.
	l.ticks = nice(l.low, l.high, max(3, int((width-l.names-l.values)/tickWidth)), f.Whole)
	return l
}

// extent is from the least number to the greatest. It holds 0 unless the bars are broken.
func (f Rows) extent() (low, high float64) {
	if f.Broken {
		low, high = math.Inf(1), math.Inf(-1)
	}
	wider := func(v float64) {
		if !math.IsNaN(v) && !(f.Broken && v == 0) {
			low, high = min(low, v), max(high, v)
		}
	}
	for _, r := range f.Rows {
		for _, b := range r.Bars {
			wider(b.From)
			wider(b.To)
		}
		for _, v := range []*float64{r.Marker, r.Low, r.High} {
			if v != nil {
				wider(*v)
			}
		}
	}
	if f.Broken && high > low {
		low -= (high - low) / 4 // for the break
	}
	if !(high > low) {
		low, high = min(low, 0), max(high, 1)
	}
	return low, high
}

func (f Rows) nameStyle(r Row) plottext.Style {
	s := style(sizeText, text, plottext.XRight, plottext.YCenter)
	if r.Strong {
		s = bold(s)
	}
	return s
}

func (f Rows) textStyle(r Row) plottext.Style {
	s := f.nameStyle(r)
	s.XAlign = plottext.XLeft
	return s
}

func (f Rows) legend() legend {
	var l legend
	for _, k := range f.Legend {
		l = l.with(k.Name, box(hues[k.Hue]))
	}
	return l
}

func (f Rows) height(width float64) float64 {
	return f.legend().height(width) + f.layout(width).bottom + axisHeight + titleOf(f.Title, plottext.XCenter, width).height()
}

func (f Rows) draw(a area) {
	a = f.legend().draw(a)
	l := f.layout(a.width())
	bars := a.part(l.names, 0, a.width()-l.names-l.values, l.bottom)
	x := func(v float64) float64 { return max(0, (v-l.low)/(l.high-l.low)) * bars.width() }
	if !f.Broken {
		x = func(v float64) float64 { return (v - l.low) / (l.high - l.low) * bars.width() }
	}
	f.drawAxis(bars, l, x)
	for i, r := range f.Rows {
		f.drawRow(a, bars, r, l.tops[i], l, x)
	}
	titleOf(f.Title, plottext.XCenter, a.width()).draw(a, l.names+bars.width()/2, l.bottom+axisHeight-2)
	zero := max(x(0), 0)
	bars.line(zero, 0, zero, bars.height(), 1, axis)
}

// drawAxis draws the ticks below the bars, with a line up from each.
func (f Rows) drawAxis(bars area, l rowsLayout, x func(float64) float64) {
	label := f.Label
	if label == nil {
		label = shortBy(l.ticks)
	}
	end := -math.MaxFloat64
	for _, v := range l.ticks {
		bars.line(x(v), 0, x(v), bars.height(), 1, raster)
		txt := label(v)
		at := l.within(x(v), txt, bars.width())
		if half := float64(tickStyle(0, 0).Width(txt)) / 2; at-half > end {
			bars.text(at, bars.height()+3, txt, tickStyle(plottext.XCenter, plottext.YTop))
			end = at + half + 4
		}
	}
}

// within moves the middle of a text below the bars so far that it is not cut off.
func (l rowsLayout) within(x float64, txt string, width float64) float64 {
	half := float64(tickStyle(0, 0).Width(txt)) / 2
	return max(min(x, width+l.values-half), half-l.names)
}

func (f Rows) drawRow(a, bars area, r Row, top float64, l rowsLayout, x func(float64) float64) {
	if l.above {
		s := f.nameStyle(r)
		s.XAlign = plottext.XLeft
		a.text(4, top-nameHeight/2, fit(r.Name, s, a.width()-8), s)
	} else {
		a.text(l.names-nameGap, top+l.bar/2, r.Name, f.nameStyle(r))
	}
	for _, b := range r.Bars {
		said := b.Text
		if said == "" {
			said = r.Name + ": " + r.Text
		}
		left, right := min(x(b.From), x(b.To)), max(x(b.From), x(b.To))
		bars.hint(said, func() { bars.rect(left, top, max(right-left, 0.5), l.bar, hues[b.Hue]) })
		if f.Broken && left == 0 && right > 24 {
			bars.polygon(paper, [2]float64{14, top}, [2]float64{18, top}, [2]float64{12, top + l.bar}, [2]float64{8, top + l.bar})
		}
	}
	if r.Marker != nil {
		bars.line(x(*r.Marker), top-3, x(*r.Marker), top+l.bar+3, 2, text)
	}
	if r.Low != nil && r.High != nil {
		middle := top + l.bar/2
		bars.line(x(*r.Low), middle, x(*r.High), middle, 1.5, text)
		for _, end := range []float64{*r.Low, *r.High} {
			bars.line(x(end), middle-4, x(end), middle+4, 1.5, text)
		}
	}
	a.text(a.width()-l.values+nameGap, top+l.bar/2, r.Text, f.textStyle(r))
}
