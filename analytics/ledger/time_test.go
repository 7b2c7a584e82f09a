package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// days loads times and gives, per row, the day or the reason why there is none.
func (s *shop) days(times []string, jobZone, sourceZone string) []string {
	s.t.Helper()
	s.write("export.csv", "id,day,amount\n1,\""+strings.Join(times, "\",1\n1,\"")+"\",1\n")
	text := head + "timezone: " + jobZone + "\nsources:\n"
	if sourceZone == "" {
		text += source("export.csv")
	} else {
		text += source("export.csv", "timezone: "+sourceZone)
	}
	s.load(text)
	return s.cells("coalesce(reason, CAST(day AS VARCHAR))")
}

func TestTimes(t *testing.T) {
	const utc, london, shanghai, newYork = "UTC", "Europe/London", "Asia/Shanghai", "America/New_York"
	for _, c := range []struct{ time, job, source, want string }{
		// A day alone is that day in any zone.
		{"2024-03-31", utc, "", "2024-03-31"},
		{"2024-03-31", shanghai, newYork, "2024-03-31"},
		{"2024-03-31", newYork, shanghai, "2024-03-31"}, // midnight in Shanghai is the day before in New York
		{" 2024-03-31 ", utc, "", "2024-03-31"},
		{"2024-03-31\t", utc, "", "2024-03-31"},
		{"2024-03-31 23:30:00\t", shanghai, utc, "2024-04-01"},
		{"2024年3月31日\t", utc, "", "2024-03-31"},
		{"2024/3/5", utc, "", "2024-03-05"},
		// What a clock on the wall showed, in the job's zone or the source's.
		{"2024-03-31 23:30:00", utc, "", "2024-03-31"},
		{"2024-03-31 23:30:00", shanghai, "", "2024-03-31"},
		{"2024-03-31 23:30:00", shanghai, shanghai, "2024-03-31"},
		{"2024-03-31 23:30:00", shanghai, utc, "2024-04-01"},
		{"2024-03-31 00:30:00", newYork, london, "2024-03-30"},
		{"2024-03-31T23:30", shanghai, utc, "2024-04-01"},
		{"2024-03-31 23:59:59.999999", utc, "", "2024-03-31"},
		// An instant that names its zone: the source's zone does not matter.
		{"2024-03-31T23:30:00Z", utc, "", "2024-03-31"},
		{"2024-03-31T23:30:00Z", shanghai, newYork, "2024-04-01"},
		{"2024-03-31T23:30:00.123Z", shanghai, "", "2024-04-01"},
		{"2024-03-31T23:30:00-05:00", utc, "", "2024-04-01"},
		{"2024-03-31 23:30:00-05", utc, "", "2024-04-01"},
		{"2024-04-01T07:30:00+0800", utc, "", "2024-03-31"},
		{"2024-04-01 07:30:00 +0800", utc, "", "2024-03-31"},
		{"2024-03-31 23:30:00 -05:00", utc, "", "2024-04-01"},
		{"2024-03-31 23:30:00 UTC", shanghai, newYork, "2024-04-01"},
		{"2024-03-31 23:30:00 GMT", shanghai, newYork, "2024-04-01"},
		{"2024-03-31T23:30Z", shanghai, newYork, "2024-04-01"},
		{"2024-03-31 23:30 UTC", shanghai, newYork, "2024-04-01"},
		{"2024-03-31T23:30-05:00", utc, "", "2024-04-01"},
		{"2024-04-01 07:30 +0800", utc, "", "2024-03-31"},
		{"2024-03-31 23:30+99:99", utc, "", "time_unreadable"},
		{"2024-03-31 23:30:00.5 UTC", newYork, "", "2024-03-31"},
		{"2024-04-01 07:30:00+08:00", utc, "", "2024-03-31"},
		{"2024-04-01 07:30:00+08:00", shanghai, "", "2024-04-01"},
		// Nights on which clocks change: 01:30 does not exist in London on 31
		// March 2024 and happens twice on 27 October.
		{"2024-03-31 01:30:00", london, "", "2024-03-31"},
		{"2024-10-27 01:30:00", london, "", "2024-10-27"},
		{"2024-03-31 01:30:00", utc, london, "2024-03-31"},
		{"2024-03-31T23:30:00Z", london, "", "2024-04-01"}, // summer: +01:00
		{"2024-03-30T23:30:00Z", london, "", "2024-03-30"}, // winter
		{"2024-10-26T23:30:00Z", london, "", "2024-10-27"},
		{"2024-10-27T23:30:00Z", london, "", "2024-10-27"},
		{"2024-11-03T04:30:00Z", newYork, "", "2024-11-03"},
		{"2024-11-03T03:30:00Z", newYork, "", "2024-11-02"},
		// No time, and no such time.
		{"", utc, "", "no_time"},
		{"   ", utc, "", "no_time"},
		{"2024-02-30", utc, "", "time_unreadable"},
		{"2024-13-01 10:00:00", utc, "", "time_unreadable"},
		{"2024-01-01 25:00:00", utc, "", "time_unreadable"},
		{"0000-00-00 00:00:00", utc, "", "time_unreadable"},
		{"0013-02-10", utc, "", "time_unreadable"},
		{"yesterday", utc, "", "time_unreadable"},
		{"infinity", utc, "", "time_unreadable"},
		{"12345-01-01", utc, "", "time_unreadable"},
		{"1710000000", utc, "", "2024-03-09"},
		{"171000000", utc, "", "time_unreadable"},
		{"2024-02-29", utc, "", "2024-02-29"},
		{"2030-01-01", utc, "", "2030-01-01"}, // as_of itself counts
		{"2030-01-01 23:59:59", utc, "", "2030-01-01"},
		{"2030-01-02", utc, "", "after_as_of"},
		{"2029-12-31T23:00:00Z", shanghai, "", "2030-01-01"},
		{"2030-01-01T17:00:00Z", shanghai, "", "after_as_of"},
	} {
		s := newShop(t)
		require.Equal(t, []string{c.want}, s.days([]string{c.time}, c.job, c.source), "%+v", c)
	}
}

