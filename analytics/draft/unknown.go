package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/job"
)

// takeUnknown makes sources of tables of no known kind: those with purchases,
// with the others joined to them that add to what they say.
func (d *Draft) takeUnknown(tables []*table, answers Answers) error {
	var sales, others []*roles
	for _, t := range tables {
		r := findRoles(t)
		if t.aside == "" && r.hasSales(answers) {
			sales = append(sales, r)
		} else {
			others = append(others, r)
		}
	}
	joined := slices.DeleteFunc(slices.Clone(others), func(r *roles) bool { return r.table.aside == hasItsOwn })
	for _, r := range sales {
		s, err := r.source(joined, answers)
		if err != nil {
			return err
		}
		d.Sources = append(d.Sources, s)
	}
	for _, r := range others {
		if !slices.ContainsFunc(d.Sources, func(s *Source) bool { return slices.Contains(s.joins, r.table) }) {
			d.Unused = append(d.Unused, Unused{r.table.title(), r.unused()})
		}
	}
	return nil
}

// unused is why a table is not read.
func (r *roles) unused() string {
	if r.table.aside == hasItsOwn {
		return hasItsOwn
	}
	return cmp.Or(r.table.aside, "no column of it is a time with an amount of money") + ", and no other file names its rows"
}

// hasSales tells whether a table may have purchases: times and money.
func (r *roles) hasSales(a Answers) bool {
	has := func(said, role string) bool { return said != "" && r.table.mentions(said) || r.best(role) != nil }
	return has(a.Time, roleTime) && (has(a.Amount, roleAmount) || r.best(rolePrice) != nil)
}

// mentions tells whether a column or an expression can be about the table.
func (t *table) mentions(said string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool { return strings.Contains(strings.ToLower(said), strings.ToLower(c.name)) })
}

// source drafts the source of a table with purchases.
func (r *roles) source(others []*roles, answers Answers) (*Source, error) {
	s := &Source{Path: r.table.path, Title: "no kind of export that is known: by the names of its columns and their values", table: r.table}
	s.addSheet()
	joins := r.findJoins(others)
	r.decideTime(s, answers)
	r.decideAmount(s, answers)
	if err := r.decideCustomer(s, joins, answers); err != nil {
		return nil, err
	}
	for _, name := range []string{roleOrder, roleProduct, roleCategory, roleRegion, roleChannel, roleCost, roleReferrer} {
		r.decideLabel(s, name, joins)
	}
	r.decideRowID(s)
	if !r.multiplied(s) {
		r.decideLabel(s, roleQuantity, nil)
	}
	r.decideRefund(s)
	r.decideOriginal(s)
	s.answer(answers)
	r.decideStatus(s)
	s.decideServices()
	s.decideFlags()
	s.fillDown(r.inUse(s))
	r.decideAmountIs(s)
	for _, j := range joins {
		s.joins = append(s.joins, j.other.table)
		sheet := j.other.table.look.Sheet
		s.add(&Decision{Key: "join", Value: j.other.table.path, Sheet: sheet, List: []string{job.FitName(strings.ToLower(sheet)), j.on()}, Sure: Likely, Why: j.why()})
	}
	return s, nil
}

// inUse are the columns of the table that the source names.
func (r *roles) inUse(s *Source) []string {
	var all []string
	for _, c := range r.table.columns {
		if slices.ContainsFunc(s.Decisions, func(d Decision) bool {
			return d.Value == c.name || slices.Contains(d.List, c.name) || strings.Contains(d.Value, identifier(c.name))
		}) {
			all = append(all, c.name)
		}
	}
	return all
}

// sureOf is how sure the best of some candidates is.
func sureOf(all []candidate) Sure {
	const near, sound = 0.1, 0.6
	switch {
	case len(all) > 1 && all[0].score-all[1].score < near:
		return Guess
	case all[0].score < sound:
		return Guess
	}
	return Likely
}

