package main

import (
	"fmt"
	"io"
	"reflect"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"clientele/internal/figures"
	"clientele/internal/terminal"
	"clientele/internal/wording"
)

// printer writes for people and keeps the first error. All that people read goes
// through it: no text that it is given reaches a terminal as more than text.
type printer struct {
	w   io.Writer
	in  wording.Language // of what is printed with say; the rest is English
	err error
}

func (p *printer) line(format string, args ...any) {
	for i, v := range args {
		args[i] = harmless(v)
	}
	p.write(fmt.Sprintf(format, args...))
}

// say prints a line of the catalogue: a key, and names and values by turns.
func (p *printer) say(key string, values ...any) { p.write(terminal.Text(p.in.Say(key, values...))) }

// counted is a number and what it counts, in the language of the printer.
func (p *printer) counted(n int64, what string) string { return p.in.SayOf("count", what, "n", n) }

func (p *printer) write(lines string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, lines+"\n")
	}
}

// harmless is a value whose text a terminal only shows; see [terminal.Text].
func harmless(v any) any {
	switch v := v.(type) {
	case figure, amount:
		return v // made here
	case error:
		return terminal.Text(v.Error())
	case fmt.Stringer:
		return terminal.Text(v.String())
	}
	if text := reflect.ValueOf(v); text.Kind() == reflect.String {
		return terminal.Text(text.String())
	}
	return v
}

// table writes rows under a header; numbers stand on the right.
func (p *printer) table(header []any, rows [][]any) {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.Options{SeparateHeader: true, SeparateColumns: true}
	style.Format.Header = text.FormatDefault
	style.Box = table.BoxStyle{MiddleHorizontal: "-", MiddleSeparator: "  ", MiddleVertical: "  ", PaddingLeft: "", PaddingRight: ""}
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	t.AppendHeader(harmlessRow(header))
	writeAmounts(rows)
	var configs []table.ColumnConfig
	for i := range header {
		if len(rows) > 0 && isNumber(rows[0][i]) {
			configs = append(configs, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		t.AppendRow(harmlessRow(r))
	}
	p.write(t.Render())
}

func harmlessRow(cells []any) table.Row {
	row := make(table.Row, len(cells))
	for i, v := range cells {
		row[i] = harmless(v)
	}
	return row
}

// figure is a number already written for people.
type figure string

// amount is money that a table is to write, in units of the currency.
type amount float64

func isNumber(v any) bool {
	_, ok := v.(figure)
	return ok
}

// writeAmounts turns the amounts of a table into figures. Those of one column
// have the same number of decimals, so that they can be compared at a glance.
func writeAmounts(rows [][]any) {
	if len(rows) == 0 {
		return
	}
	for column := range rows[0] {
		var all []float64
		for _, r := range rows {
			if a, ok := r[column].(amount); ok {
				all = append(all, float64(a))
			}
		}
		format := figures.FormatOf(all...)
		for _, r := range rows {
			if a, ok := r[column].(amount); ok {
				r[column] = figure(format.Money(float64(a)))
			}
		}
	}
}

// String writes an amount that stands alone.
func (a amount) String() string { return figures.Money(float64(a)) }

func thousands(n int64) string { return figures.Count(n) }

func percent(share float64) figure { return figure(figures.Percent(share)) }
