package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Week 0 begins on 1969-12-29, a Monday, which is day −3. Before the first level and long
// after the last one a day is a day.
func TestTimeByHand(t *testing.T) {
	c := Clock{FirstWeek: 0, Levels: []float64{0.5, 2}}
	line := c.line()
	for day, want := range map[int32]float64{
		-14: -10, -4: 0, -3: 0.5, 3: 3.5, 4: 5.5, 10: 17.5, 11: 18.5,
	} {
		require.InDelta(t, want, line.at(day), 1e-12, "day %d", day)
	}
	year := Clock{Levels: make([]float64, weeksPerYear)}
	for w := range year.Levels {
		year.Levels[w] = 1
	}
	year.Levels[3] = 4
	line = year.line()
	again := int32((weeksPerYear+3)*daysPerWeek - mondayShift)
	require.InDelta(t, 4, line.at(again)-line.at(again-1), 1e-12, "the same week a year later")
	far := int32((weeksPerYear+weeksAhead+5)*daysPerWeek - mondayShift)
	require.InDelta(t, 1, line.at(far)-line.at(far-1), 1e-12)
}

func TestWeekOf(t *testing.T) {
	for day, want := range map[int32]int32{-11: -2, -10: -1, -4: -1, -3: 0, 0: 0, 3: 0, 4: 1} {
		require.Equal(t, want, weekOf(day), "day %d", day)
	}
}

// One customer who bought on days 0, 3 and 30, and one purchase more in the week of day 3
// by three others: that week is fast. Levels stay within their bounds.
func TestLevelsOfAClock(t *testing.T) {
	var p Purchases
	for range 200 {
		p.add(0, 3, 30)
	}
	c := fitClock(&p, 31)
	require.Equal(t, int32(0), c.FirstWeek)
	require.Len(t, c.Levels, 5)
	require.Greater(t, c.Levels[0], 2.)
	for _, level := range c.Levels[1:4] {
		require.Less(t, level, 0.7)
		require.GreaterOrEqual(t, level, slowestWeek)
	}
	require.NoError(t, c.validate(31))
	require.Empty(t, fitClock(&p, -1).Levels, "nobody has bought yet")
}