// decideBy decides for the best of some candidates.
func decideBy(key string, all []candidate) *Decision {
	const most = 3 // of the others
	d := &Decision{Key: key, Value: all[0].name, Why: all[0].why, Sure: sureOf(all)}
	for _, c := range all[1:min(len(all), most+1)] {
		d.Others = append(d.Others, Other{c.name, c.why})
	}
	return d
}

func (r *roles) decideTime(s *Source, a Answers) {
	times := r.of[roleTime]
	if a.Time != "" || len(times) == 0 {
		return
	}
	d := decideBy("columns.time", times)
	if clocks := r.of[roleClock]; len(clocks) > 0 && !strings.Contains(times[0].firstDate, ":") {
		d.List, d.Value = []string{times[0].name, clocks[0].name}, ""
		d.Why += "; the time of day stands beside it"
	}
	s.add(d)
}

// decideAmount takes the column of money or, where there are only prices, what
// they come to.
func (r *roles) decideAmount(s *Source, a Answers) {
	if a.Amount != "" {
		return
	}
	amounts, price, quantity := r.of[roleAmount], r.best(rolePrice), r.best(roleQuantity)
	switch {
	case len(amounts) > 0 && (price == nil || quantity == nil || amounts[0].score >= 0.55):
		d := decideBy("columns.amount", amounts)
		if price != nil && quantity != nil {
			d.Others = append(d.Others, Other{product(quantity, price), "what the pieces cost"})
		}
		s.add(d)
	case price != nil && quantity != nil:
		s.add(&Decision{Key: "columns.amount", Value: product(quantity, price), Sure: Likely, Why: "no column has what a row came to, and these two do"})
	default:
		s.add(&Decision{Key: "columns.amount", Value: price.name, Sure: Guess, Why: price.why + "; nothing says how many pieces"})
	}
}

func product(quantity, price *candidate) string {
	return identifier(quantity.name) + " * " + identifier(price.name)
}

// multiplied tells whether the amount has been made of the quantity.
func (r *roles) multiplied(s *Source) bool {
	d, q := s.find("columns.amount"), r.best(roleQuantity)
	return d == nil || q != nil && strings.Contains(d.Value, identifier(q.name)+" *")
}

func (r *roles) decideCustomer(s *Source, joins []joint, a Answers) error {
	if a.Customer != "" {
		return nil
	}
	if all := r.of[roleCustomer]; len(all) > 0 && (!isPersonsName(all[0].name) || !r.hasAddress()) {
		d := decideBy("columns.customer", all)
		listed := func(name string) bool {
			return slices.ContainsFunc(d.Others, func(o Other) bool { return o.Value == name })
		}
		if email := r.best(roleEmail); email != nil && email.column != all[0].column && !listed(email.name) {
			d.Others = append(d.Others, Other{email.name, "an address, where ids are missing or change"})
		}
		s.add(d)
		return nil
	}
	for _, role := range []string{roleEmail, rolePhone} {
		if all := r.of[role]; len(all) > 0 {
			d := decideBy("columns.customer", all)
			d.Why, d.Sure = "there is no id of a customer; this says who it was", Likely
			if names := r.best(roleCustomer); names != nil {
				d.Others = append(d.Others, Other{names.name, "names, which several customers may share"})
			}
			s.add(d)
			return nil
		}
	}
	for _, j := range joins {
		if c := j.other.best(roleCustomer); c != nil {
			s.add(&Decision{Key: "columns.customer", Value: c.name, Why: "it stands in " + j.other.table.path, Sure: Likely})
			return nil
		}
	}
	return r.table.whoBought()
}

// whoBought is the question where no column says it.
func (t *table) whoBought() *Question {
	return &Question{
		Key: "columns.customer", Flag: "customer COLUMN", fits: aColumnOf(t),
		Text: fmt.Sprintf("%s: no column says who bought: which is it? Its columns are %s", t.path, strings.Join(t.names(), ", ")),
	}
}

