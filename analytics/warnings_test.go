package analytics

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night/nighttest"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/wording"
)

func rows(n int64) ledger.Count {
	return ledger.Count{Rows: n, Money: money.FromFloat(float64(n))}
}

// One source, every kind of thing that is said of its rows, and the smallest number of
// which it is said.
func TestWarningsOfTheAccount(t *testing.T) {
	j := nighttest.Job(t, "")
	set := func(reason ledger.Reason, n int64) ledger.Account {
		tally := ledger.Tally{Read: rows(10), Used: rows(10 - n), Rejected: map[ledger.Reason]ledger.Count{reason: rows(n)}}
		return ledger.Account{Total: tally, BySource: []ledger.Tally{tally}}
	}
	with := func(edit func(a *ledger.Account)) ledger.Account {
		a := set(ledger.Filtered, 1)
		edit(&a)
		return a
	}
	for name, c := range map[string]struct {
		account ledger.Account
		want    []string // beginnings
	}{
		"nothing odd":     {set(ledger.Filtered, 9), nil},
		"no row is used":  {set(ledger.Filtered, 10), []string{"sources.0: no row of exports/*.csv is used (read: 10, filtered by where: 10)"}},
		"no row at all":   {ledger.Account{BySource: []ledger.Tally{{}}}, []string{"sources.0: no row of exports/*.csv is used (read: 0)"}},
		"a filter":        {set(ledger.FilterUnknown, 1), []string{"sources.0.where is neither true nor false for 1 row, which"}},
		"a filter of two": {set(ledger.FilterUnknown, 2), []string{"sources.0.where is neither true nor false for 2 rows, which"}},
		"malformed":       {set(ledger.Malformed, 1), []string{"1 row set aside: malformed line; rejects.csv lists them"}},
		"no day":          {set(ledger.TimeUnreadable, 1), []string{"1 row set aside: time unreadable;"}},
		"no amount":       {set(ledger.AmountUnreadable, 1), []string{"1 row set aside: amount unreadable;"}},
		"no customer":     {set(ledger.Anonymous, 1), nil},
		"a cost": {
			with(func(a *ledger.Account) { a.UnreadCosts = []int64{1} }),
			[]string{"sources.0.columns.cost cannot be read as a number in 1 row; their cost"},
		},
		"a list price": {
			with(func(a *ledger.Account) { a.UnreadListPrices = []int64{2} }),
			[]string{"sources.0.columns.list_price cannot be read as a number in 2 rows; what was paid above the list is not known there"},
		},
		"twice": {
			with(func(a *ledger.Account) { a.Duplicates = []ledger.Count{rows(1)} }),
			[]string{"sources.0: 1 row with 1.00 in all stand in more than one file of exports/*.csv; they count each time."},
		},
		"never twice": {with(func(a *ledger.Account) { a.Duplicates, a.UnreadCosts = []ledger.Count{{}}, []int64{0} }), nil},
	} {
		found := accountWarnings(j, c.account)
		require.Len(t, found, len(c.want), name)
		for i, want := range c.want {
			require.True(t, strings.HasPrefix(found[i], want), "%s: %s", name, found[i])
		}
	}
	j.Sources[0].Duplicates = job.DropDuplicates
	require.Empty(t, accountWarnings(j, with(func(a *ledger.Account) { a.Duplicates = []ledger.Count{rows(1)} })), "they do not count twice")
}

func TestWarningsOfOddities(t *testing.T) {
	f := nighttest.Frame(t, "2024-07-01", "")
	warnOfOddities(&f, customers.Oddities{})
	require.Empty(t, f.Warnings.All())
	warnOfOddities(&f, customers.Oddities{LongOrders: 1})
	require.Len(t, f.Warnings.All(), 1)
	require.Contains(t, f.Warnings.All()[0], "orders whose rows lie more than a week apart: 1;")
}

