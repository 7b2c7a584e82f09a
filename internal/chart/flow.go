package chart

import (
	"fmt"

	plottext "gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// The measures of a flow in pixels.
const (
	nodeWidth  = 12.
	nodeGap    = 14.
	flowHead   = 24.
	nodeLabel  = 36. // of the two lines beside a node, with the space between two
	flowHeight = 64. // for each box
)

func (f Flow) height(float64) float64 {
	from, to, _ := f.sums()
	return flowHead + flowHeight*float64(max(used(from), used(to), 2)) + 8
}

// used counts the nodes with something in them.
func used(sizes []float64) int {
	n := 0
	for _, v := range sizes {
		if v > 0 {
			n++
		}
	}
	return n
}

// side is one column of nodes: how much is in each, and where it begins and ends.
type side struct {
	size     []float64
	top, end []float64
	label    []float64 // the middle of its two lines of text
}

// sideOf places the nodes of one column, from the top down.
func (f Flow) sideOf(size []float64, scale, height float64) side {
	s := side{size: size, top: make([]float64, len(size)), end: make([]float64, len(size)), label: make([]float64, len(size))}
	y, room := 0., 0.
	for i, v := range size {
		s.top[i], s.end[i] = y, y+v*scale
		if v > 0 {
			y = s.end[i] + nodeGap
		}
		s.label[i] = max((s.top[i]+s.end[i])/2, room+nodeLabel/2)
		if v > 0 {
			room = s.label[i] + nodeLabel/2
		}
	}
	// Labels that were pushed out at the bottom come back up.
	limit := height
	for i := len(size) - 1; i >= 0; i-- {
		if size[i] > 0 {
			s.label[i] = min(s.label[i], limit-nodeLabel/2)
			limit = s.label[i] - nodeLabel/2
		}
	}
	return s
}

func (f Flow) sums() (from, to []float64, total float64) {
	from, to = make([]float64, len(f.Boxes)), make([]float64, len(f.Boxes))
	for _, s := range f.Streams {
		from[s.From] += s.Size
		to[s.To] += s.Size
		total += s.Size
	}
	return from, to, total
}

func (f Flow) label(v float64) string {
	if f.Label != nil {
		return f.Label(v)
	}
	return plain(v)
}

func (f Flow) draw(a area) {
	from, to, total := f.sums()
	if total == 0 {
		return
	}
	names := 0.
	for i, b := range f.Boxes {
		for _, txt := range []string{b.Name, f.label(from[i]), f.label(to[i])} {
			names = max(names, float64(bold(cellStyle).Width(txt))+nameGap)
		}
	}
	names = min(names, a.width()*0.32)
	body := a.below(flowHead)
	scale := (body.height() - nodeGap*float64(max(used(from), used(to))-1)) / total
	left, right := f.sideOf(from, scale, body.height()), f.sideOf(to, scale, body.height())
	x0, x1 := names, a.width()-names-nodeWidth
	f.drawStreams(body, left, right, x0+nodeWidth, x1, scale)
	f.drawSide(body, left, x0, x0-nameGap, names, plottext.XRight)
	f.drawSide(body, right, x1, x1+nodeWidth+nameGap, names, plottext.XLeft)
	a.text(x0+nodeWidth, flowHead/2-2, f.FromTitle, bold(style(sizeText, text, plottext.XRight, plottext.YCenter)))
	a.text(x1, flowHead/2-2, f.ToTitle, bold(style(sizeText, text, plottext.XLeft, plottext.YCenter)))
}

func (f Flow) drawSide(a area, s side, x, labelX, names float64, align plottext.XAlignment) {
	for i, b := range f.Boxes {
		if s.size[i] == 0 {
			continue
		}
		a.rect(x, s.top[i], nodeWidth, max(s.end[i]-s.top[i], 1), hues[b.Hue])
		name := bold(style(sizeText, text, align, plottext.YCenter))
		a.text(labelX, s.label[i]-7, fit(b.Name, name, names-nameGap), name)
		a.text(labelX, s.label[i]+8, f.label(s.size[i]), style(sizeText, muted, align, plottext.YCenter))
	}
}

// drawStreams draws the streams in the order of boxes on both sides, so that few cross.
func (f Flow) drawStreams(a area, left, right side, x0, x1, scale float64) {
	out, in := append([]float64(nil), left.top...), append([]float64(nil), right.top...)
	for from := range f.Boxes {
		for to := range f.Boxes {
			size := 0.
			for _, s := range f.Streams {
				if s.From == from && s.To == to {
					size += s.Size
				}
			}
			if size == 0 {
				continue
			}
			width := size * scale
			said := fmt.Sprintf("%s → %s: %s", f.Boxes[from].Name, f.Boxes[to].Name, f.label(size))
			a.hint(said, func() { a.stream(x0, out[from], x1, in[to], width, veil(f.Boxes[from].Hue)) })
			out[from] += width
			in[to] += width
		}
	}
}

// stream is a band that bends from one height to another.
func (a area) stream(x0, y0, x1, y1, width float64, k ink) {
	middle := (x0 + x1) / 2
	var p vg.Path
	p.Move(a.at(x0, y0))
	p.CubeTo(a.at(middle, y0), a.at(middle, y1), a.at(x1, y1))
	p.Line(a.at(x1, y1+width))
	p.CubeTo(a.at(middle, y1+width), a.at(middle, y0+width), a.at(x0, y0+width))
	p.Close()
	a.c.SetColor(k)
	a.c.Fill(p)
}
