package draft

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// Input is what was pointed at: the path as the job file is to have it, and its
// files. Files of other columns than the first must be inputs of their own.
type Input struct {
	Path  string
	Looks []*ledger.Look
}

// Draft is a job file in the making.
type Draft struct {
	Job     []Decision // name, as_of, timezone, currency
	Sources []*Source
	Unused  []Unused
	rates   *table // of exchange
	idMap   *table // which ids are the same customer's
}

// Source is a source of the job file.
type Source struct {
	Path  string
	Title string   // what it is: the kind, or that it is unknown
	Known bool     // a known kind
	About []string // more of it, a line each
	// Decisions are the lines of the source, in order.
	Decisions []Decision

	table *table
	joins []*table
	kind  *kind // nil: unknown
}

// Unused is an input that no source reads.
type Unused struct{ Path, Why string }

// New drafts a job for some exports. Its error is a [Question] where a person
// has to decide.
func New(inputs []Input, answers Answers) (*Draft, error) {
	d := &Draft{}
	var tables []*table
	for _, in := range inputs {
		t := profile(joined(in.Looks))
		t.path = in.Path
		tables = append(tables, t)
	}
	if err := d.chooseSheets(tables, answers); err != nil {
		return nil, err
	}
	rest, err := d.takeKinds(tables, answers)
	if err != nil {
		return nil, err
	}
	rest = d.takeMap(d.takeRates(rest))
	if err := d.takeUnknown(rest, answers); err != nil {
		return nil, err
	}
	if len(d.Sources) == 0 {
		return nil, noSales(tables, answers)
	}
	if err := d.decideJob(answers); err != nil {
		return nil, err
	}
	return d, nil
}

// joined are files of the same columns as one.
func joined(looks []*ledger.Look) *ledger.Look {
	all := *looks[0]
	for _, l := range looks[1:] {
		all.Rows = append(slices.Clip(all.Rows), l.Rows...)
		all.Bytes += l.Bytes
		all.Values, all.Days = mergedValues(all.Values, l.Values), mergedValues(all.Days, l.Days)
	}
	return &all
}

func mergedValues(a, b map[int][]string) map[int][]string {
	all := maps.Clone(a)
	if all == nil {
		all = map[int][]string{}
	}
	for at, values := range b {
		all[at] = append(slices.Clip(all[at]), values...)
	}
	return all
}

// takeKinds makes sources of the tables of known kinds and gives the others.
func (d *Draft) takeKinds(tables []*table, answers Answers) (rest []*table, err error) {
	taken := map[*table]bool{}
	for _, k := range kinds {
		for _, t := range tables {
			if taken[t] || t.aside != "" || !k.matches(t) {
				continue
			}
			joins, complete := k.findJoins(t, tables)
			switch {
			case !complete:
				continue
			case k.Refused != "":
				return nil, &Question{Key: "sources", Text: t.path + " is " + k.Title + ": " + k.Refused}
			}
			taken[t] = true
			for _, j := range joins {
				if j != nil {
					taken[j] = true
				}
			}
			s := k.source(t, joins, answers)
			if s.find("columns.customer") == nil {
				return nil, t.whoBought()
			}
			if err := s.complete(answers); err != nil {
				return nil, err
			}
			d.Sources = append(d.Sources, s)
			d.leaveBeside(k, tables, taken)
		}
	}
	return slices.DeleteFunc(slices.Clone(tables), func(t *table) bool { return taken[t] }), nil
}

// complete decides what only the kind's own rows and titles can tell.
func (s *Source) complete(a Answers) error {
	if s.kind.Kind != "datev" || a.Time != "" {
		return nil
	}
	return s.decideBookings()
}

// leaveBeside leaves the files unused that come with a kind and say nothing of sales.
func (d *Draft) leaveBeside(k *kind, tables []*table, taken map[*table]bool) {
	for _, b := range k.Beside {
		for _, t := range tables {
			if !taken[t] && k.has(t, b.Needs, b.Not) {
				taken[t] = true
				d.Unused = append(d.Unused, Unused{t.title(), b.Why})
			}
		}
	}
}

// findJoins finds the files that belong to a kind's own; complete is false
// where one is missing.
func (k *kind) findJoins(own *table, tables []*table) (joins []*table, complete bool) {
	for _, j := range k.Joins {
		at := slices.IndexFunc(tables, func(t *table) bool { return t != own && k.has(t, j.Needs, j.Not) })
		switch {
		case at >= 0:
			joins = append(joins, tables[at])
		case !j.Optional:
			return nil, false
		default:
			joins = append(joins, nil)
		}
	}
	return joins, true
}

// columnOrder is the order in which columns stand in the job file.
var columnOrder = []string{
	"customer", "order", "time", "amount", "product", "category", "quantity", "refund", "refund_time", "original_order",
	"region", "channel", "cost", "currency", "referrer", "consent", "provenance",
}

