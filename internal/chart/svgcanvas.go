package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// svgCanvas is a surface that writes SVG. gonum has one too; that one writes colours as
// they are, so that no page can turn them dark, and text without its alignment.
type svgCanvas struct {
	width, height float64
	out           bytes.Buffer
	state
	stack []state
}

// state is what Push keeps and Pop restores.
type state struct {
	ink   color.Color
	line  float64
	dash  []vg.Length
	shift vg.Point
}

// SetLineWidth implements vg.Canvas.
func (c *svgCanvas) SetLineWidth(w vg.Length) { c.line = float64(w) }

// SetLineDash implements vg.Canvas.
func (c *svgCanvas) SetLineDash(pattern []vg.Length, _ vg.Length) { c.dash = pattern }

// SetColor implements vg.Canvas.
func (c *svgCanvas) SetColor(k color.Color) { c.ink = k }

// Push implements vg.Canvas.
func (c *svgCanvas) Push() { c.stack = append(c.stack, c.state) }

// Pop implements vg.Canvas.
func (c *svgCanvas) Pop() {
	c.state = c.stack[len(c.stack)-1]
	c.stack = c.stack[:len(c.stack)-1]
}

// Translate implements vg.Canvas.
func (c *svgCanvas) Translate(by vg.Point) { c.shift = c.shift.Add(by) }

// Rotate implements vg.Canvas. No picture turns anything but text, whose style says so.
func (c *svgCanvas) Rotate(float64) { panic("chart: an SVG turns text alone, by its style") }

// Scale implements vg.Canvas.
func (c *svgCanvas) Scale(float64, float64) { panic("chart: an SVG is drawn at its size") }

// DrawImage implements vg.Canvas.
func (c *svgCanvas) DrawImage(vg.Rectangle, image.Image) { panic("chart: an SVG has no images") }

// FillString implements vg.Canvas.
func (c *svgCanvas) FillString(f font.Face, at vg.Point, txt string) {
	c.text(at, txt, plottext.Style{Font: f.Font})
}

// Stroke implements vg.Canvas.
func (c *svgCanvas) Stroke(p vg.Path) {
	if c.line <= 0 || len(p) == 0 {
		return
	}
	attributes := c.paint(true)
	if c.line != 1 {
		attributes += ` stroke-width="` + hundredth(c.line) + `"`
	}
	if len(c.dash) > 0 {
		parts := make([]string, len(c.dash))
		for i, d := range c.dash {
			parts[i] = hundredth(float64(d))
		}
		attributes += ` stroke-dasharray="` + strings.Join(parts, " ") + `"`
	}
	fmt.Fprintf(&c.out, `<path %s d="%s"/>`, attributes, c.pathData(p))
}

// Fill implements vg.Canvas.
func (c *svgCanvas) Fill(p vg.Path) {
	if len(p) == 0 {
		return
	}
	if len(p) == 3 && p[1].Type == vg.ArcComp && math.Abs(p[1].Angle) >= 2*math.Pi {
		x, y := c.place(p[1].Pos)
		fmt.Fprintf(&c.out, `<circle %s cx="%s" cy="%s" r="%s"/>`, c.paint(false), hundredth(x), hundredth(y), hundredth(float64(p[1].Radius)))
		return
	}
	fmt.Fprintf(&c.out, `<path %s d="%s"/>`, c.paint(false), c.pathData(p))
}

// paint is the colour as attributes: the class, by which a style sheet sets it, and the
// colour itself for viewers without one.
func (c *svgCanvas) paint(line bool) string {
	k, named := c.ink.(ink)
	if !named {
		r, g, b, _ := c.ink.RGBA()
		k = ink{light: r>>8<<16 | g>>8<<8 | b>>8}
	}
	class, kind, more := k.class, "fill", ""
	if line {
		class, kind, more = "l"+k.class, "stroke", ` fill="none"`
	}
	if k.alpha != 0 {
		more += " " + kind + `-opacity="` + hundredth(k.alpha) + `"`
	}
	return fmt.Sprintf(`class="%s" %s="#%06x"%s`, class, kind, k.light, more)
}

// place is a point in SVG's coordinates, which run from the top down.
func (c *svgCanvas) place(p vg.Point) (x, y float64) {
	p = p.Add(c.shift)
	return float64(p.X), c.height - float64(p.Y)
}

func (c *svgCanvas) pathData(p vg.Path) string {
	var d strings.Builder
	to := func(letter string, points ...vg.Point) {
		d.WriteString(letter)
		for i, at := range points {
			if i > 0 {
				d.WriteByte(' ')
			}
			x, y := c.place(at)
			d.WriteString(hundredth(x) + " " + hundredth(y))
		}
	}
	for _, part := range p {
		switch part.Type {
		case vg.MoveComp:
			to("M", part.Pos)
		case vg.LineComp:
			to("L", part.Pos)
		case vg.CurveComp:
			to(map[int]string{1: "Q", 2: "C"}[len(part.Control)], append(part.Control, part.Pos)...)
		case vg.CloseComp:
			d.WriteByte('Z')
		default:
			panic("chart: an SVG has whole circles and no arcs")
		}
	}
	return d.String()
}

// text writes a line of text, aligned by whoever shows it: a font that is wider than ours
// is then still in its place.
func (c *svgCanvas) text(at vg.Point, txt string, s plottext.Style) {
	x, y := c.place(at)
	anchor := ""
	switch s.XAlign {
	case plottext.XLeft:
	case plottext.XCenter:
		anchor = ` text-anchor="middle"`
	case plottext.XRight:
		anchor = ` text-anchor="end"`
	}
	weight, turn := "", ""
	if s.Font.Weight >= xfont.WeightBold {
		weight = ` font-weight="bold"`
	}
	if s.Rotation != 0 {
		turn = fmt.Sprintf(` transform="rotate(%s %s %s)"`, hundredth(-s.Rotation*180/math.Pi), hundredth(x), hundredth(y))
	}
	fmt.Fprintf(&c.out, `<text %s x="%s" y="%s" font-size="%s"%s%s%s>%s</text>`,
		c.paint(false), hundredth(x), hundredth(y), hundredth(float64(s.Font.Size)), anchor, weight, turn, escaped(txt))
}

// hint groups what draw draws under a text that a pointer over it shows.
func (c *svgCanvas) hint(txt string, draw func()) {
	if txt == "" {
		draw()
		return
	}
	c.out.WriteString("<g><title>" + escaped(txt) + "</title>")
	draw()
	c.out.WriteString("</g>")
}

func escaped(txt string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(txt)) //nolint:errcheck // a buffer takes all
	return b.String()
}

// hundredth writes a number of pixels, rounded to a hundredth.
func hundredth(v float64) string {
	v = math.Round(v*100) / 100
	if v == 0 {
		v = 0 // and not -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
