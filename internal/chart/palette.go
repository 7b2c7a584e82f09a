package chart

import (
	"fmt"
	"image/color"
	"math"
	"strings"
)

// ink is a colour with a name: the class that it has in an SVG, where a style sheet says
// what it is in light and in dark. As a color.Color it is the light one, on paper.
type ink struct {
	class       string
	light, dark uint32  // 0xRRGGBB
	alpha       float64 // 0 is meant as 1
}

// RGBA makes an ink a color.Color, for surfaces that know nothing of classes.
func (k ink) RGBA() (r, g, b, a uint32) {
	return color.NRGBA{uint8(k.light >> 16), uint8(k.light >> 8), uint8(k.light), uint8(math.Round(255 * k.opacity()))}.RGBA()
}

func (k ink) opacity() float64 {
	if k.alpha == 0 {
		return 1
	}
	return k.alpha
}

// The inks of what is not data.
var (
	paper  = ink{class: "bg", light: 0xffffff, dark: 0x14181d}
	text   = ink{class: "ik", light: 0x1f2328, dark: 0xe6e9ed}
	muted  = ink{class: "mu", light: 0x59636e, dark: 0xa3adb8}
	axis   = ink{class: "ax", light: 0x8c959f, dark: 0x6e7781}
	raster = ink{class: "gr", light: 0xe3e6ea, dark: 0x2d333b}
)

// hues are the colours of Okabe and Ito, which people of all kinds of colour vision tell
// apart. Purple, orange and sky blue are darker here, so that each stands out from white
// by 3 to 1 (WCAG 2.2, 1.4.11); on dark paper all are lighter.
//
// Source: M. Okabe and K. Ito (2008), Color Universal Design,
// https://jfly.uni-koeln.de/color/.
var hues = [...]ink{
	Hue1:    {class: "h1", light: 0x0072b2, dark: 0x3d9be0},
	Hue2:    {class: "h2", light: 0xd55e00, dark: 0xf0803c},
	Hue3:    {class: "h3", light: 0x009e73, dark: 0x2cc295},
	Hue4:    {class: "h4", light: 0xbf5f96, dark: 0xe08dbd},
	Hue5:    {class: "h5", light: 0xc58300, dark: 0xf0b429},
	Hue6:    {class: "h6", light: 0x2f95d0, dark: 0x8fd0f5},
	Neutral: {class: "h7", light: 0x6e7781, dark: 0x8c959f},
	Faint:   {class: "h8", light: 0xd0d5db, dark: 0x3f4750},
}

// veil is a hue that lets what is behind it through: bands and streams.
func veil(h Hue) ink {
	k := hues[h]
	k.class, k.alpha = "v"+k.class[1:], 0.25
	return k
}

// steps are the colours of a grid, from the least to the greatest value: light to dark on
// white, dark to light on dark paper.
//
// Source: C. Brewer, ColorBrewer 2.0, YlGnBu in nine classes, marked there as safe for
// colour-blind eyes, https://colorbrewer2.org.
var steps = [...]uint32{0xffffd9, 0xedf8b1, 0xc7e9b4, 0x7fcdbb, 0x41b6c4, 0x1d91c0, 0x225ea8, 0x253494, 0x081d58}

// step is the colour of a share, 0 to 1, of the way from the least value to the greatest.
func step(share float64) int {
	return min(max(int(share*float64(len(steps))), 0), len(steps)-1)
}

func stepInk(i int) ink {
	return ink{class: fmt.Sprintf("c%d", i), light: steps[i], dark: steps[len(steps)-1-i]}
}

// onStep is the ink of text on such a colour: black or white, whichever stands out more.
func onStep(i int) ink {
	return ink{class: fmt.Sprintf("t%d", i), light: against(steps[i]), dark: against(steps[len(steps)-1-i])}
}

func against(back uint32) uint32 {
	const black, white = 0x111418, 0xffffff
	if contrast(back, black) >= contrast(back, white) {
		return black
	}
	return white
}

// contrast is how much two colours stand out from each other, 1 to 21.
//
// Source: WCAG 2.2, definitions of contrast ratio and relative luminance.
func contrast(a, b uint32) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(rgb uint32) float64 {
	linear := func(shift int) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

// inks are all there are, in the order of the style sheet.
func inks() []ink {
	all := []ink{paper, text, muted, axis, raster}
	all = append(all, hues[:]...)
	for h := range hues {
		all = append(all, veil(Hue(h)))
	}
	for i := range steps {
		all = append(all, stepInk(i), onStep(i))
	}
	return all
}

// Style is the style sheet of pictures in a page: what the classes of [WriteInline] mean,
// in light, in dark and on paper.
func Style() string {
	var s strings.Builder
	s.WriteString(".ch{display:block;max-width:100%;height:auto;font-family:" + fontFamily + "}")
	for _, k := range inks() {
		s.WriteString(k.rules(k.light))
	}
	s.WriteString("@media screen and (prefers-color-scheme:dark){")
	for _, k := range inks() {
		s.WriteString(k.rules(k.dark))
	}
	s.WriteString("}")
	return s.String()
}

// rules are what the style sheet says of an ink as a fill and as a line.
func (k ink) rules(rgb uint32) string {
	if k.class == "" {
		return ""
	}
	rule := fmt.Sprintf(".ch .%s{fill:#%06x}", k.class, rgb)
	if k.alpha != 0 || k.class[0] == 'c' || k.class[0] == 't' {
		return rule // these are never lines
	}
	return rule + fmt.Sprintf(".ch .l%s{stroke:#%06x}", k.class, rgb)
}