// source makes a source of a table of the kind.
func (k *kind) source(t *table, joins []*table, answers Answers) *Source {
	s := &Source{Path: t.path, Title: k.Title, Known: true, table: t, kind: k}
	s.addSheet()
	for _, j := range joins {
		if j != nil {
			s.joins = append(s.joins, j)
		}
	}
	if k.Row != "" {
		s.About = append(s.About, "One row is "+k.Row+".")
	}
	s.About = append(s.About, k.Notes...)
	tables := append([]*table{t}, s.joins...)
	for _, set := range []struct {
		key string
		of  choices
	}{{"records", k.Records}, {"encoding", k.Encoding}} {
		s.add(k.decide(set.key, set.of, tables...))
	}
	for _, name := range columnOrder {
		of := k.Columns[name]
		if name == roleCustomer {
			of = k.unmasked(of, tables)
		}
		s.add(k.decide("columns."+name, of, tables...))
	}
	s.answer(answers)
	s.add(k.all("where", "AND", k.Where, tables...))
	flags := s.decideFlags()
	s.add(k.all("returns", "OR", k.Returns, tables...))
	s.fillDown(append(slices.Clone(k.FillDown), flags...))
	k.decideAmountIs(s, tables)
	if when := s.timeColumn(); when != nil && when.ambiguousOnly() {
		s.add(k.decide("dates", k.Dates, tables...))
	}
	s.add(k.decide("numbers", k.Numbers, tables...))
	s.add(k.decide("timezone", k.Timezone, tables...))
	if len(k.Exclude) > 0 {
		s.add(&Decision{Key: "exclude_products", List: k.Exclude, Sure: Known})
	} else {
		s.decideServices()
	}
	for i, j := range k.Joins {
		if joins[i] == nil {
			continue
		}
		s.add(&Decision{Key: "join", Value: joins[i].path, Sheet: joins[i].look.Sheet, List: append([]string{j.As}, j.On...), Why: j.Why, Sure: Known})
	}
	return s
}

// add adds a decision, if there is one.
func (s *Source) add(d *Decision) {
	if d != nil {
		s.Decisions = append(s.Decisions, *d)
	}
}

// find gives the decision about a key; nil where there is none.
func (s *Source) find(key string) *Decision {
	for i, d := range s.Decisions {
		if d.Key == key && !d.Off {
			return &s.Decisions[i]
		}
	}
	return nil
}

// answer lays what a person said over what was decided.
func (s *Source) answer(a Answers) {
	for _, said := range []struct{ key, value string }{
		{"columns.customer", a.Customer}, {"columns.order", a.Order}, {"columns.time", a.Time}, {"columns.amount", a.Amount},
	} {
		if said.value == "" {
			continue
		}
		d := Decision{Key: said.key, Value: said.value, Why: "as you said", Sure: Known}
		if found := s.find(said.key); found != nil {
			*found = d
			continue
		}
		s.Decisions = append(s.Decisions, d)
	}
	s.sortColumns()
}

// sortColumns puts the columns in the order of the job file. What stands before and behind
// them stays there.
func (s *Source) sortColumns() {
	rank := func(d Decision) int { return slices.Index(columnOrder, strings.TrimPrefix(d.Key, "columns.")) }
	var before, columns, behind []Decision
	for _, d := range s.Decisions {
		switch {
		case strings.HasPrefix(d.Key, "columns."):
			columns = append(columns, d)
		case columns == nil:
			before = append(before, d)
		default:
			behind = append(behind, d)
		}
	}
	slices.SortStableFunc(columns, func(a, b Decision) int { return rank(a) - rank(b) })
	s.Decisions = slices.Concat(before, columns, behind)
}

// noSales is the question where no file has purchases: about the time first and, once that
// is known, about the amount.
func noSales(tables []*table, a Answers) error {
	var names []string
	for _, t := range tables {
		names = append(names, t.title())
	}
	q := &Question{
		Key: "columns.time", Flag: "time COLUMN --amount COLUMN --customer COLUMN", fits: aColumnOf(tables...),
		Text: fmt.Sprintf("no file has purchases with a time and an amount of money (%s): which column says when", strings.Join(names, ", ")),
	}
	if a.Time != "" {
		q.Key, q.Flag = "columns.amount", "amount COLUMN --customer COLUMN"
		q.Text = fmt.Sprintf("no column is an amount of money (%s): which says for how much", strings.Join(names, ", "))
	}
	if len(tables) == 1 {
		q.Text += "? Its columns are " + strings.Join(tables[0].names(), ", ")
	}
	return q
}

// nameOf is a name for the job: the file's or, of a pattern, its folder's.
func nameOf(path string) string {
	base := filepath.Base(filepath.ToSlash(path))
	for range 3 { // .csv.gz
		ext := filepath.Ext(base)
		if ext == "" || len(ext) > len(".parquet") {
			break
		}
		base = strings.TrimSuffix(base, ext)
	}
	base = strings.NewReplacer("*", "", "?", "").Replace(base)
	if name := job.FitName(strings.ToLower(base)); name != "" {
		return name
	}
	return "shop"
}
