// Package charttest holds pictures against what readers expect of them, by reading their
// SVG back.
package charttest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// Text is a text of a picture with the box that it fills, in pixels from the left upper
// corner.
type Text struct {
	Text                     string
	Left, Top, Right, Bottom float64
}

// CheckLayout fails where texts of a picture lie over each other, or are cut off at its
// edges.
func CheckLayout(t testing.TB, name string, svg []byte) {
	t.Helper()
	texts, width, height := Texts(t, svg)
	require.NotEmpty(t, texts, name)
	for i, a := range texts {
		require.True(t, a.Left >= -0.5 && a.Right <= width+0.5 && a.Top >= -0.5 && a.Bottom <= height+0.5,
			"%s at %v: %q is cut off: %+v in %v x %v", name, width, a.Text, a, width, height)
		for _, b := range texts[:i] {
			require.False(t, a.Overlaps(b), "%s at %v: %q lies over %q: %+v, %+v", name, width, a.Text, b.Text, a, b)
		}
	}
}

// Overlaps tells whether two texts share more than a hair.
func (a Text) Overlaps(b Text) bool {
	const hair = 0.5
	return math.Min(a.Right, b.Right)-math.Max(a.Left, b.Left) > hair && math.Min(a.Bottom, b.Bottom)-math.Max(a.Top, b.Top) > hair
}

// Texts reads the texts of a picture, and its size.
func Texts(t testing.TB, svg []byte) (all []Text, width, height float64) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
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
			width, height = number(t, at["width"]), number(t, at["height"])
		case "text":
			var content string
			require.NoError(t, d.DecodeElement(&content, &e))
			all = append(all, boxOf(t, content, at))
		}
	}
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

// boxOf is where a browser places a text: from the baseline up to the height of capitals,
// and down to that of descenders.
func boxOf(t testing.TB, content string, at map[string]string) Text {
	t.Helper()
	size := number(t, at["font-size"])
	up, down := 0.75*size, 0.2*size
	w := Width(content, size, at["font-weight"] == "bold")
	x, y := number(t, at["x"]), number(t, at["y"])
	before := 0. // of the text, lies before the point
	switch at["text-anchor"] {
	case "middle":
		before = w / 2
	case "end":
		before = w
	}
	if strings.HasPrefix(at["transform"], "rotate(-90") { // it runs upwards
		return Text{content, x - up, y + before - w, x + down, y + before}
	}
	return Text{content, x - before, y - up, x - before + w, y + down}
}

var fonts = font.NewCache(liberation.Collection())

// Width is how wide a text is in Arial, whose measures Liberation Sans has; a Chinese
// character is as wide as it is high.
func Width(content string, size float64, bold bool) float64 {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)}
	if bold {
		f.Weight = xfont.WeightBold
	}
	face := fonts.Lookup(f, f.Size)
	var narrow strings.Builder
	w := 0.
	for _, r := range content {
		const firstWide = 0x2e80 // CJK radicals begin here
		if r >= firstWide {
			w += size
		} else {
			narrow.WriteRune(r)
		}
	}
	return w + float64(face.Width(narrow.String()))
}
