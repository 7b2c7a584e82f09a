package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// rate is what one unit of a currency is worth in the job's, from a day on.
type rate struct {
	currency string
	day      time.Time // zero: on all days
	worth    string    // a decimal
}

// rates are those that the job gives.
type rates struct {
	Input
	list  []rate
	daily bool
	// endless: the last day is not to be told, as what is kept of a file holds whichever it is.
	endless bool
}

// The type of a rate: twelve places hold what one unit of the smallest currencies is worth,
// and the product with an amount keeps all of its places.
const (
	rateType   = "DECIMAL(28, 12)"
	ratePlaces = 12
	ratesTable = "clientele_rates" // currency, day, rate: one row per day where rates are by day
)

// worthPattern is how a rate is written.
var worthPattern = regexp.MustCompile(`^\d{1,16}(\.\d+)?$`)

// readRates reads the job's rates, and gives them to the engine.
func (p *Plan) readRates(ctx context.Context) error {
	if p.job.Rates == "" {
		return nil
	}
	r, err := openRates(p.job.Dir, p.job.Rates)
	if err != nil {
		return err
	}
	p.rates = r
	return r.load(ctx, p.engine)
}

// openRates reads the file of rates, which is short.
func openRates(dir, path string) (*rates, error) {
	file, err := job.OpenCSV(dir, "rates", path, "currency", "rate")
	if err != nil {
		return nil, rateFault(path, err)
	}
	r := &rates{Input: Input{Path: path, SHA256: file.SHA256}, daily: file.Has("day")}
	commas := &rateCommas{allowed: file.Delimiter != ','}
	first := map[string]int{}
	for {
		row, err := file.Next()
		switch {
		case errors.Is(err, io.EOF):
			return r, r.finish(commas)
		case err != nil:
			return nil, rateFault(path, err)
		}
		if err := r.add(row, commas, first); err != nil {
			return nil, err
		}
	}
}

// rateFault is a fault of the file as one of data.
func rateFault(path string, err error) error {
	wrong, known := errors.AsType[job.Errors](err)
	if !known {
		return err
	}
	said := wrong[0].Message
	if wrong[0].At.Line == 1 {
		said += " and, where rates differ by day, day"
	}
	return &DataError{Path: path, Line: int64(wrong[0].At.Line), Message: said}
}

// finish looks at what only all lines together show.
func (r *rates) finish(commas *rateCommas) error {
	if len(r.list) == 0 {
		return &DataError{Path: r.Path, Message: "has no rates; want a line for each currency"}
	}
	return commas.undecided(r.Path)
}

// add takes one line.
func (r *rates) add(row job.CSVRow, commas *rateCommas, first map[string]int) error {
	line := row.At("currency").Line
	fail := func(format string, args ...any) error {
		return &DataError{Path: r.Path, Line: int64(line), Message: fmt.Sprintf(format, args...)}
	}
	code, ok := currencyCode(row.Cell("currency"))
	if !ok {
		return fail("currency: %q is no code of a currency, such as USD", row.Cell("currency"))
	}
	one := rate{currency: code, worth: commas.plain(row.Cell("rate"), line)}
	_, places, _ := strings.Cut(one.worth, ".")
	switch {
	case !worthPattern.MatchString(one.worth) || strings.Trim(one.worth, "0.") == "":
		return fail("rate: %q is not a number above 0, written like 1.0857%s", row.Cell("rate"), commas.alternative())
	case len(strings.TrimRight(places, "0")) > ratePlaces:
		return fail("rate: %q has more than %d places", row.Cell("rate"), ratePlaces)
	}
	if r.daily {
		var err error
		if one.day, err = time.Parse(time.DateOnly, row.Cell("day")); err != nil {
			return fail("day: %q is not a day, written like 2024-01-31", row.Cell("day"))
		}
	}
	key := code + one.day.Format(time.DateOnly)
	if before, twice := first[key]; twice {
		return fail("has a rate of %s that line %d has too; keep one", code, before)
	}
	first[key] = line
	r.list, r.Rows = append(r.list, one), r.Rows+1
	return nil
}

// WorthOne tells whether a rate says that its currency is the one that the rates are in.
func WorthOne(rate string) bool {
	rate = strings.TrimSpace(rate)
	whole, places, _ := strings.Cut(rate, ".")
	return worthPattern.MatchString(rate) && strings.TrimLeft(whole, "0") == "1" && strings.Trim(places, "0") == ""
}

// anyDay stands for all days where rates do not differ by day.
const anyDay = "1970-01-01"

// load makes the table of rates: by day, each day from the first of a currency to the last
// of all has the newest rate.
func (r *rates) load(ctx context.Context, e engine.Engine) error {
	slices.SortFunc(r.list, func(a, b rate) int {
		return cmp.Or(cmp.Compare(a.currency, b.currency), a.day.Compare(b.day))
	})
	if err := e.Exec(ctx, "CREATE TEMP TABLE "+ratesTable+" (currency VARCHAR, day DATE, rate "+rateType+")"); err != nil {
		return fmt.Errorf("rates: %w", err)
	}
	for chunk := range slices.Chunk(r.rows(), 1000) {
		if err := e.Exec(ctx, "INSERT INTO "+ratesTable+" SELECT currency, unnest(generate_series(first, last, INTERVAL 1 DAY))::DATE, rate FROM (VALUES "+
			strings.Join(chunk, ", ")+") AS r(currency, first, last, rate)"); err != nil {
			return fmt.Errorf("rates: %w", err)
		}
	}
	return nil
}

// rows are the rates with the days on which they hold, as values of SQL.
func (r *rates) rows() []string {
	last := r.lastDay()
	rows := make([]string, len(r.list))
	for i, one := range r.list {
		from, until := one.day.Format(time.DateOnly), last
		if !r.daily {
			from = anyDay
		}
		if i+1 < len(r.list) && r.list[i+1].currency == one.currency {
			until = r.list[i+1].day.AddDate(0, 0, -1).Format(time.DateOnly)
		}
		rows[i] = fmt.Sprintf("('%s', DATE '%s', DATE '%s', CAST('%s' AS %s))", one.currency, from, until, one.worth, rateType)
	}
	return rows
}

// lastDay is the last day that has a rate.
func (r *rates) lastDay() string {
	switch {
	case !r.daily:
		return anyDay
	case r.endless:
		return endOfTimes.Format(time.DateOnly)
	}
	last := slices.MaxFunc(r.list, func(a, b rate) int { return a.day.Compare(b.day) })
	return last.day.Format(time.DateOnly)
}

// until are the rates that a row of a day can have, or of any day before it, as text.
func (r *rates) until(day time.Time) string {
	var all strings.Builder
	for _, one := range r.list { // in order, once they are loaded
		if !one.day.After(day) {
			fmt.Fprintln(&all, one.currency, one.day.Format(time.DateOnly), one.worth)
		}
	}
	return all.String()
}

// has tells whether a currency has any rate.
func (r *rates) has(code string) bool {
	return slices.ContainsFunc(r.list, func(one rate) bool { return one.currency == code })
}

// codes are the currencies that have rates.
func (r *rates) codes() (codes []string) {
	for _, one := range r.list {
		codes = append(codes, one.currency)
	}
	return slices.Compact(codes)
}