// personNames are words in the name of a column that has people's names.
var personNames = []string{"name", "kundenname", "nom", "nombre", "nome", "姓名", "氏名", "昵称"}

func isPersonsName(column string) bool {
	return slices.ContainsFunc(personNames, func(w string) bool { return containsWord(fold(column), w) })
}

// hasAddress tells whether most rows have an address or a telephone.
func (r *roles) hasAddress() bool {
	for _, role := range []string{roleEmail, rolePhone} {
		if c := r.best(role); c != nil && c.fill(r.table) > 0.5 {
			return true
		}
	}
	return false
}

// names are those of a table's columns.
func (t *table) names() []string {
	var all []string
	for _, c := range t.columns {
		all = append(all, c.name)
	}
	return all
}

// rowIDs are names of a column that numbers the rows of its file.
var rowIDs = []string{"id", "no", "nr", "number", "numero", "uuid", "编号", "序号", "#"}

// decideRowID takes the id of a row for that of its order where nothing else is.
func (r *roles) decideRowID(s *Source) {
	if s.find("columns.order") != nil {
		return
	}
	for _, c := range r.table.columns {
		if slices.Contains(rowIDs, fold(c.name)) && c.unique(r.table) {
			s.add(&Decision{Key: "columns.order", Value: c.name, Why: "each row has its own, and nothing else says which order it is of", Sure: Likely})
			return
		}
	}
}

// decideLabel maps a column that a job can do without.
func (r *roles) decideLabel(s *Source, role string, joins []joint) {
	if all := r.of[role]; len(all) > 0 {
		s.add(decideBy("columns."+role, all))
		return
	}
	for _, j := range joins {
		if all := j.other.of[role]; role != roleOrder && len(all) > 0 {
			d := decideBy("columns."+role, all)
			d.Why += "; it stands in " + j.other.table.path
			s.add(d)
			return
		}
	}
}

// decideRefund maps what was given back, where the amount does not tell it.
func (r *roles) decideRefund(s *Source) {
	refund := r.best(roleRefund)
	if refund == nil {
		return
	}
	s.add(decideBy("columns.refund", r.of[roleRefund]))
	if len(r.of[roleRefundTime]) > 0 {
		s.add(decideBy("columns.refund_time", r.of[roleRefundTime]))
	}
}

// decideStatus leaves out what was never paid for, and marks what came back.
func (r *roles) decideStatus(s *Source) {
	refunds := s.find("columns.refund") != nil
	for _, role := range []string{roleStatus, roleKind} {
		c := r.best(role)
		if c == nil {
			continue
		}
		out, returned := leftOut(c.column)
		name := identifier(c.name)
		if role == roleKind {
			returned, out = append(out, returned...), nil // a row of its own for what came back
		} else if len(returned) > 0 && !r.givesBack(c.column, returned) {
			// The row is the sale itself: what came back of it was never the shop's.
			returned, out = nil, append(out, returned...)
		}
		if role == roleStatus && refunds {
			// The order stays, and what was given back is taken off it.
			out = slices.DeleteFunc(out, func(v string) bool { return meaningOf(v) == "refunded" })
		}
		if len(out) > 0 {
			s.add(&Decision{Key: "where", Value: fmt.Sprintf("coalesce(%s, '') NOT IN (%s)", name, texts(out)), Sure: Likely, Why: "orders with this status brought no money"})
		}
		if len(returned) > 0 && s.find("returns") == nil {
			s.add(&Decision{Key: "returns", Value: fmt.Sprintf("%s IN (%s)", name, texts(returned)), Sure: Likely, Why: "these rows are goods that came back"})
		}
		if len(out)+len(returned) == 0 && role == roleStatus {
			s.add(&Decision{Key: "where", Off: true, Value: name + " = " + text(c.most[0]), Why: fmt.Sprintf("its values are %s; say which orders count, if not all", texts(c.most[:min(5, len(c.most))]))})
		}
	}
}

func texts(values []string) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = text(v)
	}
	return strings.Join(all, ", ")
}
