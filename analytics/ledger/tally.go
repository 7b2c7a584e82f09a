package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Count is rows and the money in them.
type Count struct {
	Rows  int64
	Money Money
}

func (c Count) plus(other Count) Count {
	return Count{c.Rows + other.Rows, c.Money.Plus(other.Money)}
}

// Tally accounts for rows: those read are those used and those set aside.
type Tally struct {
	Read, Used, Returns Count // Returns are among those used
	Rejected            map[Reason]Count
}

func (t *Tally) add(reason Reason, c, returns Count) {
	t.Read = t.Read.plus(c)
	if reason == "" {
		t.Used = t.Used.plus(c)
		t.Returns = t.Returns.plus(returns)
		return
	}
	if t.Rejected == nil {
		t.Rejected = map[Reason]Count{}
	}
	t.Rejected[reason] = t.Rejected[reason].plus(c)
}

// Aside is everything that was set aside.
func (t Tally) Aside() Count {
	return Count{t.Read.Rows - t.Used.Rows, t.Read.Money.Minus(t.Used.Money)}
}

// Account is the tally of a job: as a whole, by source and by file.
type Account struct {
	Total     Tally
	BySource  []Tally // as the job's sources
	FileRows  []int64 // rows read, as Files
	FirstDay  time.Time
	NewestDay time.Time // of the rows used; zero when there is none
}

// Tally accounts for what Load read.
func (p *Plan) Tally(ctx context.Context) (Account, error) {
	a := Account{BySource: make([]Tally, len(p.job.Sources)), FileRows: make([]int64, p.files)}
	sql, err := statement("tally.sql", nil)
	if err != nil {
		return a, err
	}
	err = engine.ForEach(ctx, p.engine, sql, func(b arrow.RecordBatch) error { return p.addBatch(&a, b) })
	if err != nil {
		return a, fmt.Errorf("tally: %w", err)
	}
	for _, b := range p.batches {
		lines, err := p.badLines(ctx, b)
		if err != nil {
			return a, err
		}
		for _, l := range lines {
			p.addRow(&a, l.file, Malformed, Count{Rows: 1}, Count{})
		}
	}
	return a, nil
}

func (p *Plan) addRow(a *Account, file int, reason Reason, c, returns Count) {
	a.FileRows[file] += c.Rows
	a.Total.add(reason, c, returns)
	a.BySource[p.sourceOf(file)].add(reason, c, returns)
}

func (p *Plan) addBatch(a *Account, b arrow.RecordBatch) error {
	t, err := tallyColumnsOf(b)
	if err != nil {
		return err
	}
	for i := range int(b.NumRows()) {
		var reason Reason
		if t.reason.IsValid(i) {
			reason = Reason(strings.Clone(t.reason.Value(i)))
		} else {
			a.span(t.first.Value(i).ToTime(), t.last.Value(i).ToTime())
		}
		p.addRow(a, int(t.file.Value(i)), reason,
			Count{t.rows.Value(i), MoneyOf(t.money.Value(i))},
			Count{t.returnRows.Value(i), MoneyOf(t.returnMoney.Value(i))})
	}
	return nil
}

func (a *Account) span(first, last time.Time) {
	if a.FirstDay.IsZero() || first.Before(a.FirstDay) {
		a.FirstDay = first
	}
	if last.After(a.NewestDay) {
		a.NewestDay = last
	}
}

// DayBefore is the newest day before the given one on which a row is used; the
// zero time where there is none.
func (p *Plan) DayBefore(ctx context.Context, day time.Time) (time.Time, error) {
	rows, err := engine.Text(ctx, p.engine, "SELECT max(day) FROM ledger WHERE reason IS NULL AND day < CAST($1 AS DATE)", day.Format(time.DateOnly))
	if err != nil || rows[0][0] == "" {
		return time.Time{}, err
	}
	return time.Parse(time.DateOnly, rows[0][0])
}

// tallyColumns are the columns of tally.sql.
type tallyColumns struct {
	file               *array.Int32
	reason             *array.String
	rows, returnRows   *array.Int64
	money, returnMoney *array.Decimal128
	first, last        *array.Date32
}

func tallyColumnsOf(b arrow.RecordBatch) (t tallyColumns, err error) {
	c := engine.Columns{Batch: b}
	t = tallyColumns{
		file:        engine.Take[*array.Int32](&c, "file"),
		reason:      engine.Take[*array.String](&c, "reason"),
		rows:        engine.Take[*array.Int64](&c, "rows"),
		returnRows:  engine.Take[*array.Int64](&c, "return_rows"),
		money:       engine.Take[*array.Decimal128](&c, "money"),
		returnMoney: engine.Take[*array.Decimal128](&c, "return_money"),
		first:       engine.Take[*array.Date32](&c, "first_day"),
		last:        engine.Take[*array.Date32](&c, "last_day"),
	}
	return t, c.Err
}

// badLine is a line of a CSV file that could not be split into columns.
type badLine struct {
	file int
	line int64 // counting a quoted text with line breaks as one line
}

// badLines are the lines of a batch that the reader set aside by itself.
func (p *Plan) badLines(ctx context.Context, b *batch) ([]badLine, error) {
	if b.rejects == "" {
		return nil, nil
	}
	byPath := map[string]int{}
	for i, f := range b.files {
		byPath[f.open] = b.first + i
	}
	sql, err := statement("bad_lines.sql", struct{ Rejects string }{b.rejects})
	if err != nil {
		return nil, err
	}
	rows, err := engine.Text(ctx, p.engine, sql)
	if err != nil {
		return nil, fmt.Errorf("malformed lines: %w", err)
	}
	lines := make([]badLine, len(rows))
	for i, r := range rows {
		line, err := strconv.ParseInt(r[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("malformed lines: %w", err)
		}
		lines[i] = badLine{file: byPath[r[0]], line: line}
	}
	return lines, nil
}
