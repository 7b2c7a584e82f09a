package chart

import (
	"math"
	"strings"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// fontFamily are the fonts of text in an SVG. Arial, Helvetica and Liberation Sans have
// the same widths, which are those that text is measured by.
const fontFamily = `Arial,"Liberation Sans",Helvetica,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif`

// The sizes of text in pixels.
const (
	sizeText  = 12
	sizeNote  = 10
	sizeTitle = 15
)

var fonts = font.NewCache(liberation.Collection())

// style is text of a size in an ink; x and y are its alignment.
func style(size float64, k ink, x plottext.XAlignment, y plottext.YAlignment) plottext.Style {
	return plottext.Style{
		Color: k, Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)},
		XAlign: x, YAlign: y, Handler: handler{},
	}
}

func bold(s plottext.Style) plottext.Style {
	s.Font.Weight = xfont.WeightBold
	return s
}

// handler measures and writes text of one line. The fonts of the program have no Chinese
// characters: one is as wide as the text is high, as in all fonts that have them.
type handler struct{}

// Cache gives the fonts.
func (handler) Cache() *font.Cache { return fonts }

// Extents gives the height of text.
func (handler) Extents(f font.Font) font.Extents {
	face := fonts.Lookup(f, f.Size)
	return face.Extents()
}

// Lines gives the one line that text has.
func (handler) Lines(txt string) []string { return []string{txt} }

// Box gives the size of text.
func (h handler) Box(txt string, f font.Font) (width, height, depth vg.Length) {
	e := h.Extents(f)
	return widthOf(txt, f), e.Ascent, e.Descent
}

// Draw writes text at a point, as its style aligns it.
func (h handler) Draw(c vg.Canvas, txt string, s plottext.Style, at vg.Point) {
	if txt == "" {
		return
	}
	e := h.Extents(s.Font)
	sin, cos := math.Sincos(s.Rotation)
	rise := vg.Length(s.YAlign)*(e.Ascent+e.Descent) + e.Descent
	at = at.Add(vg.Point{X: -rise * vg.Length(sin), Y: rise * vg.Length(cos)})
	c = surfaceOf(c)
	c.SetColor(s.Color)
	if svg, is := c.(*svgCanvas); is {
		svg.text(at, txt, s)
		return
	}
	if s.Rotation != 0 {
		c.Push()
		defer c.Pop()
		c.Rotate(s.Rotation)
		at.X, at.Y = at.Y*vg.Length(sin)+at.X*vg.Length(cos), at.Y*vg.Length(cos)-at.X*vg.Length(sin)
	}
	at.X += vg.Length(s.XAlign) * widthOf(txt, s.Font)
	for _, run := range runsOf(txt) {
		c.FillString(faceOf(run, s.Font), at, run)
		at.X += widthOf(run, s.Font)
	}
}

// isWide tells a character that is as wide as it is high.
func isWide(r rune) bool { return r >= 0x2e80 }

// runsOf cuts text where narrow and wide characters meet.
func runsOf(txt string) []string {
	var runs []string
	begin, wide := 0, false
	for i, r := range txt {
		if isWide(r) != wide {
			if i > begin {
				runs = append(runs, txt[begin:i])
			}
			begin, wide = i, isWide(r)
		}
	}
	return append(runs, txt[begin:])
}

func widthOf(txt string, f font.Font) vg.Length {
	face := fonts.Lookup(f, f.Size)
	w := vg.Length(0)
	for _, run := range runsOf(txt) {
		if r := []rune(run); len(r) > 0 && isWide(r[0]) {
			w += vg.Length(len(r)) * f.Size
		} else {
			w += face.Width(run)
		}
	}
	return w
}

// wrap breaks text into lines that are no wider than a width: between words, and between
// Chinese characters.
func wrap(txt string, s plottext.Style, width float64) []string {
	var lines []string
	line := ""
	for _, word := range wordsOf(txt) {
		if line != "" && float64(s.Width(strings.TrimRight(line+word, " "))) > width {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += word
	}
	return append(lines, strings.TrimRight(line, " "))
}

// wordsOf cuts text where a line may end. A word keeps the space behind it, and a
// character what must not begin a line.
func wordsOf(txt string) []string {
	var words []string
	begin, before := 0, ' '
	for i, r := range txt {
		breaks := before == ' ' || isWide(r) || isWide(before)
		if i > begin && breaks && r != ' ' && !strings.ContainsRune("，。、；：）！？》”", r) && !strings.ContainsRune("（《“", before) {
			words = append(words, txt[begin:i])
			begin = i
		}
		before = r
	}
	return append(words, txt[begin:])
}

// fit shortens text that is wider than a width, and shows that it did.
func fit(txt string, s plottext.Style, width float64) string {
	if float64(s.Width(txt)) <= width {
		return txt
	}
	for runes := []rune(txt); len(runes) > 1; {
		runes = runes[:len(runes)-1]
		if short := strings.TrimRight(string(runes), " ") + "…"; float64(s.Width(short)) <= width {
			return short
		}
	}
	return ""
}

// lineHeight is that of the lines of a paragraph of ordinary text.
const lineHeight = 16.

// paragraph is text in as many lines as a width takes.
type paragraph struct {
	lines []string
	style plottext.Style
}

func paragraphOf(txt string, s plottext.Style, width float64) paragraph {
	if txt == "" {
		return paragraph{}
	}
	return paragraph{wrap(txt, s, width), s}
}

func (p paragraph) height() float64 { return lineHeight * float64(len(p.lines)) }

// draw draws the lines below each other, at or around x as their style says, and none out
// of the area.
func (p paragraph) draw(a area, x, y float64) {
	for i, line := range p.lines {
		at, w := x, float64(p.style.Width(line))
		if p.style.XAlign == plottext.XCenter {
			at = max(min(x, a.width()-w/2), w/2)
		}
		a.text(at, y+(float64(i)+0.5)*lineHeight, line, p.style)
	}
}

// titleOf is the title of an axis.
func titleOf(txt string, x plottext.XAlignment, width float64) paragraph {
	return paragraphOf(txt, tickStyle(x, plottext.YCenter), width)
}
