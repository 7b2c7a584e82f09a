package chart

import (
	"fmt"
	"math"

	plottext "gonum.org/v1/plot/text"
)

// The measures of a grid in pixels.
const (
	cellHeight  = 30.
	noteHeight  = 14. // more, where cells have a second line
	leastCell   = 6.
	rampHeight  = 24. // of the scale of colours, without its title
	labelHeight = 18.
	mostSide    = 520. // of a grid of many cells
	mostNames   = 0.4  // of the width, for the names of rows
	lap         = 0.4  // by which cells without texts lie over their neighbours
)

// gridLayout is where things of a grid are at a width.
type gridLayout struct {
	left, top    float64 // room for the names of rows, and of columns
	width, row   float64 // of a cell
	turned       bool    // names of columns are turned upright
	everyX       int     // of names that have no room, every second, third, ... is written
	everyY       int
	texts, notes bool // there is room for texts
}

var cellStyle = style(sizeText, text, plottext.XCenter, plottext.YCenter)

func (f Grid) layout(width float64) gridLayout {
	l := gridLayout{everyX: 1, everyY: 1}
	for _, name := range f.Rows {
		l.left = min(max(l.left, float64(cellStyle.Width(name))+nameGap), width*mostNames)
	}
	l.width = (width - l.left) / float64(max(len(f.Columns), 1))
	l.width = min(l.width, 110)
	widest := 0.
	for _, name := range f.Columns {
		widest = max(widest, float64(cellStyle.Width(name)))
	}
	l.top = labelHeight
	if widest+4 > l.width {
		if len(f.Columns) <= 16 && l.width >= 14 {
			l.turned, l.top = true, widest+8
		} else {
			l.everyX = int(math.Ceil((widest + 8) / l.width))
		}
	}
	l.top += titleOf(f.YTitle, plottext.XLeft, width).height() + titleOf(f.XTitle, plottext.XCenter, width).height()
	f.fit(&l)
	return l
}

// fit decides how high cells are and what is written in them.
func (f Grid) fit(l *gridLayout) {
	textWidth, noteWidth := 0., 0.
	for _, row := range f.Cells {
		for _, c := range row {
			textWidth = max(textWidth, float64(cellStyle.Width(c.Text)))
			noteWidth = max(noteWidth, float64(style(sizeNote, text, 0, 0).Width(c.Note)))
		}
	}
	l.texts = textWidth > 0 && textWidth+4 <= l.width
	l.notes = l.texts && noteWidth > 0 && noteWidth+8 <= l.width
	l.row = cellHeight
	if l.notes {
		l.row += noteHeight
	}
	if len(f.Rows) > 20 || !l.texts {
		l.row = min(l.row, max(leastCell, mostSide/float64(max(len(f.Rows), 1))))
		l.row = min(l.row, max(l.width, 14))
	}
	if l.row < 16 {
		l.texts, l.notes = false, false
		l.everyY = int(math.Ceil(16 / l.row))
	}
}

func (f Grid) height(width float64) float64 {
	l := f.layout(width)
	return l.top + l.row*float64(len(f.Rows)) + rampHeight + titleOf(f.Title, plottext.XLeft, width).height() + 8
}

func (f Grid) draw(a area) {
	l := f.layout(a.width())
	f.drawNames(a, l)
	low, high := f.ends()
	for i, row := range f.Cells {
		if !l.texts {
			f.drawBand(a, i, low, high, l)
			continue
		}
		for j, c := range row {
			x, y := l.left+float64(j)*l.width, l.top+float64(i)*l.row
			f.drawCell(a.part(x, y, l.width, l.row), c, f.hintOf(i, j), f.stepOf(c, low, high), l)
		}
	}
	f.drawRamp(a.below(l.top+l.row*float64(len(f.Rows))+8), low, high)
}

// drawBand draws a row of cells without texts: those of one colour beside each other as
// one, so that a picture of a thousand cells is a small file.
func (f Grid) drawBand(a area, i int, low, high float64, l gridLayout) {
	row := f.Cells[i]
	for from := 0; from < len(row); {
		k, to := f.stepOf(row[from], low, high), from+1
		for to < len(row) && f.stepOf(row[to], low, high) == k && row[to].Hint == "" && row[to].Text == "" {
			to++
		}
		if k >= 0 {
			x := l.left + float64(from)*l.width
			a.hint(f.hintOf(i, from), func() {
				// A little over the next ones, so that no hairline shines through between.
				a.rect(x, l.top+float64(i)*l.row, float64(to-from)*l.width+lap, l.row+lap, stepInk(k))
			})
		}
		from = to
	}
}

