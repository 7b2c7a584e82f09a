package main

import (
	"fmt"
	"io"

	"github.com/dustin/go-humanize"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// printer writes for people and keeps the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// table writes rows under a header; numbers stand on the right.
func (p *printer) table(header []any, rows [][]any) {
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.Options{SeparateHeader: true, SeparateColumns: true}
	style.Format.Header = text.FormatDefault
	style.Box = table.BoxStyle{MiddleHorizontal: "-", MiddleSeparator: "  ", MiddleVertical: "  ", PaddingLeft: "", PaddingRight: ""}
	t.SetStyle(style)
	t.AppendHeader(table.Row(header))
	for _, r := range rows {
		t.AppendRow(table.Row(r))
	}
	var configs []table.ColumnConfig
	for i := range header {
		if len(rows) > 0 && isNumber(rows[0][i]) {
			configs = append(configs, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	t.SetColumnConfigs(configs)
	p.line("%s", t.Render())
}

// figure is a number already written for people.
type figure string

func isNumber(v any) bool {
	_, ok := v.(figure)
	return ok
}

func thousands(n int64) string { return humanize.Comma(n) }

// amount writes money for people: whole units where there are many of them.
func amount(v float64) figure {
	const cents = 1000
	if v > -cents && v < cents {
		return figure(humanize.CommafWithDigits(v, 2))
	}
	return figure(humanize.CommafWithDigits(v, 0))
}

func percent(share float64) figure { return figure(fmt.Sprintf("%.1f%%", 100*share)) }
