package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestReadSoFar(t *testing.T) {
	require.Equal(t, "50 MB of 200 MB", readSoFar(50_000_000, 200_000_000, time.Second), "too early to tell")
	require.Equal(t, "50 MB of 200 MB, 30s left", readSoFar(50_000_000, 200_000_000, 10*time.Second))
	require.Equal(t, "200 MB of 200 MB", readSoFar(200_000_000, 200_000_000, 10*time.Second))
	require.Equal(t, "0 B of 200 MB", readSoFar(0, 200_000_000, 10*time.Second))
}
