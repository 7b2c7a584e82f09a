package chart

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// written is a text of an SVG with the box that it fills.
type written struct {
	text                     string
	left, top, right, bottom float64
}

// textsOf reads the texts of an SVG back, as a browser would place them.
func textsOf(t *testing.T, svg []byte) (all []written, width, height float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all, width, height
		}
		require.NoError(t, err)
		e, is := token.(xml.StartElement)
		if !is {
			continue
		}
		at := map[string]string{}
		for _, a := range e.Attr {
			at[a.Name.Local] = a.Value
		}
		switch e.Name.Local {
		case "svg":
			width, height = float(t, at["width"]), float(t, at["height"])
		case "text":
			var content string
			require.NoError(t, d.DecodeElement(&content, &e))
			all = append(all, boxOf(t, content, at))
		}
	}
}

func float(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

func boxOf(t *testing.T, content string, at map[string]string) written {
	t.Helper()
	s := style(float(t, at["font-size"]), text, plottext.XLeft, plottext.YBottom)
	if at["font-weight"] == "bold" {
		s = bold(s)
	}
	w, size := float64(s.Width(content)), float(t, at["font-size"])
	x, y := float(t, at["x"]), float(t, at["y"])
	switch at["text-anchor"] {
	case "middle":
		x -= w / 2
	case "end":
		x -= w
	}
	// From the baseline up to the height of capitals, and down to that of descenders.
	if strings.HasPrefix(at["transform"], "rotate(-90") {
		return written{content, y0(x, w, at) - 0.75*size, y - w, y0(x, w, at) + 0.2*size, y}
	}
	return written{content, x, y - 0.75*size, x + w, y + 0.2*size}
}

// y0 is the place of a turned text's baseline.
func y0(x, w float64, at map[string]string) float64 {
	if at["text-anchor"] == "middle" {
		return x + w/2
	}
	return x
}

func (a written) overlaps(b written) bool {
	return math.Min(a.right, b.right)-math.Max(a.left, b.left) > 0.5 && math.Min(a.bottom, b.bottom)-math.Max(a.top, b.top) > 0.5
}

// CheckLayout reports texts that lie over each other, or out of their picture.
func checkLayout(t *testing.T, name string, f Figure, s Size) {
	t.Helper()
	var svg bytes.Buffer
	require.NoError(t, WriteInline(&svg, f, s, "p"))
	texts, width, height := textsOf(t, svg.Bytes())
	require.NotEmpty(t, texts, name)
	for i, a := range texts {
		require.True(t, a.left >= -0.5 && a.right <= width+0.5 && a.top >= -0.5 && a.bottom <= height+0.5,
			"%s at %v: %q is cut off: %+v in %v x %v", name, s.Width, a.text, a, width, height)
		for _, b := range texts[:i] {
			require.False(t, a.overlaps(b), "%s at %v: %q lies over %q: %+v, %+v", name, s.Width, a.text, b.text, a, b)
		}
	}
}

// No label lies over another and none is cut off, on phones, at desks and between.
func TestNoTextOverAnotherOrCutOff(t *testing.T) {
	for name, f := range samples() {
		for _, width := range []float64{240, Phone.Width, 480, Desk.Width, 1200} {
			checkLayout(t, name, f, Size{Width: width})
		}
	}
}

// The check above finds what it looks for.
func TestTheLayoutCheckCanFail(t *testing.T) {
	a := written{left: 0, right: 10, top: 0, bottom: 10}
	require.True(t, a.overlaps(written{left: 9, right: 12, top: 5, bottom: 15}))
	require.False(t, a.overlaps(written{left: 10, right: 12, top: 5, bottom: 15}))
	c := &svgCanvas{width: 100, height: 100}
	c.SetColor(text)
	c.text(vg.Point{X: 95, Y: 50}, "too long to fit", legendStyle)
	got, _, _ := textsOf(t, append(append([]byte(`<svg width="100" height="100">`), c.out.Bytes()...), "</svg>"...))
	require.Greater(t, got[0].right, 100.)
}
