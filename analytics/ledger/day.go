package ledger

import (
	"strings"

	"clientele/analytics/engine"
)

// givenSQL tells whether a row has a time at all: whether any of the export's
// columns that the time is made of has a value. An expression that fails on a
// value gives NULL too, and its row must not count as one without a time.
func (b *batch) givenSQL(m mapped, columns []columnSQL) string {
	var parts []string
	for i, c := range b.columns {
		if names(m.sql, c.name) {
			parts = append(parts, "nullif("+trimmedSQL("CAST("+columns[i].Raw+" AS VARCHAR)")+", '')")
		}
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
func daySQL(kind string, formats []string, zone, sourceZone string) string {
	const v = `"clientele.time"`
	at := func(instant string) string {
		return "CAST(timezone(" + engine.Literal(zone) + ", " + instant + ") AS DATE)"
	}
	wall := func(timestamp string) string {
		if sourceZone == "" || sourceZone == zone {
			return "CAST(" + timestamp + " AS DATE)"
		}
		return at("timezone(" + engine.Literal(sourceZone) + ", " + timestamp + ")")
	}
	switch {
	case kind == "VARCHAR":
		return textDaySQL(v, formats, at, wall)
	case kind == "DATE":
		return v
	case strings.HasSuffix(kind, "WITH TIME ZONE"):
		return at(v)
	default:
		return wall("CAST(" + v + " AS TIMESTAMP)")
	}
}

// textDaySQL reads a day from text: a date alone is that day in any zone.
func textDaySQL(text string, formats []string, at, wall func(string) string) string {
	// The sign of an offset cannot stand before the eleventh character, the
	// dashes of a date cannot stand after the tenth.
	tail := "substr(" + text + ", 11)"
	zoned := "(ends_with(" + text + ", 'Z') OR contains(" + tail + ", '+') OR contains(" + tail + ", '-'))"
	// The cast comes last: it takes 13-02-10 for a day in the year 13.
	var parsed []string
	for _, f := range formats {
		parsed = append(parsed, "try_strptime("+text+", "+engine.Literal(f)+")")
	}
	read := "coalesce(" + strings.Join(append(parsed, "TRY_CAST("+text+" AS TIMESTAMP)"), ", ") + ")"
	return "CASE WHEN length(" + text + ") <= 10 THEN CAST(" + read + " AS DATE)" +
		" WHEN " + zoned + " THEN " + at("TRY_CAST("+text+" AS TIMESTAMPTZ)") +
		" ELSE " + wall(read) + " END"
}