// Times that are not ISO are read by the notation that the values show.
func TestNotations(t *testing.T) {
	for _, c := range []struct {
		times []string
		want  []string
	}{
		{[]string{"12/1/2010 8:26", "12/13/2010 18:01"}, []string{"2010-12-01", "2010-12-13"}},
		{[]string{"01/12/2010 08:26:59", "13/12/2010 18:01:00"}, []string{"2010-12-01", "2010-12-13"}},
		{[]string{"01.12.2010", "13.12.2010", "31.12.2010 23:59"}, []string{"2010-12-01", "2010-12-13", "2010-12-31"}},
		{[]string{"1/2/10", "13/2/10"}, []string{"2010-02-01", "2010-02-13"}},
		{[]string{"1.12.10 8:26", "13.12.10 8:26"}, []string{"2010-12-01", "2010-12-13"}},
		{[]string{"13-02-45", "14-02-45"}, []string{"after_as_of", "after_as_of"}},
		{[]string{"12/31/2010 11:59 PM", "1/1/2011 12:00 AM"}, []string{"2010-12-31", "2011-01-01"}},
		{[]string{"20101201", "20101231"}, []string{"2010-12-01", "2010-12-31"}},
		{[]string{"20101201 10:00:00"}, []string{"2010-12-01"}},
		{[]string{"2010年12月1日", "2010年12月31日"}, []string{"2010-12-01", "2010-12-31"}},
		{[]string{"2010.12.01 08:26", "2010.12.31 08:26"}, []string{"2010-12-01", "2010-12-31"}},
		{[]string{"2010-12-1 8:26"}, []string{"2010-12-01"}},
		// One typing error does not turn the order of the rest around.
		{[]string{"12/1/2010", "12/14/2010", "12/15/2010", "13/12/2010"}, []string{"2010-12-01", "2010-12-14", "2010-12-15", "time_unreadable"}},
		// Nor do a few among ISO dates make the others readable.
		{[]string{"2010-12-01", "2010-12-02", "2010-12-03", "3/4/2010"}, []string{"2010-12-01", "2010-12-02", "2010-12-03", "time_unreadable"}},
		{[]string{"12/13/2010", "2010-12-01", "12/14/2010", "nonsense", ""}, []string{"2010-12-13", "2010-12-01", "2010-12-14", "time_unreadable", "no_time"}},
	} {
		s := newShop(t)
		require.Equal(t, c.want, s.days(c.times, "UTC", ""), "%q", c.times)
	}
}

