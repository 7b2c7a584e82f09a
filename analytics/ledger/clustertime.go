package ledger

import (
	"context"
	"fmt"
	"strings"

	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// The ways of writing a time that both engines read, and read alike.
const (
	isoDay     = `\d{4}-\d{1,2}-\d{1,2}`
	isoClock   = `[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?`
	isoOffset  = ` ?(?:Z|UTC|GMT|[+-](?:0\d|1[0-7])(?::?[0-5]\d)?)`
	timeOfText = `"clientele.time"`
	// isoShape is any of it, also of a day or an hour that does not exist, which no engine reads.
	isoShape = isoDay + `(?:[ T](?!24)\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:` + isoOffset + `)?)?`
)

// daySQL is the calendar day of a bound time in the job's zone.
func (p *Plan) daySQL(b *batch, kind string) string { return p.clockSQL(b, "DATE", kind) }

// clockSQL is what the clock of the job's zone shows at a bound time.
func (p *Plan) clockSQL(b *batch, as, kind string) string {
	zone, own := p.job.Timezone, p.job.Sources[b.source].Timezone
	if !p.onCluster() {
		r := p.times[b.source]
		read := clockSQL(timeOfText, as, kind, r, zone, own)
		if b.tellsISO() && r.readsISO() {
			read = "coalesce(" + isoClockSQL(as, zone, own) + ", " + read + ")"
		}
		return read
	}
	if as == "TIMESTAMP" {
		as = "TIMESTAMP_NTZ"
	}
	d := dialect.Spark
	at := func(instant string) string {
		return "CAST(" + d.Write("clock", d.Literal(zone), instant) + " AS " + as + ")"
	}
	wall := func(shown string) string {
		if own == "" || own == zone {
			return "CAST(" + shown + " AS " + as + ")"
		}
		return at(d.Write("instant", d.Literal(own), shown))
	}
	switch {
	case kind == "DATE":
		return "CAST(" + timeOfText + " AS " + as + ")"
	case strings.HasSuffix(kind, "WITH TIME ZONE"):
		return at(timeOfText)
	case isTime(kind):
		return wall(timeOfText)
	}
	formats, _ := notationsOnCluster(p.times[b.source])
	var ways []string
	for _, n := range formats {
		ways = append(ways, n.readSQL(as, wall))
	}
	if p.times[b.source].patterns == nil {
		ways = append(ways, isoOnCluster(as, at, wall))
	}
	return "coalesce(" + strings.Join(ways, ", ") + ")"
}

// isoOnCluster is what the clock shows at a time that is written as ISO 8601 does.
func isoOnCluster(as string, at, wall func(string) string) string {
	d := dialect.Spark
	matches := func(pattern string) string { return d.Write("full_match", timeOfText, d.Literal(pattern)) }
	seconds := "regexp_replace(" + timeOfText + ", " + d.Literal(`^([^ T]+[ T]\d{2}:\d{2})(?!:)`) + ", " + d.Literal(`$1:00`) + ")"
	zoned := "regexp_replace(regexp_replace(" + seconds + ", " + d.Literal(` ?(?:UTC|GMT)$`) + ", 'Z'), " + d.Literal(` ?([+-]\d{2})(?::?(\d{2}))?$`) + ", " + d.Literal(`$1:$2`) + ")"
	zoned = "regexp_replace(" + zoned + ", " + d.Literal(`:$`) + ", ':00')"
	return "CASE WHEN " + matches(isoDay) + " THEN CAST(TRY_CAST(" + timeOfText + " AS DATE) AS " + as + ")" +
		" WHEN " + matches(isoDay+isoClock) + " THEN " + wall("TRY_CAST("+seconds+" AS TIMESTAMP_NTZ)") +
		" WHEN " + matches(isoDay+isoClock+isoOffset) + " THEN " + at("TRY_CAST("+zoned+" AS TIMESTAMP)") + " END"
}

// timeFormSQL tells of a time that could not be read how it is written: in a way that this
// process might read and the cluster does not, or with day and month in another order.
func (p *Plan) timeFormSQL(b *batch, kind string) string {
	r := p.times[b.source]
	if !p.onCluster() {
		return r.formSQL(kind)
	}
	d := dialect.Spark
	none := "CAST(NULL AS " + d.Write("tiny") + ")"
	if isTime(kind) {
		return none
	}
	matches := func(pattern string) string { return d.Write("full_match", timeOfText, d.Literal(pattern)) }
	formats, _ := notationsOnCluster(r)
	var known, alike, contrary []string
	for _, n := range formats {
		known, alike = append(known, matches(n.shape)), append(alike, matches(n.loose))
		if swapped, is := n.swapped(); is && r.patterns == nil {
			contrary = append(contrary, matches(n.shape)+" AND "+swapped.readSQL("DATE", func(shown string) string { return "CAST(" + shown + " AS DATE)" })+" IS NOT NULL")
		}
	}
	unread := timeOfText + " RLIKE " + d.Literal(`\p{Nd}`)
	if r.patterns == nil {
		known = append(known, matches(isoShape))
	} else {
		unread = "(" + strings.Join(alike, " OR ") + ")"
	}
	form := fmt.Sprintf(`CASE WHEN "clientele.day" IS NOT NULL THEN NULL WHEN %s AND NOT (%s) THEN %d`, unread, strings.Join(known, " OR "), bySplit)
	if contrary != nil {
		form += fmt.Sprintf(" WHEN (%s) THEN %d", strings.Join(contrary, ") OR ("), inOrders)
	}
	return "CAST(" + form + " END AS " + d.Write("tiny") + ")"
}

// settleTimes makes sure that the times of all sources are read on the cluster as the job says
// or the samples show. What only all rows could tell is asked for.
func (p *Plan) settleTimes() error {
	var wrong job.Errors
	for i, r := range p.times {
		if _, unknown := notationsOnCluster(r); unknown != "" {
			wrong = append(wrong, unreadDates(p.job.Sources[i], i, unknown))
		}
		if r.open {
			return p.askForOrder(i, r)
		}
	}
	if len(wrong) > 0 {
		return inFileOrder(wrong)
	}
	return nil
}

// checkTimes refuses rows whose times this process would read and the cluster does not.
func (p *Plan) checkTimes(ctx context.Context) error {
	for i, s := range p.job.Sources {
		n, err := counted(ctx, p.at, fmt.Sprintf("count(*) FILTER (WHERE time_form = %d), count(*) FILTER (WHERE time_form = %d), count(*)", bySplit, inOrders),
			fmt.Sprintf("ledger WHERE source = %d AND reason IS DISTINCT FROM 'malformed' AND reason IS DISTINCT FROM 'filtered'", i))
		if err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		if n[0] > 0 {
			return &DataError{Path: s.Path, Message: fmt.Sprintf("%d times are written neither as ISO 8601 does, such as 2024-01-31 10:20:30, nor as those of the first rows, in numbers; others are not read on Spark: state sources.%[2]d.dates, let the export or a view of it write them so, or leave such rows out by sources.%[2]d.where", n[0], i)}
		}
		if !isSlip(int64(n[1]), int64(n[2])) {
			return &DataError{Path: s.Path, Message: fmt.Sprintf("%d of %d times have day and month in another order than %s, in which the others are read; if all are of one order say so in sources.%d.dates, dmy or mdy, or give the files of each order a source of their own", n[1], n[2], orders[p.times[i].order], i)}
		}
	}
	return nil
}
