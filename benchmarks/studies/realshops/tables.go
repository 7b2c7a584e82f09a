package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// print prints all tables in Markdown. Where there are figures of before, each
// cell has them first.
func print(out io.Writer, before, now results) {
	p := printer{out: out, before: before, now: now}
	p.print("The total of all customers' money", totals, true)
	p.print("Purchases", counts, false)
	p.print("Intervals of single customers", customers, false)
	p.print("Who buys within 91 days", returns, false)
	p.areas("Area under the ROC curve for any purchase within 91 days, all customers", ofAll)
	p.areas("The same, of customers who had come back", ofRepeats)
	p.print("Steadiness, and spend", steadiness, false)
	p.print("The tenth of all customers of whom most is at risk", risks, false)
	p.lists()
	p.momentum()
	p.stages()
	p.yardsticks()
}

type printer struct {
	out         io.Writer
	before, now results
}

// measure is a column: a number of one set.
type measure struct {
	name   string
	format string // of fmt
	of     func(s setResult) float64
	sum    bool // over sets, instead of their mean
}

func (p printer) print(title string, of []measure, pooled bool) {
	names := make([]string, len(of))
	for i, m := range of {
		names[i] = m.name
	}
	p.head(title, append([]string{"set"}, names...)...)
	for _, s := range p.now.Sets {
		if s.Real {
			p.row(s.Name, of, func(r results) []setResult { return r.named(s.Name) })
		}
	}
	if len(p.now.real()) > 1 {
		p.row("**real sets**", of, results.real)
		if pooled {
			p.row("all their runs", of, results.pooled)
		}
	}
	for _, s := range p.now.Sets {
		if !s.Real {
			p.row(s.Name, of, func(r results) []setResult { return r.named(s.Name) })
		}
	}
}

// row prints the measures of some sets together.
func (p printer) row(name string, of []measure, which func(results) []setResult) {
	cells := []string{name}
	for _, m := range of {
		cells = append(cells, p.cell(m.format, func(r results) float64 { return m.over(which(r)) }))
	}
	p.line(cells...)
}

func (m measure) over(sets []setResult) float64 {
	values := make([]float64, len(sets))
	for i, s := range sets {
		values[i] = m.of(s)
	}
	if m.sum {
		return mean(values) * float64(len(values))
	}
	return mean(values)
}

// cell is a number before and now.
func (p printer) cell(format string, of func(results) float64) string {
	text := formatted(format, of(p.now))
	if p.before.Sets != nil {
		text = formatted(format, of(p.before)) + " → " + text
	}
	return text
}

func formatted(format string, v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return strings.Replace(fmt.Sprintf(format, v), "0.", ".", 1)
}

func (p printer) head(title string, columns ...string) {
	fmt.Fprintf(p.out, "\n#### %s\n\n", title)
	p.line(columns...)
	fmt.Fprintf(p.out, "|%s\n", strings.Repeat("---|", len(columns)))
}

func (p printer) line(cells ...string) { fmt.Fprintf(p.out, "| %s |\n", strings.Join(cells, " | ")) }

// named is the set of a name, if it is there.
func (r results) named(name string) []setResult {
	return slices.DeleteFunc(slices.Clone(r.Sets), func(s setResult) bool { return s.Name != name })
}

func (r results) real() []setResult {
	return slices.DeleteFunc(slices.Clone(r.Sets), func(s setResult) bool { return !s.Real })
}

// pooled is one set with the runs of all real ones.
func (r results) pooled() []setResult {
	all := setResult{Real: true}
	for _, s := range r.real() {
		all.Runs = append(all.Runs, s.Runs...)
	}
	return []setResult{all}
}
