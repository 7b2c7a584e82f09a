package analytics

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is said to be needed is what the nights of docs/memory.md did with, or little more.
func TestMemoryOf(t *testing.T) {
	for _, c := range []struct {
		rows, customers int64
		follows         bool
		did             float64 // with so much, in bytes
	}{
		{104_322, 10_000, false, 150e6},
		{1_027_072, 100_000, false, 250e6},
		{10_273_316, 1_000_000, false, 1.3e9},
		{10_273_316, 1_000_000, true, 1.5e9},
	} {
		said := float64(MemoryOf(c.rows, c.customers, c.follows))
		require.Greater(t, said, c.did)
		require.Less(t, said, 1.1*c.did)
	}
	require.Equal(t, MemoryOf(1000, 100, true), MemoryOf(1000, 0, true), "customers who are not known yet")
}
