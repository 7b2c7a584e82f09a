package segment

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSpansThatCount(t *testing.T) {
	tests := []struct {
		name              string
		window            TierWindow
		anchor, until, on string
		today, review     [2]string
		lastYear          [2]string
	}{
		{
			name: "a rolling window leaves out the day it begins with", window: TierWindow{Rolling, Period{Months: 12}},
			anchor: "2020-06-10", until: "2026-03-31", on: "2026-03-31",
			today: [2]string{"2025-04-01", "2026-03-31"}, review: [2]string{"2025-04-01", "2026-03-31"},
		},
		{
			name: "six months to the end of August begin after February", window: TierWindow{Rolling, Period{Months: 6}},
			anchor: "2020-06-10", until: "2026-08-31", on: "2026-08-31",
			today: [2]string{"2026-03-01", "2026-08-31"}, review: [2]string{"2026-03-01", "2026-08-31"},
		},
		{
			name: "a calendar year on its last day", window: TierWindow{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2026-12-31", on: "2026-12-31",
			today: [2]string{"2026-01-01", "2026-12-31"}, review: [2]string{"2026-01-01", "2026-12-31"},
			lastYear: [2]string{"2025-01-01", "2025-12-31"},
		},
		{
			name: "the grace goes on counting", window: TierWindow{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2026-12-31", on: "2027-01-20",
			today: [2]string{"2027-01-01", "2027-01-20"}, review: [2]string{"2026-01-01", "2027-01-20"},
			lastYear: [2]string{"2026-01-01", "2026-12-31"},
		},
		{
			name: "ahead of time the last whole year counts too", window: TierWindow{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2027-12-31", on: "2027-01-20",
			today: [2]string{"2027-01-01", "2027-01-20"}, review: [2]string{"2026-01-01", "2027-01-20"},
			lastYear: [2]string{"2026-01-01", "2026-12-31"},
		},
		{
			name: "years from 29 February", window: TierWindow{Kind: MembershipYear},
			anchor: "2024-02-29", until: "2025-02-27", on: "2025-02-27",
			today: [2]string{"2024-02-29", "2025-02-27"}, review: [2]string{"2024-02-29", "2025-02-27"},
			lastYear: [2]string{"2023-02-28", "2024-02-28"},
		},
		{
			name: "begin on the 28th where there is no 29th", window: TierWindow{Kind: TierYear},
			anchor: "2024-02-29", until: "2026-02-27", on: "2025-02-28",
			today: [2]string{"2025-02-28", "2025-02-28"}, review: [2]string{"2024-02-29", "2025-02-28"},
			lastYear: [2]string{"2024-02-29", "2025-02-27"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			show := func(s span) [2]string { return [2]string{isoDate(s.from), isoDate(s.to)} }
			require.Equal(t, tt.today, show(tt.window.today(day(tt.anchor), day(tt.on))))
			require.Equal(t, tt.review, show(tt.window.review(day(tt.anchor), day(tt.until), day(tt.on))))
			if tt.window.isYearly() {
				require.Equal(t, tt.lastYear, show(tt.window.lastYear(day(tt.anchor), day(tt.on))))
			}
		})
	}
	require.Equal(t, span{always, 7}, TierWindow{Kind: Lifetime}.today(0, 7))
}

func TestEndsOfTerms(t *testing.T) {
	year, half, month := Period{Months: 12}, Period{Months: 6}, Period{Months: 1}
	tests := []struct {
		name          string
		kind          WindowKind
		term          Period
		since, anchor string // anchor of yearly windows
		want          []string
	}{
		{"rolling", Rolling, year, "2026-03-15", "2020-01-01", []string{"2027-03-15", "2028-03-15"}},
		{"from the 31st", Rolling, month, "2026-01-31", "2020-01-01", []string{"2026-02-28", "2026-03-31", "2026-04-30"}},
		{"from 29 February", Lifetime, year, "2024-02-29", "2020-01-01", []string{"2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"}},
		{"the rest of this year and all of the next", CalendarYear, year, "2026-03-15", "1970-01-01", []string{"2027-12-31", "2028-12-31"}},
		{"the year itself from its first day", CalendarYear, year, "2026-01-01", "1970-01-01", []string{"2026-12-31", "2027-12-31"}},
		{"from its last day", CalendarYear, year, "2026-12-31", "1970-01-01", []string{"2027-12-31", "2028-12-31"}},
		{"half a year ends with the year", CalendarYear, half, "2026-03-15", "1970-01-01", []string{"2026-12-31", "2027-12-31", "2027-12-31"}},
		{"membership from the first day", MembershipYear, year, "2024-02-29", "2024-02-29", []string{"2025-02-27", "2026-02-27", "2027-02-27", "2028-02-28", "2029-02-27"}},
		{"membership in between", MembershipYear, year, "2025-03-10", "2024-02-29", []string{"2027-02-27", "2028-02-28"}},
		{"tier years", TierYear, year, "2026-03-15", "2026-03-15", []string{"2027-03-14", "2028-03-14"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Programme{Term: tt.term, Window: TierWindow{tt.kind, year}}
			var got []string
			for n := range tt.want {
				got = append(got, isoDate(p.termEnd(day(tt.since), n+1, day(tt.anchor))))
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestNextTerm(t *testing.T) {
	tests := []struct {
		name              string
		term              Period
		anchor, until, on string
		wantAnchor, want  string
	}{
		{"in time", Period{Months: 1}, "2026-01-31", "2026-02-28", "2026-02-28", "2026-01-31", "2026-03-31"},
		{"late gains nothing", Period{Months: 12}, "2025-03-15", "2026-03-15", "2026-04-10", "2025-03-15", "2027-03-15"},
		{"later than a whole term", Period{Days: 10}, "2026-01-01", "2026-01-11", "2026-02-05", "2026-01-01", "2026-02-10"},
		{"ahead of time", Period{Months: 12}, "2025-03-15", "2026-03-15", "2025-09-01", "2025-03-15", "2026-03-15"},
		{"another length counts from the old end", Period{Months: 5}, "2025-03-15", "2026-03-15", "2026-03-15", "2026-03-15", "2026-08-15"},
		{"a length that divides the old one does not matter", Period{Months: 6}, "2025-08-31", "2026-08-31", "2026-08-31", "2025-08-31", "2027-02-28"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Programme{Term: tt.term, Window: TierWindow{Rolling, Period{Months: 12}}}
			anchor, until := p.nextTerm(day(tt.anchor), day(tt.until), day(tt.on), 0)
			require.Equal(t, [2]string{tt.wantAnchor, tt.want}, [2]string{isoDate(anchor), isoDate(until)})
		})
	}
}