// The clock on the wall is one wherever its notation comes from.
func TestNotationInAnotherZone(t *testing.T) {
	s := newShop(t)
	require.Equal(t, []string{"2010-12-14", "2010-12-13"}, s.days([]string{"12/13/2010 23:30", "12/13/2010"}, "Asia/Shanghai", "UTC"))
}

// 5/6/2010 alone may be in May or in June: another file of the source decides
// and, where there is none, the job file must.
func TestAmbiguousDates(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,amount\n1,5/6/2010,1\n")
	s.write("in/2.csv", "amount,id,day\n1,1,5/7/2010\n")
	s.write("in/3.csv", "day,id,amount\n5/13/2010,1,1\n")
	s.load(head + "sources:\n" + source("in"))
	require.Equal(t, []string{"2010-05-06", "2010-05-07", "2010-05-13"}, s.cells("day"))

	err := s.refusal(head + "sources:\n" + source("in/[12].csv"))
	var wrong job.Errors
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, "columns.time", strings.TrimPrefix(wrong[0].Key, "sources.0."))
	require.Equal(t, `its values may be read in more than one order of day, month and year, as 01/02/2003 could be; say which in sources.0.dates: dmy or mdy`, wrong[0].Message)

	// Where the order makes no difference, none need be said.
	require.Equal(t, []string{"2010-05-05", "2010-05-05"}, s.days([]string{"5/5/2010", "05/05/2010 10:00"}, "UTC", ""))

	// With two digits and dashes the year may come first as well.
	s.write("export.csv", "id,day,amount\n1,13-02-10,1\n1,14-02-10,1\n")
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("export.csv")), `as 01-02-03 could be`)

	for _, stated := range []string{"dates: dmy", "dates: '%d/%m/%Y'", "dates: ['%Y-%m-%d', '%d/%m/%Y']"} {
		s.load(head + "sources:\n" + source("in/[12].csv", stated))
		require.Equal(t, []string{"2010-06-05", "2010-07-05"}, s.cells("day"), stated)
	}
	s.load(head + "sources:\n" + source("in/[12].csv", "dates: mdy"))
	require.Equal(t, []string{"2010-05-06", "2010-05-07"}, s.cells("day"))
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("in/[12].csv", "dates: '%q'")), `"%q" is no pattern of strptime`)

	s.load(head + "sources:\n  - path: in/[12].csv\n    columns: {customer: id, time: \"strptime(day, '%d/%m/%Y')\", amount: amount}\n")
	require.Equal(t, []string{"2010-06-05", "2010-07-05"}, s.cells("day"))
}

func TestTimeExpressions(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct{ value, expression, want string }{
		{"01.12.2010", "strptime(day, '%d.%m.%Y')", "2010-12-01"},
		{"12/1/2010 8:26", "strptime(day, '%m/%d/%Y %H:%M')", "2010-12-01"},
		{"1291191960", "to_timestamp(day)", "2010-12-01"},
		{"1291191960", "to_timestamp(CAST(day AS BIGINT))", "2010-12-01"},
		{"1291191960000", "epoch_ms(CAST(day AS BIGINT))", "2010-12-01"},
		{"x2010-12-01", "substr(day, 2)", "2010-12-01"},
		{"2010-12-01", "CAST(day AS DATE) + 1", "2010-12-02"},
		{"2010-12-01", "day || ' 23:30'", "2010-12-01"},
		{"40513", "DATE '1899-12-30' + CAST(day AS INTEGER)", "2010-12-01"}, // a spreadsheet's day number
		{"n/a", "strptime(day, '%d.%m.%Y')", "time_unreadable"},
		{"", "strptime(day, '%d.%m.%Y')", "no_time"},
	} {
		s.write("export.csv", "id,day,amount\n1,"+c.value+",1\n")
		s.load(head + "sources:\n  - path: export.csv\n    columns:\n      customer: id\n      amount: amount\n      time: >-\n        " + c.expression + "\n")
		require.Equal(t, []string{c.want}, s.cells("coalesce(reason, CAST(day AS VARCHAR))"), "%+v", c)
	}
}

