package calendar

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTheNewestDayAWholePeriodAgo(t *testing.T) {
	for _, tt := range []struct {
		period    Period
		day, want string
	}{
		{Period{Months: 6}, "2024-02-28", "2023-08-28"},
		{Period{Months: 6}, "2024-02-29", "2023-08-31"}, // 29, 30 and 31 August and six months
		{Period{Months: 6}, "2023-02-28", "2022-08-31"},
		{Period{Months: 6}, "2024-03-01", "2023-09-01"},
		{Period{Months: 12}, "2025-02-28", "2024-02-29"},
		{Period{Months: 12}, "2024-02-28", "2023-02-28"},
		{Period{Months: 1}, "2026-03-30", "2026-02-28"},
		{Period{Months: 1}, "2026-03-31", "2026-02-28"},
		{Period{Months: 1}, "2026-04-30", "2026-03-31"},
		{Period{Days: 90}, "2026-03-31", "2025-12-31"},
		{Period{Months: 1, Days: 2}, "2026-03-02", "2026-01-31"},
	} {
		require.Equal(t, tt.want, Format(tt.period.Before(day(tt.day))), tt)
	}
}

// A day counts in the windows that end with it and with each day after it, until
// a whole period has passed: never again, and in none between.
func TestADayCountsUntilAPeriodHasPassed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Period{Months: rapid.IntRange(0, 40).Draw(t, "months"), Days: rapid.IntRange(0, 40).Draw(t, "days")}
		start := int32(rapid.IntRange(-800_000, 800_000).Draw(t, "day"))
		gone := p.After(start, 1)
		for on := start - 1; on <= gone+70; on++ {
			inWindow := p.Before(on) < start && start <= on
			require.Equal(t, start <= on && on < gone, inWindow, "%s to %s and %s", p, Format(on), Format(start))
		}
	})
}

// Windows of whole months that end with months follow each other without a gap.
func TestMonthEndsTile(t *testing.T) {
	for months := 1; months <= 24; months++ {
		p := Period{Months: months}
		for n := range 600 {
			end := Date{Year: 1990, Month: 2, Day: 1}.addMonths(n).Number() - 1
			next := Date{Year: 1990, Month: 2, Day: 1}.addMonths(n+months).Number() - 1
			require.Equal(t, end, p.Before(next))
		}
	}
}

// Each of the periods has its days as well as its months.
func TestSeveralPeriodsOfMonthsAndDays(t *testing.T) {
	require.Equal(t, "2026-05-06", Format(Period{Months: 1, Days: 2}.After(day("2026-01-31"), 3)))
}
