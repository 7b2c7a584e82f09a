package tier

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
)

func TestSpansThatCount(t *testing.T) {
	tests := []struct {
		name              string
		window            Window
		anchor, until, on string
		today, review     [2]string
		lastYear          [2]string
	}{
		{
			name: "a rolling window leaves out the day it begins with", window: Window{Rolling, calendar.Period{Months: 12}},
			anchor: "2020-06-10", until: "2026-03-31", on: "2026-03-31",
			today: [2]string{"2025-04-01", "2026-03-31"}, review: [2]string{"2025-04-01", "2026-03-31"},
		},
		{
			name: "six months to the last of February begin with September", window: Window{Rolling, calendar.Period{Months: 6}},
			anchor: "2020-06-10", until: "2024-02-29", on: "2024-02-29",
			today: [2]string{"2023-09-01", "2024-02-29"}, review: [2]string{"2023-09-01", "2024-02-29"},
		},
		{
			name: "six months to the end of August begin after February", window: Window{Rolling, calendar.Period{Months: 6}},
			anchor: "2020-06-10", until: "2026-08-31", on: "2026-08-31",
			today: [2]string{"2026-03-01", "2026-08-31"}, review: [2]string{"2026-03-01", "2026-08-31"},
		},
		{
			name: "a calendar year on its last day", window: Window{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2026-12-31", on: "2026-12-31",
			today: [2]string{"2026-01-01", "2026-12-31"}, review: [2]string{"2026-01-01", "2026-12-31"},
			lastYear: [2]string{"2025-01-01", "2025-12-31"},
		},
		{
			name: "the grace goes on counting", window: Window{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2026-12-31", on: "2027-01-20",
			today: [2]string{"2027-01-01", "2027-01-20"}, review: [2]string{"2026-01-01", "2027-01-20"},
			lastYear: [2]string{"2026-01-01", "2026-12-31"},
		},
		{
			name: "ahead of time the last whole year counts too", window: Window{Kind: CalendarYear},
			anchor: "1970-01-01", until: "2027-12-31", on: "2027-01-20",
			today: [2]string{"2027-01-01", "2027-01-20"}, review: [2]string{"2026-01-01", "2027-01-20"},
			lastYear: [2]string{"2026-01-01", "2026-12-31"},
		},
		{
			name: "years from 29 February", window: Window{Kind: MembershipYear},
			anchor: "2024-02-29", until: "2025-02-27", on: "2025-02-27",
			today: [2]string{"2024-02-29", "2025-02-27"}, review: [2]string{"2024-02-29", "2025-02-27"},
			lastYear: [2]string{"2023-02-28", "2024-02-28"},
		},
		{
			name: "begin on the 28th where there is no 29th", window: Window{Kind: TierYear},
			anchor: "2024-02-29", until: "2026-02-27", on: "2025-02-28",
			today: [2]string{"2025-02-28", "2025-02-28"}, review: [2]string{"2024-02-29", "2025-02-28"},
			lastYear: [2]string{"2024-02-29", "2025-02-27"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			show := func(s span) [2]string { return [2]string{calendar.Format(s.from), calendar.Format(s.to)} }
			require.Equal(t, tt.today, show(tt.window.today(day(tt.anchor), day(tt.on))))
			if !tt.window.isYearly() {
				require.Equal(t, tt.review, show(Programme{Window: tt.window, Term: calendar.Period{Days: 7}}.ofTerm(day(tt.anchor), day(tt.until))))
			} else {
				require.Equal(t, tt.review, show(tt.window.review(day(tt.anchor), day(tt.until), day(tt.on))))
				require.Equal(t, tt.lastYear, show(tt.window.lastYear(day(tt.anchor), day(tt.on))))
			}
		})
	}
	require.Equal(t, span{always, 7}, Window{Kind: Lifetime}.today(0, 7))
}

func TestEndsOfTerms(t *testing.T) {
	year, half, month := calendar.Period{Months: 12}, calendar.Period{Months: 6}, calendar.Period{Months: 1}
	tests := []struct {
		name          string
		kind          WindowKind
		term          calendar.Period
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
			p := Programme{Term: tt.term, Window: Window{tt.kind, year}}
			var got []string
			for n := range tt.want {
				got = append(got, calendar.Format(p.termEnd(day(tt.since), n+1, day(tt.anchor))))
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestNextTerm(t *testing.T) {
	tests := []struct {
		name              string
		term              calendar.Period
		anchor, until, on string
		wantAnchor, want  string
	}{
		{"in time", calendar.Period{Months: 1}, "2026-01-31", "2026-02-28", "2026-02-28", "2026-01-31", "2026-03-31"},
		{"late gains nothing", calendar.Period{Months: 12}, "2025-03-15", "2026-03-15", "2026-04-10", "2025-03-15", "2027-03-15"},
		{"later than a whole term", calendar.Period{Days: 10}, "2026-01-01", "2026-01-11", "2026-02-05", "2026-01-01", "2026-02-10"},
		{"ahead of time", calendar.Period{Months: 12}, "2025-03-15", "2026-03-15", "2025-09-01", "2025-03-15", "2026-03-15"},
		{"another length counts from the old end", calendar.Period{Months: 5}, "2025-03-15", "2026-03-15", "2026-03-15", "2026-03-15", "2026-08-15"},
		{"a length that divides the old one does not matter", calendar.Period{Months: 6}, "2025-08-31", "2026-08-31", "2026-08-31", "2025-08-31", "2027-02-28"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Programme{Term: tt.term, Window: Window{Rolling, calendar.Period{Months: 12}}}
			anchor, until := p.nextTerm(day(tt.anchor), day(tt.until), day(tt.on), 0)
			require.Equal(t, [2]string{tt.wantAnchor, tt.want}, [2]string{calendar.Format(anchor), calendar.Format(until)})
		})
	}
}

// Whatever day a member came, and however many months term and window have: the
// review does not hold the day that made the member and holds every later one, and
// the reviews after it go on from there, without a gap and without a day twice.
func TestReviewsHoldEveryDayAfterTheFirstOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 40).Draw(t, "months")
		p := Programme{Term: calendar.Period{Months: months}, Window: Window{Rolling, calendar.Period{Months: months}}}
		came := int32(rapid.IntRange(-40_000, 40_000).Draw(t, "day"))
		counted := came
		for n := 1; n <= 60; n++ {
			end := p.termEnd(came, n, 0)
			require.Equal(t, span{counted + 1, end}, p.ofTerm(came, end))
			// What counts for rising never reaches back over what a review counts.
			require.GreaterOrEqual(t, p.Window.today(came, end).from, counted+1)
			counted = end
		}
	})
}

