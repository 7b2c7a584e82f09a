package nighttest

import (
	"math"
	"slices"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// Reread is the state that the next night reads, of customers in order of id whose
// columns are given.
func Reread(t testing.TB, ids []string, columns ...publication.Columns) *publication.State {
	t.Helper()
	rows := make([]int, len(ids))
	for i := range rows {
		rows[i] = i
	}
	cells := map[*column.Column]any{}
	for _, given := range columns {
		for c, of := range given {
			if slices.Contains(column.State, c) {
				cells[c] = reread(t, of, rows)
			}
		}
	}
	state, err := publication.StateOf(ids, cells)
	require.NoError(t, err)
	return state
}

func reread(t testing.TB, cells publication.Cells, rows []int) any {
	t.Helper()
	col := cells.Of("", rows)
	there := func(i int) bool { return col.Valid == nil || col.Valid[i] }
	switch values := col.Values.(type) {
	case []string, []int64:
		return values
	case []float64:
		return each(values, func(i int) float64 {
			if there(i) {
				return values[i]
			}
			return math.NaN()
		})
	case []arrow.Date32:
		return each(values, func(i int) int32 {
			if there(i) {
				return int32(values[i])
			}
			return calendar.NoDay
		})
	case []decimal128.Num:
		return each(values, func(i int) ledger.Money { return ledger.MoneyOf(values[i]) })
	}
	require.Fail(t, "cells of a type that no state has", "%T", col.Values)
	return nil
}

func each[From, To any](values []From, of func(i int) To) []To {
	out := make([]To, len(values))
	for i := range out {
		out[i] = of(i)
	}
	return out
}
