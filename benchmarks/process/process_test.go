package process

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRunAccounts(t *testing.T) {
	u, err := Run(exec.CommandContext(t.Context(), "sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"))
	require.NoError(t, err)
	require.Positive(t, u.CPU)
	require.GreaterOrEqual(t, 2*u.Wall, u.CPU)
	require.Positive(t, u.PeakMiB)
}

func TestRunTellsWhatAProgramSaid(t *testing.T) {
	_, err := Run(exec.CommandContext(t.Context(), "sh", "-c", "echo no such table >&2; exit 3"))
	require.ErrorContains(t, err, "exit status 3: no such table")
}

func TestMiddle(t *testing.T) {
	require.InDelta(t, 3.0, Middle([]float64{9, 1, 3}), 0)
	require.InDelta(t, 2.5, Middle([]float64{4, 1, 2, 3}), 0)
}

// Each figure's median may come from another round.
func TestMedian(t *testing.T) {
	got := Median([]Usage{{Wall: 1, CPU: 30, PeakMiB: 5}, {Wall: 2, CPU: 10, PeakMiB: 4}, {Wall: 3, CPU: 20, PeakMiB: 6}})
	require.Equal(t, Usage{Wall: 2 * time.Nanosecond, CPU: 20 * time.Nanosecond, PeakMiB: 5}, got)
}
