package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Money of several currencies has no sum. Where the currency of a row is not mapped, those
// that stand beside the numbers must be one, and that of the job.

// shownMarks are currencies as the rows of a source show them beside their numbers, and
// where the first such row is.
type shownMarks struct {
	marks []string
	first place
}

// shownCurrency is the one currency that the marks of sources mean: one of codes, which are
// several where no mark says which; none: there are no marks.
type shownCurrency struct {
	codes []string
	mark  string // as the exports have it
	first place
}

// checkMarks refuses a source whose numbers have several currencies beside them, or one
// that is not the job's or that of another source.
func (p *Plan) checkMarks(ctx context.Context) error {
	p.shown = shownCurrency{}
	for i, s := range p.numbers {
		if !s.marked || p.job.Sources[i].Columns.Currency != "" {
			continue
		}
		shown, err := p.shownMarks(ctx, i)
		if err != nil {
			return err
		}
		found, err := p.oneCurrency(i, shown)
		if err != nil {
			return err
		}
		if err := p.agrees(i, found); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) shownMarks(ctx context.Context, source int) ([]shownMarks, error) {
	rows, err := p.wholeText(ctx, marksPart(source), `SELECT first.file, first.line, marks FROM (
		SELECT marks, min(`+placeSQL(p.at.Dialect())+`) AS first FROM <part> AS shown
		GROUP BY marks) ORDER BY first`)
	if err != nil {
		return nil, fmt.Errorf("ledger: currencies of numbers: %w", err)
	}
	var all []shownMarks
	for _, r := range rows {
		var at place
		if _, err := fmt.Sscan(r[0]+" "+r[1], &at.file, &at.line); err != nil {
			return nil, fmt.Errorf("ledger: currencies of numbers: %w", err)
		}
		all = append(all, shownMarks{strings.Split(r[2], "|"), at})
	}
	return all, nil
}

// marksPart are the marks of a source, and where in each file the first such row is.
func marksPart(source int) part {
	return part{
		name: fmt.Sprintf("marks_%d", source), adds: engine.Adds{Keys: []string{"file", "marks"}, Least: []string{"line"}}, byFile: true,
		sql: fmt.Sprintf(`SELECT file, marks, min(line) AS line FROM ledger
		WHERE source = %d AND marks <> '' AND (reason IS NULL OR reason IN ('anonymous', 'amount_unreadable'))
		GROUP BY file, marks`, source),
	}
}

// oneCurrency makes sure that all marks of a source mean one currency, and that it can be
// the job's.
func (p *Plan) oneCurrency(source int, shown []shownMarks) (found shownCurrency, err error) {
	var marks []string
	for _, s := range shown {
		marks = append(marks, s.marks...)
	}
	for _, s := range shown {
		for _, mark := range s.marks {
			codes := meanings(mark)
			if len(codes) == 0 {
				return found, p.dataErrorAt(s.first, "%q beside a number is no currency that is known: expected a code such as EUR or a sign such as €; take it away in the expression, or leave its rows out by sources.%d.where", mark, source)
			}
			if code := meant(mark, marks, p.job.Currency); code != "" {
				codes = []string{code}
			}
			if found.codes != nil && !slices.Equal(codes, found.codes) {
				return found, p.dataErrorAt(s.first, "a number in %s, and others in %s: amounts of several currencies cannot be added; %s", mark, found.mark, currencyRemedy(source))
			}
			found = shownCurrency{codes, mark, shown[0].first}
		}
	}
	if own := p.job.Currency; found.codes != nil && own != "" && !slices.Contains(found.codes, own) {
		return found, p.dataErrorAt(found.first, "the numbers are in %s, and currency: of the job is %s; write currency: %s, or %s", found.mark, own, strings.Join(found.codes, " or "), currencyRemedy(source))
	}
	return found, nil
}

// agrees makes sure that a source shows the currency of those before it.
func (p *Plan) agrees(source int, found shownCurrency) error {
	if found.codes == nil {
		return nil
	}
	if p.shown.codes == nil {
		p.shown = found
		return nil
	}
	both := slices.DeleteFunc(slices.Clone(found.codes), func(code string) bool { return !slices.Contains(p.shown.codes, code) })
	if len(both) == 0 {
		return p.dataErrorAt(found.first, "the numbers are in %s, and those of another source in %s: amounts of several currencies cannot be added; %s", found.mark, p.shown.mark, currencyRemedy(source))
	}
	p.shown.codes = both
	return nil
}

// currencyRemedy says how the currency of each row is mapped.
func currencyRemedy(source int) string {
	return fmt.Sprintf("map the currency of each row in sources.%d.columns.currency and give rates, a file with what one unit of each is worth in the job's currency", source)
}

// placeSQL is where a row of the ledger stands, to be compared with others.
func placeSQL(d dialect.Dialect) string {
	return d.Write("row") + d.Write("field", "file") + " file, " + d.Write("field", "line") + " line" + d.Write("end_row")
}
