package calendar

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func day(text string) Day {
	d, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// TestCivilDaysAreThoseOfPackageTime goes through 3000 years.
func TestCivilDaysAreThoseOfPackageTime(t *testing.T) {
	for on := day("0001-01-01"); on < day("3000-12-31"); on += 11 {
		at := TimeOf(on)
		c := DateOf(on)
		if (c != Date{at.Year(), int(at.Month()), at.Day()}) || c.Number() != on {
			t.Fatalf("day %d is %v, got %v and back %d", on, at, c, c.Number())
		}
	}
	for on := day("0980-01-01"); on < day("2100-01-01"); on += 7 {
		if got, want := Format(on), TimeOf(on).Format(time.DateOnly); got != want {
			t.Fatalf("day %d is %s, want %s", on, got, want)
		}
	}
	require.Equal(t, "10026-11-05", Format(Date{10026, 11, 5}.Number()))
	require.Equal(t, Date{-1, 12, 31}, DateOf(Date{-1, 12, 31}.Number()))
	require.Equal(t, "2026-11-05", Format(day("2026-11-05")))
	require.Equal(t, "0987-01-31", Format(day("0987-01-31")))
}

func TestPeriods(t *testing.T) {
	tests := []struct {
		from   string
		period Period
		n      int
		want   string
	}{
		{"2026-01-31", Period{Months: 1}, 1, "2026-02-28"},
		{"2024-01-31", Period{Months: 1}, 1, "2024-02-29"},
		{"2026-01-31", Period{Months: 1}, 2, "2026-03-31"}, // not from the 28th
		{"2026-01-31", Period{Months: 1}, 3, "2026-04-30"},
		{"2024-02-29", Period{Months: 12}, 1, "2025-02-28"},
		{"2024-02-29", Period{Months: 12}, 4, "2028-02-29"},
		{"2026-03-31", Period{Months: 1}, -1, "2026-02-28"},
		{"2026-03-31", Period{Months: 13}, -1, "2025-02-28"},
		{"2026-01-31", Period{Months: 1, Days: 2}, 1, "2026-03-02"},
		{"2026-12-15", Period{Days: 30}, 2, "2027-02-13"},
		{"2026-12-15", Period{}, 5, "2026-12-15"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, Format(tt.period.After(day(tt.from), tt.n)), tt)
	}
	require.Equal(t, "12 months", Period{Months: 12}.String())
	require.Equal(t, "1 month and 1 day", Period{1, 1}.String())
	require.Equal(t, "1 month", Period{Months: 1}.String())
	require.Equal(t, "30 days", Period{Days: 30}.String())
	require.Equal(t, "0 days", Period{}.String())
	require.True(t, Period{}.IsZero())
	require.False(t, Period{Days: 1}.IsZero())
	require.False(t, Period{Months: 1}.IsZero())
}

func TestDaysAndTimes(t *testing.T) {
	for text, want := range map[string]Day{"1970-01-01": 0, "1969-12-31": -1, "2026-11-26": 20783} {
		got, err := Parse(text)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, text, TimeOf(want).Format(time.DateTime)[:len(text)])
		require.Equal(t, want, DayOf(TimeOf(want)))
		require.Equal(t, want, DayOf(TimeOf(want).Add(24*time.Hour-time.Second)), "the last second of it")
	}
	none, err := Parse("2026-02-30")
	require.Error(t, err)
	require.Equal(t, NoDay, none)
}
