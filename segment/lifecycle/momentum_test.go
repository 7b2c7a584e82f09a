package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// By hand: 12 purchases a year are 3 in a quarter, of which half is 2; a buyer of one
// purchase needs 1.
func TestAsBefore(t *testing.T) {
	c := customer{history: history{x: 5}}
	for perYear, want := range map[float64]int{0.1: 1, 8: 1, 8.02: 1, 8.03: 2, 12: 2, 16: 2, 17: 3} {
		require.Equal(t, want, c.asBefore(&standing{formerRate: perYear / 365}), "%v a year", perYear)
	}
	c.x = 0
	require.Equal(t, 1, c.asBefore(&standing{formerRate: 1}))
}

// The probability of going on, where there is one pace and no memory, is the forecast's.
func TestGoesOnByTheForecast(t *testing.T) {
	p := oneCustomer(every(30, 12)...)
	m := modelOf(t, &plain)
	c := customer{model: m}
	for _, night := range []int32{331, 400} {
		c.set(&m.line, p.Days, &Life{From: 0})
		s := c.standing(m.line.at(night), 0)
		n := c.asBefore(&s) // 91 days at 12/390 a day are 2.8
		require.Equal(t, 2, n)
		o := c.outcome(&s)
		require.InDelta(t, typicalLeavers.AtLeast(n, 11, 330, float64(night), quarter), o.goesOn, 0.01)
		require.InDelta(t, typicalLeavers.Ahead(11, 330, float64(night), quarter).Alive, o.unchanged, 0.01)
	}
}
