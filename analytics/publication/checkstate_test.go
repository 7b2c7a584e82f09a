package publication

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// Cells at the ends of what a column may hold are taken, and those beyond are refused, with
// the row of the first of them.
func TestCellsAtTheirEdges(t *testing.T) {
	refused := func(c *column.Column, fill func(s *State)) bool {
		s := newState()
		fill(s)
		err := s.checkCells(c)
		if err != nil {
			require.EqualError(t, err, "row 2: "+c.Name+" is out of its range")
		}
		return err != nil
	}
	for _, c := range []struct {
		column *column.Column
		most   int64
	}{{column.Orders, math.MaxInt32}, {column.R, column.R.Most}, {column.StageTrace, math.MaxUint32}} {
		for cell, want := range map[int64]bool{-1: true, 0: false, c.most: false, c.most + 1: true} {
			require.Equal(t, want, refused(c.column, func(s *State) { s.counts[c.column] = []int64{1, cell} }), "%s of %d", c.column.Name, cell)
		}
	}
	for day, want := range map[string]bool{"0001-01-01": false, "9999-12-31": false} {
		number, err := calendar.Parse(day)
		require.NoError(t, err)
		require.Equal(t, want, refused(column.FirstDay, func(s *State) { s.days[column.FirstDay] = []int32{0, number} }), day)
	}
	for day, want := range map[int32]bool{calendar.NoDay: false, calendar.NoDay + 1: true, firstOfCalendar - 1: true, lastOfCalendar + 1: true} {
		require.Equal(t, want, refused(column.FirstDay, func(s *State) { s.days[column.FirstDay] = []int32{0, day} }), "%d", day)
	}
	for v, want := range map[float64]bool{math.Inf(1): true, math.Inf(-1): true, math.MaxFloat64: false} {
		require.Equal(t, want, refused(column.PAlive, func(s *State) { s.floats[column.PAlive] = []float64{0, v} }), "%v", v)
	}
	require.False(t, refused(column.PAlive, func(s *State) { s.floats[column.PAlive] = []float64{0, math.NaN()} }))
}

// Rows are in order of id, each once, so that two nights can be laid side by side.
func TestOrderOfIDs(t *testing.T) {
	for _, ids := range [][]string{{}, {"a"}, {"a", "b", "c"}, {"", "a"}} {
		s := newState()
		s.ID = ids
		require.NoError(t, s.identify(), "%q", ids)
		require.Equal(t, ids, s.ID)
	}
	for row, ids := range map[string][]string{"row 2": {"a", "a"}, "row 3": {"a", "b", "a"}, "row 4": {"a", "b", "c", "c"}} {
		s := newState()
		s.ID = ids
		require.ErrorContains(t, s.identify(), row+": its customer comes before that of the row above, or is the same", "%q", ids)
	}
	require.EqualError(t, newState().identify(), "it has no column customer_id")
}
