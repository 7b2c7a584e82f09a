package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
)

// Money of several currencies has no sum. Where the currency of a row is not mapped, those
// that stand beside the numbers must be one, and that of the job.

// shownMarks are currencies as the rows of a source show them beside their numbers, and
// where the first such row is.
type shownMarks struct {
	marks []string
	first place
}

// checkMarks refuses a source whose numbers have several currencies beside them, or one
// that is not the job's.
func (p *Plan) checkMarks(ctx context.Context) error {
	for i, s := range p.numbers {
		if !s.marked || p.job.Sources[i].Columns.Currency != "" {
			continue
		}
		shown, err := p.shownMarks(ctx, i)
		if err != nil {
			return err
		}
		if err := p.oneCurrency(i, shown); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) shownMarks(ctx context.Context, source int) ([]shownMarks, error) {
	rows, err := engine.Text(ctx, p.engine, `SELECT first.file, first.line, marks FROM (
		SELECT marks, min(struct_pack(file := file, line := line)) AS first FROM ledger
		WHERE source = CAST($1 AS INTEGER) AND marks <> '' AND (reason IS NULL OR reason IN ('anonymous', 'amount_unreadable'))
		GROUP BY marks) ORDER BY first`, source)
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

// oneCurrency makes sure that all marks mean one currency.
func (p *Plan) oneCurrency(source int, shown []shownMarks) error {
	var marks []string
	for _, s := range shown {
		marks = append(marks, s.marks...)
	}
	known, name := "", ""
	for _, s := range shown {
		for _, mark := range s.marks {
			code := meant(mark, marks, p.job.Currency)
			switch {
			case len(meanings(mark)) == 0:
				return p.dataErrorAt(s.first, "%q beside a number is no currency that is known: expected a code such as EUR or a sign such as €; take it away in the expression, or leave its rows out by sources.%d.where", mark, source)
			case code == "": // of several, and no other mark says which
				code = strings.Join(meanings(mark), " or ")
			}
			if known != "" && code != known {
				return p.dataErrorAt(s.first, "a number in %s, and others in %s: amounts of several currencies cannot be added; %s", mark, name, currencyRemedy(source))
			}
			known, name = code, mark
		}
	}
	if own := p.job.Currency; known != "" && own != "" && known != own && !slices.Contains(strings.Split(known, " or "), own) {
		return p.dataErrorAt(shown[0].first, "the numbers are in %s, and currency: of the job is %s; write currency: %s, or %s", name, own, known, currencyRemedy(source))
	}
	return nil
}

// currencyRemedy says how the currency of each row is mapped.
func currencyRemedy(source int) string {
	return fmt.Sprintf("map the currency of each row in sources.%d.columns.currency and give rates, a file with what one unit of each is worth in the job's currency", source)
}
