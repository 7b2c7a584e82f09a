package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// reviewNumbers looks how the numbers of all rows are written. It tells whether that is
// another way than they were read, in which case they have to be read again.
func (p *Plan) reviewNumbers(ctx context.Context) (again bool, err error) {
	for i, s := range p.numbers {
		s.forms = s.forms[:0]
		for k, key := range s.keys {
			forms, err := p.formsOf(ctx, i, k)
			if err != nil {
				return false, err
			}
			s.forms = append(s.forms, forms)
			style, doubt := forms.style(p.job.Sources[i].Numbers)
			style.seldomPlain = s.styles[key].seldomPlain
			switch {
			case doubt != noDoubt:
				return false, p.doubtfulNumbers(i, forms, style, doubt)
			case style != s.styles[key] || forms.all.priced > 0 && !s.marked:
				s.styles[key], s.marked, again = style, s.marked || forms.all.priced > 0, true
			}
		}
	}
	return again, nil
}

// checkNumbers refuses a source of whose numbers more cannot be read than single slips,
// and counts the costs and list prices that cannot be read.
func (p *Plan) checkNumbers() error {
	p.unreadCosts, p.unreadListPrices = make([]int64, len(p.job.Sources)), make([]int64, len(p.job.Sources))
	for i, s := range p.numbers {
		costs, listPrices := p.keysOf(i, "cost"), p.keysOf(i, "list_price")
		for k, key := range s.keys {
			forms := s.forms[k]
			contrary := s.styles[key].contrary()
			notRead := forms.used.sum(contrary)
			if !isSlip(notRead, forms.used.total()) {
				return p.unreadNumbers(i, forms, contrary, notRead)
			}
			notRead += forms.used.of[unreadForm]
			if slices.Contains(costs, key) {
				p.unreadCosts[i] += notRead
			}
			if slices.Contains(listPrices, key) {
				p.unreadListPrices[i] += notRead
			}
		}
	}
	return nil
}

// keysOf are the texts that one of our columns is made of.
func (p *Plan) keysOf(source int, name string) []string {
	var keys []string
	for _, b := range p.batches {
		if m, ok := (values{bound: b.mapped, numbers: b.numbers, dialect: dialect.DuckDB}).find(name); ok && b.source == source {
			keys = append(keys, resultKey(name))
			for _, i := range m.columns() {
				if m.numbers[i] {
					keys = append(keys, columnKey(b.columns[i]))
				}
			}
		}
	}
	return keys
}

// blankSQL is the condition on a row of the ledger that what one of our columns is made of
// is blank.
func (p *Plan) blankSQL(name string) string {
	var any []string
	for i, s := range p.numbers {
		blank := []string{fmt.Sprintf("ledger.source = %d", i)}
		keys := p.keysOf(i, name)
		for k, key := range s.keys {
			if slices.Contains(keys, key) {
				blank = append(blank, "ledger."+formColumn(k)+" IS NULL")
			}
		}
		any = append(any, strings.Join(blank, " AND "))
	}
	return strings.Join(any, " OR ")
}

// formsOf asks the ledger for the forms of the k-th text of a source.
func (p *Plan) formsOf(ctx context.Context, source, k int) (*numberForms, error) {
	of, err := p.formsPart(source, k)
	if err != nil {
		return nil, err
	}
	rows, err := p.wholeText(ctx, of, "SELECT form, file, tells, used, line, coalesce(used_line, 0) FROM <part> AS forms")
	if err != nil {
		return nil, fmt.Errorf("ledger: forms of numbers: %w", err)
	}
	forms := &numberForms{key: p.numbers[source].keys[k]}
	first, firstUsed := map[numberForm]place{}, map[numberForm]place{}
	for _, r := range rows {
		var form numberForm
		var tells, used, line, usedLine int64
		var file int
		if _, err := fmt.Sscan(strings.Join(r, " "), &form, &file, &tells, &used, &line, &usedLine); err != nil {
			return nil, fmt.Errorf("ledger: forms of numbers: %w", err)
		}
		forms.all.add(form, tells)
		forms.used.add(form, used)
		noteFirst(first, form, place{file, line})
		noteFirst(firstUsed, form, place{file, usedLine})
	}
	for form, at := range first {
		if used, is := firstUsed[form]; is {
			at = used
		}
		forms.firstOf(form, at)
	}
	return forms, nil
}