func TestTypedTimes(t *testing.T) {
	s := newShop(t)
	for _, c := range []struct{ value, zone, sourceZone, want string }{
		{"DATE '2010-12-01'", "Asia/Shanghai", "America/New_York", "2010-12-01"},
		{"DATE '2010-12-01'", "America/New_York", "Asia/Shanghai", "2010-12-01"},
		{"TIMESTAMP '2010-12-01 23:30'", "Asia/Shanghai", "", "2010-12-01"},
		{"TIMESTAMP '2010-12-01 23:30'", "Asia/Shanghai", "UTC", "2010-12-02"},
		{"TIMESTAMP_NS '2010-12-01 23:30'", "UTC", "", "2010-12-01"},
		{"TIMESTAMP_S '2010-12-01 23:30'", "Asia/Shanghai", "UTC", "2010-12-02"},
		{"TIMESTAMPTZ '2010-12-01 23:30:00+00'", "Asia/Shanghai", "", "2010-12-02"},
		{"TIMESTAMPTZ '2010-12-01 23:30:00+00'", "UTC", "Asia/Shanghai", "2010-12-01"},
		{"'2010-12-01T23:30:00Z'", "Asia/Shanghai", "", "2010-12-02"},
		{"NULL::TIMESTAMP", "UTC", "", "no_time"},
		{"NULL::DATE", "UTC", "", "no_time"},
		{"NULL::TIMESTAMPTZ", "UTC", "", "no_time"},
		{"'infinity'::TIMESTAMP", "UTC", "", "time_unreadable"},
		{"DATE '0001-01-01'", "UTC", "", "time_unreadable"},
	} {
		s.copyTo("export.parquet", "SELECT 1 AS id, 1 AS amount, "+c.value+" AS day", "FORMAT parquet")
		zone := ""
		if c.sourceZone != "" {
			zone = "timezone: " + c.sourceZone
		}
		s.load(fmt.Sprintf("%stimezone: %s\nsources:\n%s", head, c.zone, source("export.parquet", zone)))
		require.Equal(t, []string{c.want}, s.cells("coalesce(reason, CAST(day AS VARCHAR))"), "%+v", c)
	}
}

// Without a limit every day counts.
func TestLatest(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\n1,2024-01-01,1\n1,2999-01-01,1\n")
	plan := s.load("name: shop\nas_of: latest\nsources:\n" + source("export.csv"))
	a := s.tally(plan)
	require.Equal(t, int64(2), a.Total.Used.Rows)
	require.Equal(t, "2024-01-01", a.FirstDay.Format("2006-01-02"))
	require.Equal(t, "2999-01-01", a.NewestDay.Format("2006-01-02"))
}

// A date and a clock in two columns are one time.
func TestDateAndClock(t *testing.T) {
	s := newShop(t)
	const yaml = head + "timezone: Asia/Shanghai\nsources:\n  - path: export.csv\n    timezone: UTC\n    columns: {customer: id, time: [Datum, Uhr], amount: amount}\n"
	s.write("export.csv", "id;Datum;Uhr;amount\n1;23.01.2024;15:30;1\n1;23.01.2024;16:30:10;1\n1;23.01.2024;;1\n1;23.01.2024;11:30 PM;1\n1;23.01.2024 00:00:00;23:30;1\n1;23.01.2024;noon;1\n1;;23:30;1\n1;24.01.2024;233000;1\n")
	s.load(yaml)
	require.Equal(t, []string{"2024-01-23", "2024-01-24", "2024-01-23", "2024-01-24", "2024-01-24", "time_unreadable", "no_time", "2024-01-25"}, s.cells("coalesce(reason, CAST(day AS VARCHAR))"))

	s.copyTo("export.parquet", "SELECT 1 AS id, DATE '2024-01-23' AS Datum, TIME '16:30:00' AS Uhr, 1 AS amount", "FORMAT parquet")
	s.load(strings.Replace(yaml, "export.csv", "export.parquet", 1))
	require.Equal(t, []string{"2024-01-24"}, s.cells("day"))
}

// Counts in typed columns are read as those in text are.
func TestTypedCounts(t *testing.T) {
	s := newShop(t)
	for value, want := range map[string]string{
		"1706048531": "2024-01-23", "1706048531123": "2024-01-23", "CAST(1706048531 AS DOUBLE)": "2024-01-23", "20240123": "2024-01-23", "45314": "2024-01-23", "CAST(45314.93 AS DOUBLE)": "2024-01-23",
	} {
		s.copyTo("export.parquet", "SELECT 1 AS id, "+value+" AS day, 1 AS amount", "FORMAT parquet")
		s.load(head + "sources:\n" + source("export.parquet"))
		require.Equal(t, []string{want}, s.cells("coalesce(reason, CAST(day AS VARCHAR))"), value)
	}
}

