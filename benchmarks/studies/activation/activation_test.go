package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The simulated parts print a line for each of their cases, the same again.
func TestSimulatedParts(t *testing.T) {
	var before string
	for _, workers := range []int{1, 3} {
		var out bytes.Buffer
		o := options{repeats: 2, workers: workers}
		require.NoError(t, o.planted(t.Context(), &out))
		require.NoError(t, o.small(t.Context(), &out))
		require.Equal(t, 2*len(plants)+9*len(spendings)+2*2, strings.Count(out.String(), "|\n"))
		require.NotContains(t, out.String(), "%!")
		if before != "" {
			require.Equal(t, before, out.String())
		}
		before = out.String()
	}
}

// What a contact brings is in the mean what its truth says, also where it does harm.
func TestReact(t *testing.T) {
	for _, truth := range []truth{
		{of: func(person) float64 { return 50 }}, {of: func(person) float64 { return 3 }}, {of: func(p person) float64 { return -p.expects() / 2 }},
	} {
		s := &shop{truth: truth, dice: rand.New(rand.NewPCG(1, 2))}
		p := person{rate: 4, active: 1, spend: 30}
		const n = 100_000
		sum, squares := 0.0, 0.0
		for range n {
			change := s.react(p, p.brings(1, s.dice))
			sum += change
			squares += change * change
		}
		require.InDelta(t, truth.of(p), sum/n, 4*math.Sqrt(squares/n/n))
	}
}

// Who goes by the truth earns the most, and who goes by nothing what the mean customer brings.
func TestTake(t *testing.T) {
	s := newShop(truths[1], 1000, 1)
	best := s.take(truths[1].of)
	require.InDelta(t, float64(s.each)*(4-contactCost), best, 1e-9)
	for _, r := range rivals {
		require.LessOrEqual(t, s.take(r.by), best)
	}
	require.Less(t, s.lot(), campaigns*best)
	earned, err := s.measured()
	require.NoError(t, err)
	require.LessOrEqual(t, earned, campaigns*best)
	require.GreaterOrEqual(t, earned, -campaigns*float64(s.each)*contactCost)
}
