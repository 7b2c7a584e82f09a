package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// False discoveries stay under their rate where nothing is dropped and where
// much is, whatever moves; and what is dropped is found where there are baskets
// enough. A rate of 0.10 over 6 shops has a standard error of 0.13 at most.
func TestFalseDiscoveries(t *testing.T) {
	o := options{shops: 6, customers: 400, recent: 0.5, q: 0.10, workers: 2}
	for _, w := range worlds {
		got, err := study(w, o)
		require.NoError(t, err)
		require.Positive(t, got.tested, w.name)
		require.LessOrEqual(t, got.rate/float64(got.shops), 0.10+2*0.13, w.name)
		if w.dropping == 0 {
			continue
		}
		require.LessOrEqual(t, 10*got.falsely, got.found, w.name)
		if w.streak == 0 && w.drift == 0 {
			require.Greater(t, got.stops[len(sizes)-1].percent(), 40., w.name)
		}
	}
}

// The tables are the same for any number of workers.
func TestPrint(t *testing.T) {
	var one, two bytes.Buffer
	o := options{shops: 2, workers: 1, customers: 200, recent: 0.5, q: 0.10, worlds: []string{"drops"}}
	require.NoError(t, o.print(&one))
	o.workers = 2
	require.NoError(t, o.print(&two))
	require.Equal(t, one.String(), two.String())
	require.Contains(t, one.String(), "| drops | ")
	require.Contains(t, one.String(), "| 120 and more | ")
}