// One purchase makes a member for one term, whatever the day: also where the
// month in which the term ends has no such day.
func TestOnePurchaseIsOneTerm(t *testing.T) {
	for _, c := range []struct {
		months int
		bought string
		left   string
	}{
		{6, "2023-08-28", "2024-02-28"},
		{6, "2023-08-29", "2024-02-29"},
		{6, "2023-08-30", "2024-02-29"},
		{6, "2023-08-31", "2024-02-29"},
		{6, "2023-09-01", "2024-03-01"},
		{6, "2022-08-31", "2023-02-28"},
		{1, "2024-03-31", "2024-04-30"},
		{1, "2024-10-31", "2024-11-30"},
		{4, "2024-10-31", "2025-02-28"},
		{12, "2024-02-29", "2025-02-28"},
		{24, "2024-02-29", "2026-02-28"},
		{48, "2024-02-29", "2028-02-29"},
	} {
		p := club()
		p.Term, p.Window.Length, p.Grace = calendar.Period{Months: c.months}, calendar.Period{Months: c.months}, calendar.Period{}
		shop := &fastShop{customers: []*slowCustomer{buyerOf("c", c.bought+" 600")}}
		night := shop.nights(t, p, nil, c.bought, "2030-01-01")
		require.Len(t, night.Changes, 1, c)
		require.Equal(t, OpLeave, night.Changes[0].Op, c)
		require.Equal(t, c.left, calendar.Format(night.Changes[0].Effective), c)
	}
}

// A member of 30 August who buys again on the 31st has bought within the term.
func TestTheDayAfterTheFirstCounts(t *testing.T) {
	p := club()
	p.Term, p.Window.Length = calendar.Period{Months: 6}, calendar.Period{Months: 6}
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2023-08-30 600", "2023-08-31 450")}}
	night := shop.nights(t, p, nil, "2023-08-30", "2024-03-01")
	require.Equal(t, []string{"2024-02-29 renew silver>silver: spend 450 in the 6 months to 2024-02-29, 400 keeps silver"}, steps(night.Changes))
}