// stepOf is the colour of a cell; -1: none.
func (f Grid) stepOf(c Cell, low, high float64) int {
	if math.IsNaN(c.Value) {
		return -1
	}
	return step(f.share(c.Value, low, high))
}

func (f Grid) hintOf(i, j int) string {
	if c := f.Cells[i][j]; c.Hint != "" || c.Text == "" {
		return c.Hint
	}
	return fmt.Sprintf("%s, %s: %s", f.Rows[i], f.Columns[j], f.Cells[i][j].Text)
}

// ends are the values of the first and the last colour.
func (f Grid) ends() (low, high float64) {
	if f.Min != 0 || f.Max != 0 {
		return f.Min, f.Max
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range f.Cells {
		for _, c := range row {
			if !math.IsNaN(c.Value) && !(f.Log && c.Value <= 0) {
				low, high = min(low, c.Value), max(high, c.Value)
			}
		}
	}
	if !(low <= high) {
		return 0, 1
	}
	return low, high
}

// share is how far a value is from the first colour to the last.
func (f Grid) share(v, low, high float64) float64 {
	switch {
	case math.IsNaN(v) || !(high > low):
		return 0
	case f.Log && v <= 0:
		return 0
	case f.Log:
		return math.Log(v/low) / math.Log(high/low)
	}
	return (v - low) / (high - low)
}

func (f Grid) drawCell(a area, c Cell, said string, k int, l gridLayout) {
	const gap = 1. // a line of light between cells
	a.hint(said, func() {
		on := muted
		if k >= 0 {
			on = onStep(k)
			a.rect(0, 0, a.width()-gap, a.height()-gap, stepInk(k))
		}
		middle := (a.height() - gap) / 2
		if l.notes && c.Note != "" {
			a.text(a.width()/2, middle+9, c.Note, style(sizeNote, on, plottext.XCenter, plottext.YCenter))
			middle -= 7
		}
		a.text(a.width()/2, middle, c.Text, style(sizeText, on, plottext.XCenter, plottext.YCenter))
	})
}

func (f Grid) drawNames(a area, l gridLayout) {
	y := titleOf(f.YTitle, plottext.XLeft, a.width())
	y.draw(a, 0, 0)
	titleOf(f.XTitle, plottext.XCenter, a.width()).draw(a, l.left+l.width*float64(len(f.Columns))/2, y.height())
	for j := 0; j < len(f.Columns); j += l.everyX {
		x := l.left + (float64(j)+0.5)*l.width
		if l.turned {
			s := style(sizeText, text, plottext.XLeft, plottext.YCenter)
			s.Rotation = math.Pi / 2
			a.text(x, l.top-4, f.Columns[j], s)
		} else {
			half := float64(cellStyle.Width(f.Columns[j])) / 2
			a.text(min(x, a.width()-half), l.top-labelHeight/2, f.Columns[j], cellStyle)
		}
	}
	for i := 0; i < len(f.Rows); i += l.everyY {
		s := style(sizeText, text, plottext.XRight, plottext.YCenter)
		a.text(l.left-nameGap, l.top+(float64(i)+0.5)*l.row, fit(f.Rows[i], s, l.left-nameGap), s)
	}
}

// drawRamp draws the scale of colours with what its ends are.
func (f Grid) drawRamp(a area, low, high float64) {
	label := f.Label
	if label == nil {
		label = shortBy([]float64{low, high})
	}
	const each, thick = 14., 10.
	from, to := label(low), label(high)
	x := float64(cellStyle.Width(from)) + 6
	s, title := tickStyle(plottext.XLeft, plottext.YCenter), titleOf(f.Title, plottext.XLeft, a.width())
	title.draw(a, 0, 0)
	y := title.height() + 10
	a.text(0, y, from, s)
	for i := range steps {
		a.rect(x+float64(i)*each, y-thick/2, each, thick, stepInk(i))
	}
	a.text(x+each*float64(len(steps))+6, y, to, s)
}
