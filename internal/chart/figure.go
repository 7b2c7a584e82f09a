package chart

// Figure is a picture as a value. Title and Description are what a screen reader says;
// a file has the title above the picture too, a page has it in its own heading.
type Figure struct {
	Title       string
	Description string
	Form        Form
}

// Form is one of the forms of a picture: [XY], [Rows], [Grid], [Facets] or [Flow].
type Form interface {
	// height is how high the form wants to be at a width, both in pixels.
	height(width float64) float64
	// draw draws it into all of the area.
	draw(area)
}

// Size is the size of a picture in CSS pixels. Text has the same size in each: a narrow
// picture has fewer ticks, not smaller ones.
type Size struct {
	Width  float64
	Height float64 // 0: what the form wants at this width
}

// Phone and Desk are the sizes for a column of a page: Phone fits a screen 360 pixels
// wide with its margins.
var (
	Phone = Size{Width: 328}
	Desk  = Size{Width: 680}
)

// Hue is a colour by its role: see palette.go.
type Hue int

// The hues. The numbered ones tell series apart and are safe for colour-blind eyes in
// this order.
const (
	Hue1    Hue = iota // blue
	Hue2               // vermilion
	Hue3               // green
	Hue4               // purple
	Hue5               // orange
	Hue6               // sky blue
	Neutral            // grey: totals, what is not spoken of
	Faint              // light grey: the background of something
)

// Hues are those that tell series apart, in their order.
var Hues = []Hue{Hue1, Hue2, Hue3, Hue4, Hue5, Hue6}

// Up and Down colour what is gained and what is lost.
const (
	Up   = Hue1
	Down = Hue2
)

// Label writes a number for people, such as "1,234 CHF".
type Label func(float64) string

// Scale says how an axis places its numbers.
type Scale int

// The scales.
const (
	Linear Scale = iota
	Log          // all numbers are above 0
	Days         // days since 1970-01-01
	Names        // 0, 1, 2, ... have the names of Axis.Names
)

// Axis is an axis of an [XY].
type Axis struct {
	Title string // with the unit
	Scale Scale
	Names []string // for the scale Names
	Label Label    // of ticks; nil: plain numbers, 12k, 1.5M
	// Whole has ticks at whole numbers alone, for what is counted.
	Whole bool
	// Zero has the axis begin at 0, or end there where all is below.
	Zero bool
	// Min and Max are where the axis begins and ends; both 0: where the data do.
	Min, Max float64
}

// XY is a picture on two axes.
type XY struct {
	X, Y   Axis
	Bars   []Bars
	Lines  []Line
	Points []Points
	Marks  []Marks
	Rules  []Rule
	// Square has both axes of the same length, for pictures with a diagonal.
	Square bool
}

// Point is a place on two axes.
type Point struct{ X, Y float64 }

// Line is a line through points, with a band around it where Low and High are given.
type Line struct {
	Name   string // in the legend; empty: it is not there
	Hue    Hue
	Points []Point
	// Low and High are the edges of the band at each point; nil: no band.
	Low, High []float64
	Dashed    bool
	Steps     bool // flat from each point to the next
}

// Bars are bars from 0. On an axis of names those of several series stand side by side;
// else each fills its width around X, as in a histogram.
type Bars struct {
	Name   string
	Hue    Hue
	Points []Point
	Width  float64 // of a bar, on the X axis; 0 on an axis of names
}

// Points are points, the area of each by its weight.
type Points struct {
	Name   string
	Hue    Hue
	Points []Point
	Weight []float64 // nil: all alike
	// Low and High are the ends of a vertical line through each point; nil: none.
	Low, High []float64
	Small     bool // they are many
}

// Marks are short lines on a strip below the picture, one for each event.
type Marks struct {
	Name string
	Hue  Hue
	X    []float64
}

// Rule is a line across the picture.
type Rule struct {
	Name string // beside it
	// X or Y is where it crosses that axis; Diagonal is where both are the same.
	X, Y     *float64
	Diagonal bool
}

// Rows are horizontal bars, one row each, with its name before it and its number behind.
type Rows struct {
	Rows  []Row
	Label Label  // of the numbers and of the axis; nil: plain numbers
	Title string // of the numbers, with the unit
	// Whole has ticks at whole numbers alone, for what is counted.
	Whole bool
	// Legend names the hues that the bars have; empty: no legend.
	Legend []Key
	// Broken leaves out what lies between 0 and the least number, and has the bars that
	// begin at 0 show it: for small changes of a large number.
	Broken bool
}

// Key is an entry of a legend.
type Key struct {
	Name string
	Hue  Hue
}

// Row is a row of [Rows]. In a bridge each begins where the one before ended.
type Row struct {
	Name string
	Bars []Span // drawn one upon the other
	Text string // behind the bars; empty: none
	// Marker is a short line across the bars, such as the average; nil: none.
	Marker *float64
	// Low and High are the ends of a thin line, such as an interval; nil: none.
	Low, High *float64
	Strong    bool // the name and the text are bold, as of a total
	Joined    bool // it belongs to the row above it, whose name is that of both
}

// Span is a bar from one number to another.
type Span struct {
	From, To float64
	Hue      Hue
	Text     string // what a pointer over it says; empty: the row's name and text
}

// Grid is a grid of cells, coloured by value.
type Grid struct {
	XTitle, YTitle string
	Columns        []string // from left to right
	Rows           []string // from the top down
	// Cells has the rows from the top down.
	Cells [][]Cell
	// Title says what the colour is, with the unit; Label writes its ends.
	Title string
	Label Label
	// Min and Max are the values of the first and the last colour; both 0: the least and
	// the greatest there are.
	Min, Max float64
	Log      bool // the colour goes by the logarithm of the value
}

// Cell is a cell of a [Grid].
type Cell struct {
	Value float64 // NaN: no colour
	Text  string  // in the cell, where there is room
	Note  string  // a second line of it, smaller
	Hint  string  // what a pointer over it says; empty: its row, its column and Text
}

// Flow is what went from one column of boxes to another.
type Flow struct {
	FromTitle, ToTitle string // such as two days
	Boxes              []Key  // of both columns, from the top down
	Streams            []Stream
	Label              Label
}

// Stream is what went from one box to another, by the places of both in Flow.Boxes.
type Stream struct {
	From, To int
	Size     float64
}
