package chart

import (
	"fmt"
	"image/png"
	"io"
	"strings"

	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// margin is the space around a picture in a file, in pixels.
const margin = 16

// pixelsPerPixel is how many of a PNG's pixels are one of a page: it is sharp on screens
// that are twice as fine, and on paper 15 cm wide at 230 dots an inch.
const pixelsPerPixel = 2

// WriteSVG writes a picture as a file of its own: with its title above it, and the style
// sheet in it.
func WriteSVG(w io.Writer, f Figure, s Size) error {
	p := pageOf(f, s)
	c := p.svg()
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="ch" role="img" aria-labelledby="t d" viewBox="0 0 %s %s" width="%[1]s" height="%[2]s"><title id="t">%s</title><desc id="d">%s</desc><style>%s</style>%s</svg>`+"\n",
		hundredth(p.width), hundredth(p.height), escaped(f.Title), escaped(f.Description), Style(), c.out.Bytes())
	return err
}

// WriteInline writes a picture as a part of a page, which has its title in a heading and
// [Style] in its style sheet. The id is the element's, and is no other's in the page.
func WriteInline(w io.Writer, f Figure, s Size, id string) error {
	p := page{figure: f, width: s.Width, height: s.Height}
	if p.height == 0 {
		p.height = f.Form.height(s.Width)
	}
	c := &svgCanvas{width: p.width, height: p.height}
	f.Form.draw(p.area(c))
	_, err := fmt.Fprintf(w, `<svg class="ch" id="%[1]s" role="img" aria-labelledby="%[1]s-t %[1]s-d" viewBox="0 0 %[2]s %[3]s" width="%[2]s" height="%[3]s"><title id="%[1]s-t">%[4]s</title><desc id="%[1]s-d">%[5]s</desc>%[6]s</svg>`,
		escaped(id), hundredth(p.width), hundredth(p.height), escaped(f.Title), escaped(f.Description), c.out.Bytes())
	return err
}

// WritePNG writes a picture as a file, with its title above it, on white.
func WritePNG(w io.Writer, f Figure, s Size) error {
	p := pageOf(f, s)
	if wideFont() == nil && hasWide(p.svg().out.String()) {
		return ErrNoWideFont
	}
	const pointsPerInch = 72
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(p.width), vg.Length(p.height)), vgimg.UseDPI(pointsPerInch*pixelsPerPixel))
	p.draw(c)
	return png.Encode(w, c.Image())
}

// page is a picture in a file, with the title above it.
type page struct {
	figure        Figure
	title         []string
	width, height float64
}

var titleStyle = bold(style(sizeTitle, text, plottext.XLeft, plottext.YTop))

// titleLine is the height of a line of a title.
const titleLine = sizeTitle * 1.3

func pageOf(f Figure, s Size) page {
	p := page{figure: f, title: wrap(f.Title, titleStyle, s.Width), width: s.Width + 2*margin}
	if s.Height == 0 {
		s.Height = f.Form.height(s.Width)
	}
	p.height = p.head() + s.Height + margin
	return p
}

// head is how far down the picture begins.
func (p page) head() float64 { return margin + float64(len(p.title))*titleLine + 8 }

func (p page) svg() *svgCanvas {
	c := &svgCanvas{width: p.width, height: p.height}
	p.draw(c)
	return c
}

func (p page) area(c vg.CanvasSizer) area {
	return area{draw.NewCanvas(c, vg.Length(p.width), vg.Length(p.height))}
}

func (p page) draw(c vg.CanvasSizer) {
	all := p.area(c)
	all.rect(0, 0, p.width, p.height, paper)
	for i, line := range p.title {
		all.text(margin, margin+float64(i)*titleLine, line, titleStyle)
	}
	p.figure.Form.draw(all.part(margin, p.head(), p.width-2*margin, p.height-p.head()-margin))
}

// Size implements vg.CanvasSizer.
func (c *svgCanvas) Size() (width, height vg.Length) {
	return vg.Length(c.width), vg.Length(c.height)
}

// Formats are the endings of the files that a picture can be written to.
var Formats = []string{".svg", ".png"}

// Write writes a picture as the ending of a file's name says; ok tells that it is one of
// [Formats].
func Write(w io.Writer, f Figure, s Size, ending string) (ok bool, err error) {
	switch strings.ToLower(ending) {
	case ".svg":
		return true, WriteSVG(w, f, s)
	case ".png":
		return true, WritePNG(w, f, s)
	}
	return false, nil
}