// The second of two files of the same bytes is said to be the twin of the first, and so is
// the third.
func TestTwins(t *testing.T) {
	in := func(path, sum string) ledger.Input { return ledger.Input{Path: path, SHA256: sum} }
	found := twins([]ledger.Input{in("a", "1"), in("b", "2"), in("c", "1"), in("d", "1"), in("b", "2")})
	require.Len(t, found, 3)
	require.Contains(t, found[0].String(), "c holds the same bytes as a;")
	require.Contains(t, found[1].String(), "d holds the same bytes as a;")
	require.Contains(t, found[2].String(), "b stands in several sources;") // it is no copy of itself
}

// on are days from a first one on, so many days apart, each with a row.
func on(first string, apart, n int) (days []ledger.DayRows) {
	day, err := time.Parse(time.DateOnly, first)
	if err != nil {
		panic(err)
	}
	for i := range n {
		days = append(days, ledger.DayRows{Day: day.AddDate(0, 0, i*apart), Rows: 1})
	}
	return days
}

// A shop may be silent for two weeks, for three months where it is too young to tell, or
// twice as long as it ever was within a year.
func TestQuietLimit(t *testing.T) {
	for name, c := range map[string]struct {
		days []ledger.DayRows
		want int32
	}{
		"every day":                       {on("2024-01-01", 1, 100), 14},
		"every week":                      {on("2024-01-01", 7, 40), 14},
		"every nine days":                 {on("2024-01-01", 9, 40), 18},
		"just enough gaps to tell":        {on("2024-01-01", 1, fewDays+1), 14},
		"one gap too few":                 {on("2024-01-01", 1, fewDays), 91},
		"a single day":                    {on("2024-01-01", 1, 1), 91},
		"few days, far apart":             {on("2024-01-01", 60, 4), 120},
		"a gap within a year counts":      {append(on("2023-01-01", 1, 1), on("2023-12-12", 1, 21)...), 690},
		"a gap that began before is over": {append(on("2022-12-31", 1, 1), on("2023-12-12", 1, 21)...), 14},
	} {
		require.Equal(t, c.want, quietLimit(c.days), name)
	}
}

// A night just as long after the newest transaction as the shop is ever silent is no
// wonder; a day more is.
func TestWarnOfAgeAtItsEdge(t *testing.T) {
	days := on("2024-01-01", 1, 100) // up to 2024-04-09
	for asOf, warned := range map[string]bool{"2024-04-10": false, "2024-04-23": false, "2024-04-24": true, "2024-03-01": false} {
		for _, settings := range []string{"", "guard: {age: 3 days}\n", "guard: {rows: 0.1}\n"} {
			f := nighttest.Frame(t, asOf, settings)
			warnOfAge(&f, days)
			require.Equal(t, warned && !strings.Contains(settings, "age"), len(f.Warnings.All()) == 1, "%s %s", asOf, settings)
		}
	}
	f := nighttest.Frame(t, "2023-01-01", "")
	warnOfAge(&f, days)
	require.Empty(t, f.Warnings.All(), "nothing has happened yet")
}

