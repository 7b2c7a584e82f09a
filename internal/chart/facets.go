package chart

import (
	"math"

	plottext "gonum.org/v1/plot/text"
)

// Facets is a grid of small bar charts. All have the same scale, so that they can be
// compared.
type Facets struct {
	XTitle, YTitle string
	Columns        []string // from left to right
	Rows           []string // from the top down
	// Bars are those of each place, from left to right: the rows from the top down.
	Bars  [][][]float64
	Names []string // of the bars, the same in each place
	Title string   // what the bars are, with the unit
	Label Label    // of their numbers; nil: plain numbers
}

// The height of a place by its width, in pixels.
const (
	facetShape               = 0.6
	leastFacet, highestFacet = 44., 84.
	facetNames               = 14. // below each place
	facetGap                 = 6.
)

// grid has the names and titles of the places.
func (f Facets) grid() Grid {
	return Grid{XTitle: f.XTitle, YTitle: f.YTitle, Columns: f.Columns, Rows: f.Rows, Title: f.Title}
}

func (f Facets) layout(width float64) gridLayout {
	l := f.grid().layout(width)
	l.row = min(max(l.width*facetShape, leastFacet), highestFacet)
	l.everyY = 1
	if f.named(l) {
		l.row += facetNames
	}
	return l
}

// named tells whether the bars of a place have room for their names.
func (f Facets) named(l gridLayout) bool {
	room := 0.
	for _, name := range f.Names {
		room += float64(style(sizeNote, muted, 0, 0).Width(name)) + 3
	}
	return room <= l.width-facetGap
}

func (f Facets) height(width float64) float64 {
	l := f.layout(width)
	return l.top + l.row*float64(len(f.Rows)) + titleOf(f.Title, plottext.XLeft, width).height() + 12
}

func (f Facets) draw(a area) {
	l := f.layout(a.width())
	f.grid().drawNames(a, l)
	highest := f.highest()
	for i, row := range f.Bars {
		for j, bars := range row {
			f.drawFacet(a.part(l.left+float64(j)*l.width, l.top+float64(i)*l.row, l.width-facetGap, l.row-facetGap), bars, highest, f.Rows[i]+", "+f.Columns[j], f.named(l))
		}
	}
	titleOf(f.Title, plottext.XLeft, a.width()).draw(a, 0, l.top+l.row*float64(len(f.Rows))+8)
}

// highest is the number of the tallest bar of all.
func (f Facets) highest() float64 {
	highest := 0.
	for _, row := range f.Bars {
		for _, bars := range row {
			for _, v := range bars {
				highest = math.Max(highest, v)
			}
		}
	}
	return highest
}

func (f Facets) drawFacet(a area, bars []float64, highest float64, where string, named bool) {
	floor := a.height()
	if named {
		floor -= facetNames
	}
	label := f.Label
	if label == nil {
		label = plain
	}
	each := a.width() / float64(max(len(bars), 1))
	for k, v := range bars {
		left := float64(k) * each
		if v > 0 && highest > 0 {
			height := max(v/highest*floor, 0.5)
			a.hint(where+", "+f.Names[k]+": "+label(v), func() { a.rect(left+0.5, floor-height, each-1, height, hues[Hue1]) })
		}
		if named {
			a.text(left+each/2, floor+1, f.Names[k], style(sizeNote, muted, plottext.XCenter, plottext.YTop))
		}
	}
	a.line(0, floor, a.width(), floor, 1, axis)
}
