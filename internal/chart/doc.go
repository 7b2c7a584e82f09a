// Package chart draws pictures of numbers, as SVG and as PNG. It knows nothing of customers.
//
//	figure.go            a Figure: what is to be drawn, as a value
//	xy.go (series.go), rows.go, grid.go, facets.go, flow.go   the forms that a figure has, and how each is drawn
//	palette.go           all colours, for light and for dark
//	svgcanvas.go, png.go the two surfaces; both are a gonum vg.Canvas
//	area.go, text.go     where things are, how wide text is; widefont.go for Chinese in a PNG
//	legend.go, ticks.go  the entries of legends, and round numbers for axes
//	write.go             WriteSVG, WriteInline, WritePNG, Style
//
// gonum.org/v1/plot draws axes, lines, bands and points; what it has not is drawn on the
// same canvas: rows, grids of cells, flows. One vg point is one CSS pixel.
//
// The same figure gives the same bytes: numbers are rounded to a hundredth of a pixel,
// and nothing depends on the order of a map or, but for Chinese characters in a PNG, on the
// machine's fonts.
package chart