// Few are a hundredth of all rows, or one, of twenty rows at least; far is more than a year
// and a day.
func TestFarOffAtItsEdges(t *testing.T) {
	shop := func(rows int64) ledger.DayRows {
		return ledger.DayRows{Day: nighttest.Day(t, "2024-01-02"), Rows: rows}
	}
	old := func(day string, rows int64) ledger.DayRows {
		return ledger.DayRows{Day: nighttest.Day(t, day), Rows: rows}
	}
	for name, c := range map[string]struct {
		days []ledger.DayRows
		said bool
	}{
		"one of twenty":                              {[]ledger.DayRows{old("2022-12-31", 1), shop(19)}, true},
		"one of nineteen":                            {[]ledger.DayRows{old("2022-12-31", 1), shop(18)}, false},
		"two of two hundred":                         {[]ledger.DayRows{old("2022-12-31", 2), shop(198)}, true},
		"three of two hundred":                       {[]ledger.DayRows{old("2022-12-31", 3), shop(197)}, false},
		"a year and a day before":                    {[]ledger.DayRows{old("2023-01-01", 1), shop(99)}, false},
		"a default day, not so far":                  {[]ledger.DayRows{old("2023-06-01", 1), shop(99)}, false},
		"a default day of many":                      {[]ledger.DayRows{old("1970-01-01", 50), shop(99)}, true},
		"a day beside a default":                     {[]ledger.DayRows{old("1969-12-31", 50), shop(99)}, true},
		"two days beside":                            {[]ledger.DayRows{old("1969-12-30", 50), shop(99)}, false},
		"days of one stretch, one of them a default": {[]ledger.DayRows{old("1970-01-01", 50), old("1970-03-01", 9), shop(99)}, false},
	} {
		require.Equal(t, c.said, len(farOff(c.days, time.Time{})) == 1, name)
	}
	// Of two stretches with as many rows, the earlier is the shop.
	require.Empty(t, farOff([]ledger.DayRows{old("2020-01-05", 50), shop(50)}, time.Time{}))
	found := farOff([]ledger.DayRows{shop(99), old("2030-05-05", 1)}, nighttest.Day(t, "2024-07-01"))
	require.Equal(t, []string{"1 transaction on 2030-05-05, the last before is of 2024-01-02; look for a default date or a mistyped year: what is after as_of is set aside"}, wording.In("en").WordAll(found))
}

// `as_of: latest` may be a year and a day after what came before.
func TestNewestAtItsEdge(t *testing.T) {
	j := nighttest.Job(t, "")
	first := ledger.DayRows{Day: nighttest.Day(t, "2023-01-01"), Rows: 5}
	for day, refused := range map[string]bool{"2024-01-02": false, "2024-01-03": true, "2023-01-02": false} {
		err := checkNewest(j, []ledger.DayRows{first, {Day: nighttest.Day(t, day), Rows: 1}})
		require.Equal(t, refused, err != nil, day)
	}
	require.NoError(t, checkNewest(j, []ledger.DayRows{first}))
}

// The reason under which most rows were set aside is the one that is named.
func TestNothingUsable(t *testing.T) {
	j := nighttest.Job(t, "")
	tally := func(n ...int64) ledger.Tally {
		of := ledger.Tally{Rejected: map[ledger.Reason]ledger.Count{}}
		for i, reason := range []ledger.Reason{ledger.Anonymous, ledger.AmountUnreadable, ledger.TimeUnreadable} {
			of.Rejected[reason] = rows(n[i])
			of.Read.Rows += n[i]
		}
		return of
	}
	for want, most := range map[string][]int64{"anonymous": {9, 3, 4}, "amount_unreadable": {1, 9, 2}, "time_unreadable": {3, 2, 9}} {
		err := checkUsable(j, ledger.Account{BySource: []ledger.Tally{tally(most...)}})
		require.ErrorContains(t, err, fmt.Sprintf("rows can be used: 9 are set aside as %s;", want))
	}
	require.ErrorContains(t, checkUsable(j, ledger.Account{BySource: []ledger.Tally{{}}}), "holds a header and no rows")
	require.NoError(t, checkUsable(j, ledger.Account{Total: ledger.Tally{Used: rows(1)}}))
}

func TestStretches(t *testing.T) {
	days := slices.Concat(on("2020-01-01", 1, 2), on("2021-01-02", 366, 2), on("2023-01-06", 1, 1))
	all := stretches(days)
	require.Len(t, all, 2)
	require.Equal(t, []int64{4, 1}, []int64{all[0].rows, all[1].rows})
	require.Equal(t, "from 2020-01-01 to 2022-01-03", all[0].when().String())
	require.EqualValues(t, 368, calendar.DayOf(all[1].first)-calendar.DayOf(all[0].last))
}