// 24/01/31 is of 2031 where most days are written so, and of 2024 where the job says it. Where
// the last number has too many values for a year, the job must say it.
func TestYearsThatLead(t *testing.T) {
	month := func(day func(int) string, days int) (times []string) {
		for d := 1; d <= days; d++ {
			times = append(times, day(d))
		}
		return times
	}
	for _, sep := range []string{"/", "."} {
		yearFirst := func(d int) string { return fmt.Sprintf("24%s01%s%02d", sep, sep, d) }
		dayFirst := func(d int) string { return fmt.Sprintf("%02d%s01%s24", d, sep, sep) }
		s := newShop(t)
		s.write("export.csv", "id,day,amount\n1,"+strings.Join(month(yearFirst, 31), ",1\n1,")+",1\n")
		s.write("in/1.csv", "id,day,amount\n1,"+strings.Join(month(yearFirst, 8), " 10:30,1\n1,")+" 10:30,1\n")
		s.write("in/2.csv", "id,day,amount\n1,24"+sep+"02"+sep+"29,1\n1,"+strings.Join(month(yearFirst, 31)[8:], ",1\n1,")+",1\n")
		for _, path := range []string{"export.csv", "in"} {
			require.ErrorContains(t, s.refusal(head+"sources:\n"+source(path)), "say which in sources.0.dates: dmy or ymd")
			s.load(head + "sources:\n" + source(path, "dates: ymd"))
			require.Equal(t, "2024-01-01", s.cells("day")[0])
			require.Equal(t, "2024-01-31", s.cells("day")[len(s.cells("day"))-1])
		}
		s.load(head + "sources:\n" + source("export.csv", "dates: dmy"))
		require.Equal(t, "2001-01-24", s.cells("day")[0])

		// Days of a month, one that there is not, and two of them.
		days := s.days(append(month(dayFirst, 31), "31"+sep+"04"+sep+"24"), "UTC", "")
		require.Equal(t, []string{"2024-01-01", "2024-01-31", "time_unreadable"}, []string{days[0], days[30], days[31]})
		require.Equal(t, []string{"2008-01-15", "2009-01-15"}, s.days([]string{dayFirst(15)[:6] + "08", dayFirst(15)[:6] + "09"}, "UTC", ""))
	}
}

// All rows decide the order of day and month, and not the first ones that are looked at.
func TestTimesBeyondTheSample(t *testing.T) {
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		export := func(times ...string) {
			s.write("export.csv", "id,day,amount\n"+strings.Repeat("1,5/6/2010,1\n", 21_000)+"1,"+strings.Join(times, ",1\n1,")+",1\n")
		}
		last := func() string { return strings.Join(s.cells("day || coalesce(reason, '')")[20_999:], " ") }
		yaml := head + "sources:\n" + source("export.csv")
		export("23/6/2010")
		s.load(yaml)
		require.Equal(t, "2010-06-05 2010-06-23", last())
		export("6/23/2010")
		s.load(yaml)
		require.Equal(t, "2010-05-06 2010-06-23", last())
		export("23 Jun 2010", "1/6/2010 10:22pm", "6/23/2010")
		s.load(yaml)
		require.Equal(t, "2010-05-06 2010-06-23 2010-01-06 2010-06-23", last())
		export("7/6/2010")
		require.ErrorContains(t, s.refusal(yaml), "say which in sources.0.dates: dmy or mdy")
	}
}

// Rows that contradict the others are no reason to read these wrongly.
func TestTimesThatContradict(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\n"+strings.Repeat("1,23/6/2010,1\n", 21_000)+strings.Repeat("1,6/23/2010,1\n", 400))
	err := s.refusal(head + "sources:\n" + source("export.csv"))
	require.ErrorContains(t, err, "export.csv:21002: 400 of 21400 times, the first on this line, have day, month and year in another order than dmy")
}

// The name of a zone that the source does not have is asked for.
func TestNamesOfOtherZones(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\n1,2024-01-23 22:22:11 PST,1\n1,2024-01-23 22:22:11 PST,1\n")
	err := s.refusal(head + "timezone: Europe/London\nsources:\n" + source("export.csv"))
	require.ErrorContains(t, err, "export.csv:2: 2 times, the first on this line, end with the name of a zone that is not one of Europe/London; state the zone whose clocks have such names in sources.0.timezone")
}
