package interest_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/segment/interest"
)

// counted are baskets of which the given number are recent, in each window.
func counted(all, recent int32) interest.BasketCounts {
	b := interest.BasketCounts{All: all}
	for k := range b.Recent {
		b.Recent[k] = recent
	}
	return b
}

// Of two customers, by hand: one has 3 baskets of which 1 is recent, and the thing in
// 1 before and 1 since: rise 1·(2−1)/3, fall 1·(1−1)/3. The other has 7 and 3, the thing in 2 and
// 1: rise 1·(4−2)/7, fall 2·(3−1)/7. Thirds and sevenths are cut off at millionths.
func TestShiftTally(t *testing.T) {
	var tally interest.ShiftTally
	customers := [][2]interest.BasketCounts{{counted(3, 1), counted(2, 1)}, {counted(7, 3), counted(3, 1)}}
	for _, c := range customers {
		tally.Add(c[0], c[1])
	}
	sums := tally.Sums()
	for k := range interest.Windows {
		require.Equal(t, 0.333333+0.285714, sums.Rise[k]) //nolint:testifylint // whole millionths
		require.Equal(t, 0.571428, sums.Fall[k])          //nolint:testifylint // whole millionths
	}
	slices.Reverse(customers)
	var other interest.ShiftTally
	for _, c := range customers {
		other.Add(c[0], c[1])
	}
	require.Equal(t, tally, other)
}

func TestWorthTesting(t *testing.T) {
	for _, c := range []struct {
		name              string
		all, recent, with int32
		level             float64
		worth             bool
	}{
		{"two baskets with it are no habit", 100, 90, 2, 0.5, false},
		{"three are", 100, 90, 3, 0.5, true},
		{"none before", 10, 10, 5, 0.5, false},
		{"none since", 10, 0, 5, 0.5, false},
		{"a half of ten, four with it: (5/25)^4 = 0.0016", 10, 5, 4, 0.00161, true},
		{"just above the level", 10, 5, 4, 0.00159, false},
		{"few since: (9/13)^6 = 0.1101", 10, 1, 6, 0.1101, false},
		{"(9/13)^6 at the level", 10, 1, 6, 0.1102, true},
	} {
		require.Equal(t, c.worth, interest.WorthTesting(counted(c.all, c.recent), counted(c.with, 0), c.level), c.name)
	}
}
