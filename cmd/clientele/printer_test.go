package main

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/stretchr/testify/require"
)

func TestTablesAreAligned(t *testing.T) {
	for name, labels := range map[string][]string{
		"Latin":   {"Champions", "At risk"},
		"Chinese": {"核心客户", "不可流失客户"},
		"mixed":   {"Café 会员", "gold"},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			p := printer{w: &out}
			p.table([]any{"segment", "customers", "revenue"}, [][]any{
				{labels[0], figure("1,234"), amount(99.9)},
				{labels[1], figure("7"), amount(-1234.5)},
			})
			require.NoError(t, p.err)
			lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			require.Len(t, lines, 4)
			for _, line := range lines {
				// On the right stand numbers, so that all lines end at one place.
				require.Equal(t, text.StringWidthWithoutEscSequences(lines[0]), text.StringWidthWithoutEscSequences(line), "%q", line)
			}
		})
	}
}

func TestTableWithoutRows(t *testing.T) {
	var out strings.Builder
	p := printer{w: &out}
	p.table([]any{"segment", "customers"}, nil)
	require.NoError(t, p.err)
	require.Equal(t, "segment  customers\n-------  ---------\n", out.String())
}

func TestAmountsOfAColumn(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []amount
		want    []any
	}{
		{"cents", []amount{0, 46, 99.9, -1406.255}, []any{figure("0.00"), figure("46.00"), figure("99.90"), figure("-1,406.26")}},
		{"up to the bound", []amount{99_999.99, 0.004}, []any{figure("99,999.99"), figure("0.00")}},
		{"one large", []amount{100_000, 99.5}, []any{figure("100,000"), figure("100")}},
		{"one far below", []amount{-8_911_407.9, 12.25}, []any{figure("-8,911,408"), figure("12")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows [][]any
			for _, a := range c.amounts {
				rows = append(rows, []any{"label", a})
			}
			writeAmounts(rows)
			var got []any
			for _, r := range rows {
				require.Equal(t, "label", r[0])
				got = append(got, r[1])
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestCounted(t *testing.T) {
	require.Equal(t, "0 customers", counted(0, "customer"))
	require.Equal(t, "1 customer", counted(1, "customer"))
	require.Equal(t, "4,338 customers", counted(4338, "customer"))
}
