package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// bindOnCluster writes the expressions of all sources for the cluster.
func (p *Plan) bindOnCluster() error {
	var wrong job.Errors
	for _, b := range p.batches {
		s := p.job.Sources[b.source]
		for k := range b.mapped {
			m := &b.mapped[k]
			sql, err := b.onCluster(*m)
			if err != nil {
				x := p.expressionNamed(b.source, m.name)
				wrong = append(wrong, violation(s, b.source, x.key, "%v", err))
			}
			m.spark = sql
		}
		wrong = append(wrong, p.bindKeysOnCluster(b)...)
	}
	if len(wrong) > 0 {
		return inFileOrder(wrong)
	}
	return nil
}

// onCluster writes a bound expression for the cluster.
func (b *batch) onCluster(m mapped) (string, error) {
	see := func(at int) (string, scalar.Kind) {
		for _, place := range m.places {
			if place.at == at {
				return b.seenOnCluster(place.column, m.numbers[place.column])
			}
		}
		return "NULL", scalar.Kind("a name that is no column")
	}
	if m.syntax != nil {
		return m.syntax.Spark(see)
	}
	sql, kind := see(0)
	if kind == "" {
		return "", fmt.Errorf("names a column of type %s, which is not read on Spark", b.columns[m.places[0].column].kind)
	}
	return sql, nil
}

// seenOnCluster is a column under a typing, and what kind of values it has then.
func (b *batch) seenOnCluster(i int, asNumber bool) (string, scalar.Kind) {
	kind := b.columns[i].kind
	switch {
	case kind == textKind && asNumber, kind != textKind && asNumber && isDecimal(kind):
		return b.seen(i, asNumber), scalar.Exact
	case !asNumber:
		return b.seen(i, asNumber), scalar.Words
	case kind == "DOUBLE", kind == "FLOAT":
		return b.seen(i, asNumber), scalar.Float
	case kind == "DATE":
		return b.seen(i, asNumber), scalar.Day
	case isTime(kind):
		return b.seen(i, asNumber), scalar.Instant
	case kind == "BOOLEAN":
		return b.seen(i, asNumber), scalar.Truth
	case strings.HasSuffix(kind, "INT") || kind == "INTEGER":
		return b.seen(i, asNumber), scalar.Whole
	}
	return b.seen(i, asNumber), ""
}

// expressionSQL is a bound expression, NULL for a row on which it fails.
func (p *Plan) expressionSQL(m mapped) string {
	switch {
	case p.onCluster():
		return m.spark
	case m.isColumn(): // a column by itself cannot fail
		return m.sql
	}
	return attempt(m.sql)
}

// readColumns are the columns of a row for load.sql.
func (p *Plan) readColumns(b *batch) []string {
	if p.onCluster() {
		return []string{"*"}
	}
	return b.readColumns()
}

// loadOnCluster is Load where a cluster reads the exports.
func (p *Plan) loadOnCluster(ctx context.Context, asOf time.Time) error {
	p.at = p.cluster
	if err := p.bindOnCluster(); err != nil {
		return err
	}
	if err := p.settleTimes(); err != nil {
		return err
	}
	if err := p.bringLookups(ctx); err != nil {
		return err
	}
	for again := true; again; {
		if err := p.fillOnCluster(ctx, asOf); err != nil {
			return err
		}
		if err := p.countOnCluster(ctx); err != nil {
			return err
		}
		if err := p.checkTimes(ctx); err != nil {
			return err
		}
		var err error
		if again, err = p.reviewNumbers(ctx); err != nil {
			return err
		}
		if p.reviews++; again && p.reviews == mostReviews {
			return p.errUnsettled()
		}
	}
	for _, step := range []func(context.Context) error{
		func(context.Context) error { return p.checkNumbers() }, p.checkMarks, p.checkCurrencies, p.findDuplicates, p.noticeBlankLines, p.noticeRepetition, p.matchReturns, p.keepRejects,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// fillOnCluster makes the ledger of all sources.
func (p *Plan) fillOnCluster(ctx context.Context, asOf time.Time) error {
	var parts []string
	for _, b := range p.batches {
		sql, err := p.statement("load.sql", p.loadData(b, b.mapped))
		if err != nil {
			return err
		}
		rows := p.rowsOnCluster(b)
		for k := range b.joins {
			rows = b.joinedOnCluster(rows, k)
		}
		parts = append(parts, "("+strings.Replace(sql, readerPlace, rows, 1)+")")
	}
	if err := p.at.Keep(ctx, "ledger", strings.Join(parts, "\nUNION ALL\n"), limitOf(asOf)); err != nil {
		return fmt.Errorf("ledger: %w", unreadOnCluster(err, p.batches...))
	}
	return nil
}

// countOnCluster notes how many rows each source has, and refuses sources of which more
// than slips are malformed.
func (p *Plan) countOnCluster(ctx context.Context) error {
	rows, err := engine.Text(ctx, p.at, "SELECT file, count(*), count(*) FILTER (WHERE reason = 'malformed') FROM ledger GROUP BY file")
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	for _, r := range rows {
		if r[0] == "" {
			return &DataError{Path: p.job.Sources[0].Path, Message: "files came to the exports while they were read; run it again once all are there"}
		}
		file, _ := strconv.Atoi(r[0])
		b := p.batchOf(file)
		var of reading
		if _, err := fmt.Sscan(r[1]+" "+r[2], &of.rows, &of.malformed); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		b.readings[file-b.first] = of
		if most := b.spec.Malformed; float64(of.malformed) > most*float64(of.rows) {
			return &DataError{Path: b.files[file-b.first].path, Message: fmt.Sprintf("%d of its %d rows are malformed, and more than %s stop the run: %s; export it again, or set sources.%d.malformed to what you accept",
				of.malformed, of.rows, percent(most), b.malformedMeans(), b.source)}
		}
	}
	return nil
}
