package publication

import (
	"fmt"
	"math"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
)

// checkColumns asks for the columns of the stages that ran. One that earlier versions
// of the program, or some settings, do without may be missing.
func (s *State) checkColumns(ran []column.Stage) error {
	for _, c := range column.State {
		if !slices.Contains(ran, c.Stage) || c.Asked != "" || c.Later || s.has[c] {
			continue
		}
		why := ""
		switch c.Stage {
		case column.Base:
		case column.Groups:
			why = ", though run.json names an anchor night"
		default:
			why = ", though " + c.Stage.Setting() + " was on that night"
		}
		return fmt.Errorf("it has no column %s%s", c.Name, why)
	}
	return nil
}

// The calendar has the days from 0001-01-01 to 9999-12-31.
const firstOfCalendar, lastOfCalendar = -719162, 2932896

// checkCells reports a cell that no night writes, by its row.
func (s *State) checkCells(c *column.Column) error {
	switch c.Type {
	case column.Count:
		most := c.Most
		if most == 0 {
			most = math.MaxInt32
		}
		return check(c, s.counts[c], func(v int64) bool { return v >= 0 && v <= most })
	case column.Day:
		return check(c, s.days[c], func(v int32) bool { return v == calendar.NoDay || v >= firstOfCalendar && v <= lastOfCalendar })
	case column.Number:
		return check(c, s.floats[c], func(v float64) bool { return !math.IsInf(v, 0) })
	case column.Text, column.Amount:
	}
	return nil
}

func check[T any](c *column.Column, cells []T, good func(T) bool) error {
	if i := slices.IndexFunc(cells, func(v T) bool { return !good(v) }); i >= 0 {
		return fmt.Errorf("row %d: %s is out of its range", i+1, c.Name)
	}
	return nil
}
