package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/money"
)

// Count is rows and the money in them.
type Count struct {
	Rows    int64
	Money   money.Amount
	Unknown int64 // rows whose amount cannot be read: they are not in Money
}

func (c Count) plus(other Count) Count {
	return Count{c.Rows + other.Rows, c.Money.Plus(other.Money), c.Unknown + other.Unknown}
}

// Known tells whether the amount of any of the rows is known.
func (c Count) Known() bool { return c.Rows == 0 || c.Unknown < c.Rows }

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

// Account is the tally of a job: as a whole, by source and by file.
type Account struct {
	Total    Tally
	BySource []Tally // as the job's sources
	FileRows []int64 // rows read, as Files
	// Duplicates are, by source, the rows that stand in another file of it too.
	// They are among those used unless they were dropped.
	Duplicates []Count
	// UnreadCosts are, by source, the rows used that state a cost which cannot
	// be read: the margin takes its place.
	UnreadCosts []int64
	// UnreadListPrices are likewise those of a list price: it is not known then.
	UnreadListPrices []int64
	Repetitions      []Repetition // by source
	Returned         Returned
	// Joins are, by source, what its joins came to.
	Joins [][]JoinCount
	// Currencies are the rows used by their currency, where sources name any.
	Currencies []CurrencyCount
	// BlankLines are, by source, lines that leave blank what another line of their order
	// says.
	BlankLines []BlankLines
	FirstDay   time.Time
	NewestDay  time.Time // of the rows used; zero when there is none
}

// Tally accounts for what Load read.
func (p *Plan) Tally(ctx context.Context) (Account, error) {
	a := Account{Duplicates: p.duplicates, UnreadCosts: p.unreadCosts, UnreadListPrices: p.unreadListPrices, Repetitions: p.repetitions, Returned: p.returned, BlankLines: p.blankLines, BySource: make([]Tally, len(p.job.Sources)), FileRows: make([]int64, p.files)}
	tally, err := p.tallyPart()
	if err != nil {
		return a, err
	}
	sql, err := p.whole(ctx, tally)
	if err != nil {
		return a, err
	}
	err = engine.ForEach(ctx, p.at, sql, func(b arrow.RecordBatch) error { return p.addBatch(&a, b) })
	if err != nil {
		return a, fmt.Errorf("tally: %w", err)
	}
	if a.Currencies, err = p.countCurrencies(ctx); err != nil {
		return a, err
	}
	if a.Joins, err = p.countJoins(ctx); err != nil {
		return a, err
	}
	return a, p.checkBooks(a)
}

func (p *Plan) tallyPart() (part, error) {
	sql, err := p.statement("tally.sql", struct{ Matches bool }{p.matches()})
	adds := engine.Adds{Keys: []string{"file", "reason"}, Least: []string{"first_day"}, Most: []string{"last_day"}}
	return part{name: "tally", sql: sql, adds: adds, byFile: true}, err
}

// checkBooks makes sure that every row that was handed to the engine is in the ledger:
// for text the rows that the reader of records gave, for Parquet the rows that the
// footers name.
func (p *Plan) checkBooks(a Account) error {
	for _, b := range p.batches {
		for i, r := range b.readings {
			if found := a.FileRows[b.first+i]; r.sha256 != "" && found != r.rows {
				return &DataError{Path: b.files[i].path, Message: fmt.Sprintf(
					"the file has %d rows, and %d of them came through: nothing is published, since some rows would be lost; please report this", r.rows, found)}
			}
		}
	}
	return nil
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
			Count{t.rows.Value(i), money.Of(t.money.Value(i)), t.unknown.Value(i)},
			Count{Rows: t.returnRows.Value(i), Money: money.Of(t.returnMoney.Value(i))})
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

// tallyColumns are the columns of tally.sql.
type tallyColumns struct {
	file               *array.Int32
	reason             *array.String
	rows, returnRows   *array.Int64
	unknown            *array.Int64
	money, returnMoney *array.Decimal128
	first, last        *array.Date32
}

func tallyColumnsOf(b arrow.RecordBatch) (t tallyColumns, err error) {
	c := engine.Columns{Batch: b}
	t = tallyColumns{
		file:        engine.Take[*array.Int32](&c, "file"),
		reason:      engine.Take[*array.String](&c, "reason"),
		rows:        engine.Take[*array.Int64](&c, "rows"),
		unknown:     engine.Take[*array.Int64](&c, "unknown"),
		returnRows:  engine.Take[*array.Int64](&c, "return_rows"),
		money:       engine.Take[*array.Decimal128](&c, "money"),
		returnMoney: engine.Take[*array.Decimal128](&c, "return_money"),
		first:       engine.Take[*array.Date32](&c, "first_day"),
		last:        engine.Take[*array.Date32](&c, "last_day"),
	}
	return t, c.Err
}
