package ledger

import (
	"fmt"
	"time"

	"clientele/analytics/engine/dialect"
)

// A time of digits alone is told by its size. Shops have times from 1990 to a year after
// the night, and there the ways to count them do not overlap: days of a spreadsheet have
// five digits, seconds since 1970 nine or ten, milliseconds 12 or 13, microseconds 15 or 16;
// 202401031022 has twelve and 20240103102211 fourteen, and would be milliseconds of 1976.

// firstDigitsDay is the first day of times that are written in digits.
var firstDigitsDay = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// laterDigitsPattern is how digits look that are a time, whatever the last day is: eight of them are
// seconds before the first.
const laterDigitsPattern = `(?:\d{5,7}|\d{9,16})(?:\.\d+)?`

// endOfTimes is after every night.
var endOfTimes = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// digitsDaySQL is the day of a time of digits; limit is a day after which there are none.
func digitsDaySQL(text string, limit time.Time, at, wall func(string) string) string {
	number := "TRY_CAST(" + text + " AS DECIMAL(28, 9))"
	within := func(unit string, perSecond int64) string {
		return fmt.Sprintf("%s BETWEEN %d AND %d THEN %s", number, firstDigitsDay.Unix()*perSecond, limit.Unix()*perSecond,
			at("timezone('UTC', "+unit+")"))
	}
	spreadsheet := func(t time.Time) int64 { return t.Unix()/86400 + 25569 } // 1970-01-01 is its day 25569
	clock := fmt.Sprintf("TIMESTAMP '1899-12-30' + to_milliseconds(CAST(round(%s * 86400) * 1000 AS BIGINT))", number)
	compact := func(format string) string {
		return "try_strptime(" + text + ", '" + format + "') BETWEEN TIMESTAMP '" + firstDigitsDay.Format(time.DateOnly) + "' AND TIMESTAMP '" + limit.Format(time.DateOnly) + "' THEN " + wall("try_strptime("+text+", '"+format+"')")
	}
	return fmt.Sprintf(`CASE WHEN NOT %s THEN NULL
            WHEN NOT contains(%[2]s, '.') AND length(%[2]s) = 14 THEN CASE WHEN %[3]s END
            WHEN NOT contains(%[2]s, '.') AND length(%[2]s) = 12 AND %[4]s
            WHEN NOT contains(%[2]s, '.') AND %[5]s BETWEEN %[6]d AND %[7]d THEN DATE '1899-12-30' + CAST(%[5]s AS INTEGER)
            WHEN %[5]s BETWEEN %[6]d AND %[7]d + 1 THEN %[8]s
            WHEN %[9]s
            WHEN %[10]s
            WHEN %[11]s END`,
		fullMatch(dialect.DuckDB, text, `\d{5,16}(?:\.\d+)?`), text, compact("%Y%m%d%H%M%S"), compact("%Y%m%d%H%M"),
		number, spreadsheet(firstDigitsDay), spreadsheet(limit), wall(clock),
		within(epoch(number, 1e6), 1), within(epoch(number, 1e3), 1e3), within(epoch(number, 1), 1e6))
}

// epoch is the time of a count since 1970.
func epoch(number string, microseconds int64) string {
	return fmt.Sprintf("make_timestamp(CAST(floor(%s * %d) AS BIGINT))", number, microseconds)
}
