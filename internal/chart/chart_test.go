package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/chart/charttest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The files of two forms are looked at once; since then they are what they were.
func TestGoldenSVG(t *testing.T) {
	for _, name := range []string{"bridge", "lines"} {
		var got bytes.Buffer
		require.NoError(t, WriteSVG(&got, samples()[name], Phone))
		golden := filepath.Join("testdata", name+".svg")
		if *update {
			require.NoError(t, os.WriteFile(golden, got.Bytes(), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), got.String(), "%s: to write it anew, -update; then look at it", golden)
	}
}

// A picture is well-formed, says what it is to a screen reader, and fetches nothing.
func TestSVGIsAPictureOfItsOwn(t *testing.T) {
	for name, f := range samples() {
		var got bytes.Buffer
		require.NoError(t, WriteSVG(&got, f, Desk), name)
		d := xml.NewDecoder(bytes.NewReader(got.Bytes()))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, name)
		}
		require.Contains(t, got.String(), `role="img"`, name)
		require.Contains(t, got.String(), "<title id=\"t\">"+f.Title+"</title>", name)
		require.Contains(t, got.String(), "<desc id=\"d\">"+f.Description+"</desc>", name)
		for _, foreign := range []string{"href", "url(", "<script", "@import", "<image"} {
			require.NotContains(t, got.String(), foreign, name)
		}
		require.Equal(t, 1, strings.Count(got.String(), "http"), "%s: the name space alone", name)
	}
}

func TestSameFigureSameBytes(t *testing.T) {
	for name, f := range samples() {
		var a, b bytes.Buffer
		require.NoError(t, WriteSVG(&a, f, Phone))
		require.NoError(t, WriteSVG(&b, f, Phone))
		require.Equal(t, a.String(), b.String(), name)
	}
}

func TestPNGHasTheSizeOfTheSVG(t *testing.T) {
	f := samples()["grid"]
	var svg, drawn, again bytes.Buffer
	require.NoError(t, WriteSVG(&svg, f, Phone))
	require.NoError(t, WritePNG(&drawn, f, Phone))
	require.NoError(t, WritePNG(&again, f, Phone))
	require.Equal(t, drawn.Bytes(), again.Bytes())
	_, width, height := charttest.Texts(t, svg.Bytes())
	image, err := png.Decode(&drawn)
	require.NoError(t, err)
	require.InDelta(t, pixelsPerPixel*width, image.Bounds().Dx(), 1)
	require.InDelta(t, pixelsPerPixel*height, image.Bounds().Dy(), 1)
	seen := map[[3]uint32]bool{}
	for y := range image.Bounds().Dy() {
		for x := range image.Bounds().Dx() {
			r, g, b, _ := image.At(x, y).RGBA()
			seen[[3]uint32{r >> 8, g >> 8, b >> 8}] = true
		}
	}
	for i, rgb := range steps {
		if i == 0 || i == len(steps)-1 {
			require.True(t, seen[[3]uint32{rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff}], "the colour of the ends of the grid is there")
		}
	}
}

// WCAG 2.2 asks for 4.5 to 1 of text, and for 3 to 1 of what a picture is read by.
func TestInksStandOut(t *testing.T) {
	const ofText, ofShapes = 4.5, 3.
	for _, k := range []ink{text, muted} {
		require.GreaterOrEqual(t, contrast(k.light, paper.light), ofText, k.class)
		require.GreaterOrEqual(t, contrast(k.dark, paper.dark), ofText, k.class)
	}
	for _, h := range Hues {
		require.GreaterOrEqual(t, contrast(hues[h].light, paper.light), ofShapes, hues[h].class)
		require.GreaterOrEqual(t, contrast(hues[h].dark, paper.dark), ofShapes, hues[h].class)
	}
	for i := range steps {
		require.GreaterOrEqual(t, contrast(stepInk(i).light, onStep(i).light), ofText, "text on step %d", i)
		require.GreaterOrEqual(t, contrast(stepInk(i).dark, onStep(i).dark), ofText, "text on step %d", i)
	}
	require.InDelta(t, 21, contrast(0, 0xffffff), 1e-9)
}

// Every class that a picture uses is in the style sheet.
func TestStyleKnowsEveryClass(t *testing.T) {
	for name, f := range samples() {
		var got bytes.Buffer
		require.NoError(t, WriteInline(&got, f, Desk, "p"))
		for _, part := range strings.Split(got.String(), `class="`)[1:] {
			class, _, _ := strings.Cut(part, `"`)
			require.Equal(t, class != "ch", strings.Count(Style(), ".ch ."+class+"{") == 2, "%s: %s is there in light and in dark", name, class)
		}
	}
}

func TestTicks(t *testing.T) {
	require.Equal(t, []float64{0, 20, 40, 60, 80, 100}, nice(0, 100, 6, false))
	require.Equal(t, []float64{-0.5, 0, 0.5}, nice(-0.6, 0.7, 4, false))
	require.Equal(t, []float64{0}, nice(0, 0, 5, false))
	require.Equal(t, []float64{-1, 0, 1}, nice(-1, 1, 8, true), "half a customer is none")
	require.Equal(t, []float64{0, 5, 10, 15}, nice(0, 18, 8, true), "not by 2.5")
	require.Equal(t, []float64{0, 25, 50, 75, 100}, nice(0, 100, 4, true))
	require.Equal(t, []float64{1, 2, 5, 10, 20, 50, 100}, powers(1, 100, 8))
	require.Equal(t, []float64{1, 10, 100}, powers(1, 100, 4))
	label := shortBy([]float64{0, 50_000, 100_000})
	require.Equal(t, []string{"0", "50k", "100k"}, []string{label(0), label(50_000), label(100_000)})
	require.Equal(t, "-1,234.5", plain(-1234.5))
	var days []string
	for _, tick := range dates(19000, 19365, 5) { // 2022-01-08 to 2023-01-08
		days = append(days, tick.Label)
	}
	require.Equal(t, []string{"2022-04", "2022-07", "2022-10", "2023-01"}, days)
	days = nil
	for _, tick := range dates(19000, 19010, 4) {
		days = append(days, tick.Label)
	}
	require.Equal(t, []string{"2022-01-08", "2022-01-15"}, days)
}

func TestTextIsWrappedAndShortened(t *testing.T) {
	s := legendStyle
	require.Equal(t, []string{"one two", "three"}, wrap("one two three", s, float64(s.Width("one two th"))))
	require.Equal(t, []string{"客户终身价", "值。"}, wrap("客户终身价值。", s, 6*sizeText), "no line begins with a full stop")
	require.Equal(t, "Potential l…", fit("Potential loyalists", s, float64(s.Width("Potential lo…"))-0.1))
	require.Equal(t, "New", fit("New", s, 100))
}
