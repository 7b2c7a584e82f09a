package ledger

import (
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// givenSQL tells whether a row has a time at all: whether any of the export's
// columns that the time is made of has a value. An expression that fails on a
// value gives NULL too, and its row must not count as one without a time.
func (v values) givenSQL(m mapped) string {
	if v.isTidied != nil && v.isTidied(m) {
		return v.text(m.name) + " IS NOT NULL"
	}
	var parts []string
	for _, i := range m.columns() {
		parts = append(parts, "nullif("+trimmedSQL(v.dialect, "CAST("+rawColumn(i)+" AS STRING)")+", '')")
	}
	if parts == nil {
		return m.result() + " IS NOT NULL"
	}
	return "coalesce(" + strings.Join(parts, ", ") + ") IS NOT NULL"
}

// daySQL is the calendar day of a bound time in the job's zone, NULL where it
// cannot be read.
//
// A time that names its zone (`...Z`, `...+08:00`, or a type with a zone) is
// an instant, and its day is the day in the job's zone. A time that names none
// is what a clock on the wall showed: in the source's zone if it states one,
// else in the job's, where its day is simply the day that is written.
func daySQL(kind string, r *timeReading, zone, sourceZone string) string {
	return clockSQL(`"clientele.time"`, "DATE", kind, r, zone, sourceZone)
}

// clockSQL is what the clock of the job's zone shows at a time, as a type: DATE or
// TIMESTAMP. A date alone is its midnight.
func clockSQL(v, as, kind string, r *timeReading, zone, sourceZone string) string {
	at := func(instant string) string {
		return "CAST(timezone(" + engine.Literal(zone) + ", " + instant + ") AS " + as + ")"
	}
	wall := func(timestamp string) string {
		if sourceZone == "" || sourceZone == zone {
			return "CAST(" + timestamp + " AS " + as + ")"
		}
		return at(dialect.DuckDB.Write("instant", engine.Literal(sourceZone), timestamp))
	}
	switch {
	case kind == "DATE":
		return "CAST(" + v + " AS " + as + ")"
	case strings.HasSuffix(kind, "WITH TIME ZONE"):
		return at(v)
	case isTime(kind):
		return wall("CAST(" + v + " AS TIMESTAMP)")
	}
	return r.clockSQL(v, as, at, wall)
}

// clockSQL reads a time from text, in the ways that the source shows.
func (r *timeReading) clockSQL(text, as string, at, wall func(string) string) string {
	if r.patterns != nil {
		return r.patternSQL(text, as, at, wall)
	}
	ways := []string{textClockSQL(text, as, r.formats, at, wall)}
	var others []string
	if r.digits {
		others = append(others, digitsDaySQL(text, r.limit, at, wall))
	}
	if r.splits != nil {
		others = append(others, splitDaySQL(text, r.splits, r.zones, at, wall))
	}
	if r.other { // to try the engine's own reading and fail takes long
		ways = append(others, ways...)
	} else {
		ways = append(ways, others...)
	}
	return "CAST(coalesce(" + strings.Join(ways, ", ") + ") AS " + as + ")"
}

// patternSQL reads a time by the patterns that the job states.
func (r *timeReading) patternSQL(text, as string, at, wall func(string) string) string {
	var ways []string
	for _, pattern := range r.patterns {
		read := "try_strptime(" + text + ", " + engine.Literal(pattern) + ")"
		switch {
		case strings.Contains(pattern, "%z"), strings.Contains(pattern, "%Z"):
			read = at(read)
		case strings.ContainsAny(pattern, "HI"):
			read = wall(read)
		default: // a date alone is that day in any zone
			read = "CAST(" + read + " AS " + as + ")"
		}
		ways = append(ways, read)
	}
	return "CASE WHEN regexp_matches(" + text + `, '\d') THEN coalesce(` + strings.Join(ways, ", ") + ", NULL) END"
}

// startsWithDigitSQL excludes words that the engine reads as times: epoch and infinity.
func startsWithDigitSQL(text string) string { return "(" + text + " >= '0' AND " + text + " < ':')" }

// soundOffsetSQL tells whether the zone offset of a time exists. No clock is more than 18
// hours away from UTC (the bound of java.time for ISO 8601; the farthest in use are -12
// and +14). The engine would read +99:99.
func soundOffsetSQL(text string) string {
	return "(ends_with(" + text + ", 'Z') OR ends_with(" + text + ", 'UTC') OR ends_with(" + text + `, 'GMT') OR regexp_matches(` + text + `, '[+-]((0[0-9]|1[0-7])(:?[0-5][0-9]){0,2}|18(:?00){0,2})$'))`
}

// zoneWordsSQL writes a time with a zone in the way that the engine reads: UTC and GMT
// become Z, and a time of hours and minutes gets seconds. Few times need it.
func zoneWordsSQL(text string) string {
	return "regexp_replace(regexp_replace(" + text + `, ' ?(UTC|GMT)$', 'Z'), '^([^ T]+[ T]\d{1,2}:\d{2})( ?[-+Z])', '\1:00\2')`
}

// joinedOffsetSQL removes the space before an offset. Some shop systems write it, and the
// engine does not read it.
func joinedOffsetSQL(text string) string {
	return "CASE WHEN contains(" + text + ", ' +') OR contains(" + text + ", ' -') THEN replace(replace(" + text + ", ' +', '+'), ' -', '-') ELSE " + text + " END"
}

// textClockSQL is clockSQL of text: a date alone is that day in any zone.
func textClockSQL(text, as string, formats []string, at, wall func(string) string) string {
	// The sign of an offset cannot stand before the eleventh character, the
	// dashes of a date cannot stand after the tenth.
	tail := "substr(" + text + ", 11)"
	zoned := "(ends_with(" + text + ", 'Z') OR ends_with(" + text + ", 'UTC') OR ends_with(" + text + ", 'GMT') OR contains(" + tail + ", '+') OR contains(" + tail + ", '-'))"
	// The cast comes last: it takes 13-02-10 for a day in the year 13.
	var parsed []string
	for _, f := range formats {
		parsed = append(parsed, "try_strptime("+text+", "+engine.Literal(f)+")")
	}
	read := "coalesce(" + strings.Join(append(parsed, "TRY_CAST("+text+" AS TIMESTAMP)"), ", ") + ")"
	instant := "coalesce(TRY_CAST(" + joinedOffsetSQL(text) + " AS TIMESTAMPTZ), TRY_CAST(" + joinedOffsetSQL(zoneWordsSQL(text)) + " AS TIMESTAMPTZ))"
	return "CASE WHEN NOT " + startsWithDigitSQL(text) + " THEN NULL" +
		" WHEN length(" + text + ") <= 10 THEN CAST(" + read + " AS " + as + ")" +
		" WHEN " + zoned + " THEN CASE WHEN " + soundOffsetSQL(text) + " THEN " + at(instant) + " END" +
		" ELSE " + wall(read) + " END"
}
