package night

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

func TestFirstDayOf(t *testing.T) {
	for _, c := range []struct {
		name   string
		window job.Span
		asOf   string
		want   string
	}{
		{"a day is that day alone", job.Span{N: 1, Unit: job.Day}, "2026-06-30", "2026-06-30"},
		{"a week", job.Span{N: 1, Unit: job.Week}, "2026-06-30", "2026-06-24"},
		{"twelve months", job.Span{N: 12, Unit: job.Month}, "2011-12-10", "2010-12-11"},
		{"six months to the last of February begin with September", job.Span{N: 6, Unit: job.Month}, "2024-02-29", "2023-09-01"},
		{"and the day before they do not", job.Span{N: 6, Unit: job.Month}, "2024-02-28", "2023-08-29"},
		{"a month before 31 March ends with February", job.Span{N: 1, Unit: job.Month}, "2026-03-31", "2026-03-01"},
		{"so in a leap year", job.Span{N: 1, Unit: job.Month}, "2024-03-30", "2024-03-01"},
		{"29 February less a year", job.Span{N: 1, Unit: job.Year}, "2024-02-29", "2023-03-01"},
		{"over a new year", job.Span{N: 2, Unit: job.Month}, "2026-01-31", "2025-12-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, FirstDayOf(c.window, day(t, c.asOf)).Format(time.DateOnly))
		})
	}
	require.True(t, FirstDayOf(job.Span{Word: job.All}, day(t, "2026-06-30")).IsZero())
}
