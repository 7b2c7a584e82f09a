package chart

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"

	"clientele/internal/chart/charttest"
)

// No label lies over another and none is cut off, on phones, at desks and between.
func TestNoTextOverAnotherOrCutOff(t *testing.T) {
	for name, f := range samples() {
		for _, width := range []float64{240, Phone.Width, 480, Desk.Width, 1200} {
			var svg bytes.Buffer
			require.NoError(t, WriteInline(&svg, f, Size{Width: width}, "p"))
			charttest.CheckLayout(t, name, svg.Bytes())
		}
	}
}

// The check above finds what it looks for.
func TestTheLayoutCheckCanFail(t *testing.T) {
	a := charttest.Text{Left: 0, Right: 10, Top: 0, Bottom: 10}
	require.True(t, a.Overlaps(charttest.Text{Left: 9, Right: 12, Top: 5, Bottom: 15}))
	require.False(t, a.Overlaps(charttest.Text{Left: 10, Right: 12, Top: 5, Bottom: 15}))
	c := &svgCanvas{width: 100, height: 100}
	c.SetColor(text)
	c.text(vg.Point{X: 95, Y: 50}, "too long to fit", legendStyle)
	got, _, _ := charttest.Texts(t, append(append([]byte(`<svg width="100" height="100">`), c.out.Bytes()...), "</svg>"...))
	require.Greater(t, got[0].Right, 100.)
}
