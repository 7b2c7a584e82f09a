package analytics_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
)

// aboutDays are the warnings about days that lie far from the rest, or from the night.
func aboutDays(r *analytics.Result) []string {
	var found []string
	for _, w := range r.Warnings {
		if strings.Contains(w, "default date") || strings.HasPrefix(w, "as_of: ") {
			found = append(found, w)
		}
	}
	return found
}

const rowAdvice = "; look for a default date or a mistyped year, and leave such rows out with sources[].where: stages and lifetime values reckon with the time between"

// One row of 1970 moves the stages of others, and is said (shared/cases/case40).
func TestLoneDefaultDate(t *testing.T) {
	require.Equal(t, []string{"1 transaction on 1970-01-01, the next is of 2024-01-01" + rowAdvice}, aboutDays(runCase(t, "case40")))
	clean := publishJob(t, caseFile(t, "case40", "job_clean.yaml"), "output.dir="+t.TempDir())
	require.Empty(t, aboutDays(clean))
}

// Exports that end long before the night are said (shared/cases/case39).
func TestExportsThatEndedLongAgo(t *testing.T) {
	r := runCase(t, "case39", "as_of=2026-11-25")
	require.Equal(t, []string{
		"as_of: 2026-11-25 is 524 days after the newest transaction, of 2025-06-19: customers look as if they had left; if the exports end there, use as_of: latest",
	}, aboutDays(r))
	require.Empty(t, aboutDays(runCase(t, "case39", "as_of=latest")))
	require.Empty(t, aboutDays(runCase(t, "case39", "as_of=2026-11-25", "guard.age=24 months")), "a limit of one's own")
}

// daily are rows of customers who buy on every so many days, from a day on.
func daily(from string, days, every int) string {
	var rows strings.Builder
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		panic(err)
	}
	for d := 0; d < days; d += every {
		fmt.Fprintf(&rows, "c%02d,%s,10\n", d/every%13, first.AddDate(0, 0, d).Format(time.DateOnly))
	}
	return rows.String()
}

func TestDaysFarFromTheRest(t *testing.T) {
	shop := daily("2025-01-01", 540, 1) // up to 2026-06-24
	for name, c := range map[string]struct {
		rows string
		want []string
	}{
		"nothing odd": {shop, nil},
		"a default date of many, however many": {
			shop + strings.Repeat("c01,1970-01-01,5\n", 200),
			[]string{"200 transactions on 1970-01-01, the next is of 2025-01-01" + rowAdvice},
		},
		"two default dates and a mistyped year": {
			shop + "c01,1899-12-30,5\nc02,1970-01-01,5\nc03,2015-03-07,5\n",
			[]string{
				"1 transaction on 1899-12-30, the next is of 1970-01-01" + rowAdvice,
				"1 transaction on 1970-01-01, the next is of 2015-03-07" + rowAdvice,
				"1 transaction on 2015-03-07, the next is of 2025-01-01" + rowAdvice,
			},
		},
		"after the night": {
			shop + "c01,9999-12-31,5\nc02,9999-12-31,5\n",
			[]string{"2 transactions on 9999-12-31, the last before is of 2026-06-24; look for a default date or a mistyped year: what is after as_of is set aside"},
		},
		"a few days of long ago": {
			shop + "c01,2010-05-01,5\nc02,2010-05-09,5\n",
			[]string{"2 transactions from 2010-05-01 to 2010-05-09, the next is of 2025-01-01" + rowAdvice},
		},
		"a shop that was closed for two years": {daily("2021-01-01", 300, 1) + shop, nil},
		"once a year":                          {daily("2015-06-20", 4100, 365), nil},
		"three rows":                           {"a,2021-03-01,5\na,2023-06-01,5\nb,2026-06-01,5\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, aboutDays(publishCSV(t, c.rows, "clv=off")))
		})
	}
}

// How old exports may be goes by the shop's own days: a weekend or two weeks of
// holiday are nothing, nor is a quiet season in a shop that knows such.
func TestAgeGoesByTheShop(t *testing.T) {
	const newest = "2026-06-24"
	for name, c := range map[string]struct {
		rows  string
		night string
		warns bool
	}{
		"two weeks":               {daily("2025-01-01", 540, 1), "2026-07-08", false},
		"two weeks and a day":     {daily("2025-01-01", 540, 1), "2026-07-09", true},
		"every twelve days":       {daily("2025-01-12", 535, 12), "2026-07-18", false},
		"every twelve days, late": {daily("2025-01-12", 535, 12), "2026-07-19", true},
		"a few days":              {daily("2026-06-15", 10, 1), "2026-09-23", false},
		"a few days, long ago":    {daily("2026-06-15", 10, 1), "2026-09-24", true},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, c.rows, newest)
			require.Equal(t, c.warns, len(aboutDays(publishCSV(t, c.rows, "clv=off", "as_of="+c.night))) > 0)
		})
	}
}
