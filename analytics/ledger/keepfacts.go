package ledger

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"clientele/analytics/cache"
	"clientele/analytics/engine"
)

// facts are what is kept of a file beside its rows.
type facts struct {
	Rows           int64  `json:"rows"`
	Malformed      int64  `json:"malformed"`
	FirstMalformed int64  `json:"first_malformed"`
	Encoding       string `json:"encoding"`

	// LastDay is the last day of all rows, and LastCounting of those that the last day that
	// counts may set aside; empty: there is none.
	LastDay      string `json:"last_day"`
	LastCounting string `json:"last_counting"`
	// LastBinding is the last day of the rows that say what binds, wherever they stand.
	LastBinding string `json:"last_binding"`
	// TextAfter is the last day that counted when the rows were read: those after it have
	// their text. Empty: all counted. AllText: all rows have their text.
	TextAfter string `json:"text_after"`
	AllText   bool   `json:"all_text"`
	// DigitsUntil is the day after which there were no times of digits. LaterDigits are rows
	// that could be such, and UnreadDigits others that are not read.
	DigitsUntil  string `json:"digits_until"`
	LaterDigits  int64  `json:"later_digits"`
	UnreadDigits int64  `json:"unread_digits"`
	// WithoutDay are rows that have no day, to which the last of all rates is applied.
	WithoutDay int64 `json:"without_day"`
	// Rates is the fingerprint of the rates that the rows can have; empty: there were none.
	Rates string `json:"rates"`

	sha256 string
}

// reading is what came of reading the file.
func (f facts) reading() reading {
	return reading{sha256: f.sha256, rows: f.Rows, malformed: f.Malformed, firstMalformed: f.FirstMalformed}
}

// factsOf are those of the files of a batch, which are in the ledger.
func (p *Plan) factsOf(ctx context.Context, b *batch, limit any) ([]facts, error) {
	all := make([]facts, len(b.files))
	r := p.times[b.source]
	for i, f := range b.files {
		of := b.readings[i]
		all[i] = facts{
			Rows: of.rows, Malformed: of.malformed, FirstMalformed: of.firstMalformed, Encoding: f.encoding.name,
			AllText: p.keepsText(b) == "TRUE", DigitsUntil: r.limit.Format(time.DateOnly),
		}
		if day, is := limit.(string); is {
			all[i].TextAfter = day
		}
	}
	sql, err := statement("kept_facts.sql", struct {
		First, Last, LaterDigits, UnreadDigits int
		Refunds                                bool
		Binding                                []string
	}{b.first, b.first + len(b.files) - 1, laterDigits, byDigits, p.hasRefunds(), p.binding()})
	if err != nil {
		return nil, err
	}
	rows, err := engine.Text(ctx, p.engine, sql)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		var file int
		var later, unread, without int64
		const numbers = 4 // the first columns; texts are behind them
		if _, err := fmt.Sscan(strings.Join(row[:numbers], " "), &file, &later, &unread, &without); err != nil {
			return nil, err
		}
		f := &all[file-b.first]
		f.LaterDigits, f.UnreadDigits, f.WithoutDay = later, unread, without
		f.LastDay, f.LastCounting, f.LastBinding = row[numbers], row[numbers+1], row[numbers+2]
	}
	for i := range all {
		all[i].Rates = p.ratesOf(all[i])
	}
	return all, nil
}

// ratesOf is the fingerprint of the rates that the rows of a file can have.
func (p *Plan) ratesOf(f facts) string {
	if p.rates == nil {
		return ""
	}
	day, err := time.Parse(time.DateOnly, f.LastDay)
	if err != nil || f.WithoutDay > 0 || !p.rates.daily { // without a day no rate is looked for, or each holds
		day = endOfTimes
	}
	return cache.Meaning(strconv.FormatBool(p.rates.daily), p.rates.until(day))
}

// hold tells whether rows that were kept are those that would be read tonight.
func (f facts) hold(p *Plan, b *batch) bool {
	return f.hasText(p.job.AsOf.Day) && f.digitsHold(p.times[b.source].limit) && f.Rates == p.ratesOf(f)
}

// hasText tells whether the rows that tonight sets aside for their day have their text.
func (f facts) hasText(asOf time.Time) bool {
	night := asOf.Format(time.DateOnly)
	switch {
	case asOf.IsZero(), f.AllText, f.LastCounting <= night:
		return true
	}
	return f.TextAfter != "" && f.TextAfter <= night
}

// digitsHold tells whether the times of digits are read tonight as they were, when there
// are none after a day.
func (f facts) digitsHold(until time.Time) bool {
	day := until.Format(time.DateOnly)
	switch {
	case day == f.DigitsUntil:
		return true
	case day > f.DigitsUntil:
		return f.LaterDigits == 0
	}
	const zones = -2 // days: the day of a time in any zone
	return f.UnreadDigits == 0 && f.LastDay < until.AddDate(0, 0, zones).Format(time.DateOnly)
}
