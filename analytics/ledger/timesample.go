package ledger

import (
	"context"
	"strconv"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// sampleTimes are the different texts of a batch's times in its sample, as a subquery.
func (b *batch) sampleTimes() (texts string, ok bool) {
	v := values{bound: b.mapped, numbers: b.numbers, dialect: dialect.DuckDB}
	m, _ := v.find("time")
	clock := ""
	if c, is := v.find("clock"); is {
		clock = TextSQL(attempt(c.sql), c.kind)
	} else if isTime(m.kind) {
		return "", false
	}
	return "(SELECT DISTINCT v FROM (SELECT " + timeSQL(dialect.DuckDB, TextSQL(attempt(m.sql), m.kind), clock) + " AS v FROM " + b.sample + ") WHERE v <> '')", true
}

// isoSQL tells whether a plain cast reads a time. It also takes 13-02-10, for
// a day in the year 13: years of under four digits do not count.
const isoSQL = "coalesce(TRY_CAST(v AS TIMESTAMP) >= TIMESTAMP '1000-01-01', FALSE)"

// countReads adds to r how many of a batch's texts each notation reads. Of a batch whose
// texts are mostly ISO only those count that can mean one thing alone: the rest is bad rows.
func (p *Plan) countReads(ctx context.Context, texts string, r *timeReading) error {
	own := func(v string) string { return v }
	digits := digitsDaySQL("v", r.limit, own, own) + " IS NOT NULL"
	totals, err := counted(ctx, p.engine, "count(*), count(*) FILTER (NOT "+isoSQL+"), count(*) FILTER ("+digits+")", texts)
	if err != nil {
		return err
	}
	r.counts.all, r.counts.digits = r.counts.all+totals[0], r.counts.digits+totals[2]
	mostlyISO := 2*totals[1] <= totals[0]
	if totals[1] == 0 {
		return nil
	}
	var direct, split []string
	for _, n := range notations {
		count := "count(*) FILTER (" + n.readSQL("v") + " >= TIMESTAMP '1000-01-01')"
		if n.split {
			count = "count(*) FILTER (try_strptime(date, " + engine.Literal(n.format) + ") >= TIMESTAMP '1000-01-01')"
		}
		if mostlyISO && (!n.split || n.order != yearFirst) {
			count = "0"
		}
		if n.split {
			split = append(split, count)
		} else {
			direct = append(direct, count)
		}
	}
	reads, err := counted(ctx, p.engine, strings.Join(direct, ", "), texts+" WHERE NOT "+isoSQL)
	if err != nil {
		return err
	}
	rest := texts + " WHERE NOT " + isoSQL + " AND " + readDateSQL("v", directFormats()) + " IS NULL AND " + textClockSQL("v", "TIMESTAMP", nil, own, own) + " IS NULL"
	more, err := counted(ctx, p.engine, strings.Join(split, ", "), "(SELECT "+datePartSQL("v")+" AS date FROM "+rest+")")
	if err != nil {
		return err
	}
	for i, n := range append(reads, more...) {
		r.reads[i] += n
	}
	return nil
}

// counted are the numbers of a query's one row.
func counted(ctx context.Context, e engine.Engine, counts, from string) ([]int, error) {
	rows, err := engine.Text(ctx, e, "SELECT "+counts+" FROM "+from)
	if err != nil {
		return nil, err
	}
	numbers := make([]int, len(rows[0]))
	for i, cell := range rows[0] {
		if numbers[i], err = strconv.Atoi(cell); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

// differing tells whether a text is one day by one notation and another by the other.
func (p *Plan) differing(ctx context.Context, source int, one, other notation) (bool, error) {
	for _, b := range p.batches {
		texts, is := b.sampleTimes()
		if !is || b.source != source {
			continue
		}
		n, err := counted(ctx, p.engine, "count(*)", texts+" WHERE "+one.readSQL("v")+" <> "+other.readSQL("v"))
		if err != nil || n[0] > 0 {
			return n != nil && n[0] > 0, err
		}
	}
	return false, nil
}