func (p *Plan) formsPart(source, k int) (part, error) {
	sql, err := p.statement("number_forms.sql", struct {
		Source   int
		Form     string
		Filtered bool
	}{source, formColumn(k), slices.Contains(p.keysOf(source, "where"), p.numbers[source].keys[k])})
	adds := engine.Adds{Keys: []string{"file", "form"}, Least: []string{"used_line", "line"}}
	return part{name: fmt.Sprintf("form_%d_%d", source, k), sql: sql, adds: adds, byFile: true}, err
}

// noteFirst keeps the first place of something; one on no line is none.
func noteFirst[K comparable](first map[K]place, of K, at place) {
	if known, is := first[of]; at.line > 0 && (!is || at.before(known)) {
		first[of] = at
	}
}

// firstOf notes the first place of a form, whether a currency stands there or not.
func (f *numberForms) firstOf(form numberForm, at place) {
	form %= pricedForms
	if known := f.first[form]; known.line == 0 || at.before(known) {
		f.first[form] = at
	}
}

func (p place) before(other place) bool {
	return p.file < other.file || p.file == other.file && p.line < other.line
}

// firstAmong is the first place of any of the forms.
func (f *numberForms) firstAmong(forms ...numberForm) place {
	var first place
	for _, form := range forms {
		if at := f.first[form]; at.line > 0 && (first.line == 0 || at.before(first)) {
			first = at
		}
	}
	return first
}

// called is what messages call a text.
func (f *numberForms) called() string {
	if name, is := strings.CutPrefix(f.key, columnSign); is {
		return "the column " + name
	}
	return "columns." + strings.TrimPrefix(f.key, resultKey(""))
}

// dataErrorAt is an error about a row. A cluster does not know on which line it stands.
func (p *Plan) dataErrorAt(at place, format string, args ...any) error {
	if p.onCluster() {
		at.line, format = 0, withoutLine.Replace(format)
	}
	return &DataError{Path: p.pathOf(at.file), Line: at.line, Message: fmt.Sprintf(format, args...)}
}

var withoutLine = strings.NewReplacer(", the first on this line", "", "are written as on this line, and the others the other way round", "are written with one, and the others with the other")

// doubtfulNumbers asks how numbers are written.
func (p *Plan) doubtfulNumbers(source int, f *numberForms, style numberStyle, why doubt) error {
	key := p.job.Sources[source].Root(source) + ".numbers"
	if why == twoWays {
		return p.dataErrorAt(f.firstAmong(twoPoint, twoComma),
			"%d of %d numbers of %s, the first on this line, can be read in two ways, as 1.234 or 1,234 could be, and no other tells which: say how they are written in %s: %q if a comma parts their thousands, %q if a point does",
			f.all.of[twoPoint]+f.all.of[twoComma], f.all.total(), f.called(), key, job.CommaPointNumbers, job.PointCommaNumbers)
	}
	contrary := style.contrary()
	return p.dataErrorAt(f.firstAmong(contrary...),
		"%s has numbers with a decimal comma, such as 12,50, and numbers with a decimal point, such as 12.50: %d of %d are written as on this line, and the others the other way round; give the files of each kind a source of their own, or tell the rows apart by where in two sources",
		f.called(), f.all.sum(contrary), f.all.total())
}

// unreadNumbers refuses numbers that are not written as the source says or as most of its
// own are.
func (p *Plan) unreadNumbers(source int, f *numberForms, contrary []numberForm, n int64) error {
	how := "as most of them"
	if stated := p.job.Sources[source].Numbers; stated != job.AutoNumbers {
		how = fmt.Sprintf("as %s.numbers says, %q", p.job.Sources[source].Root(source), stated)
	}
	remedy := ""
	if name, is := strings.CutPrefix(f.key, resultKey("")); is {
		remedy = fmt.Sprintf("; if sources.%d.columns.%s changes the signs of a number, map the column itself in its place: its signs are understood", source, name)
	}
	return p.dataErrorAt(f.firstAmong(contrary...),
		"%d of %d numbers of %s are not written %s, the first on this line%s; if they are slips, leave their rows out by sources.%d.where",
		n, f.used.total(), f.called(), how, remedy, source)
}
