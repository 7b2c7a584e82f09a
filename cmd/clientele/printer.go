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
	t.SuppressTrailingSpaces()
	t.AppendHeader(table.Row(header))
	writeAmounts(rows)
	var configs []table.ColumnConfig
	for i := range header {
		if len(rows) > 0 && isNumber(rows[0][i]) {
			configs = append(configs, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		t.AppendRow(table.Row(r))
	}
	p.line("%s", t.Render())
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
		var all []amount
		for _, r := range rows {
			if a, ok := r[column].(amount); ok {
				all = append(all, a)
			}
		}
		pattern := amountPattern(all...)
		for _, r := range rows {
			if a, ok := r[column].(amount); ok {
				r[column] = figure(formatAmount(pattern, float64(a)))
			}
		}
	}
}

// amountPattern shows cents, unless an amount is so large that they would only
// hide its size.
func amountPattern(all ...amount) string {
	const large = 100_000
	for _, a := range all {
		if a <= -large || a >= large {
			return "#,###."
		}
	}
	return "#,###.##"
}

// String writes an amount that stands alone.
func (a amount) String() string { return formatAmount(amountPattern(a), float64(a)) }

func formatAmount(pattern string, v float64) string { return humanize.FormatFloat(pattern, v) }

func thousands(n int64) string { return humanize.Comma(n) }

func percent(share float64) figure { return figure(fmt.Sprintf("%.1f%%", 100*share)) }
