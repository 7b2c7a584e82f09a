package compare

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"clientele/analytics/asset/equity"
	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// ErrNotComparable marks two publications that have nothing in common.
var ErrNotComparable = errors.New("not comparable")

// pair is two nights side by side: was has, for each customer of the newer one,
// the place in the older one or -1, and gone the places in the older one of
// those who left.
type pair struct {
	older, newer *Publication
	rules        rules
	was, gone    []int
	kin          kin
}

// Publications compares two nights of one job. They may be of the same day, such
// as a run with other settings published elsewhere.
func Publications(older, newer *Publication) (*Report, error) {
	if older.Name != newer.Name {
		return nil, fmt.Errorf("%w: %s is of job %q, %s of job %q; name two nights of one job",
			ErrNotComparable, older.Path, older.Name, newer.Path, newer.Name)
	}
	p := pair{older: older, newer: newer}
	var err error
	if p.rules, err = rulesOf(older.files.Settings, newer.files.Settings); err != nil {
		return nil, err
	}
	p.was, p.gone = older.members.Match(newer.members.ID)
	if p.kin, err = p.findKin(); err != nil {
		return nil, err
	}
	r := &Report{
		Name: newer.Name, Currency: newer.Currency,
		Old: older.night(), New: newer.night(), Days: int(newer.day - older.day),
		Customers: Change[int64]{int64(older.members.Len()), int64(newer.members.Len())},
		Revenue:   Change[money.Amount]{sum(older.everybody(), older.revenue), sum(newer.everybody(), newer.revenue)},
		Language:  newer.settings["output.language"], nights: []*publication.Publication{newer.files, older.files},
		Settings: p.rules.changed,
		Params:   p.params(),
	}
	if err := p.compareWorth(r); err != nil {
		return nil, err
	}
	p.compareFlows(r)
	for _, g := range column.Groupings {
		p.compareKind(r, g)
	}
	if p.refitted() {
		r.CutPoints = &Change[string]{older.cuts.AsOf, newer.cuts.AsOf}
	}
	p.rank(r.movers)
	r.Campaigns, err = p.campaigns()
	return r, err
}

func (p *Publication) night() Night { return Night{p.Path, p.AsOf, p.RunID} }

func (p *Publication) everybody() []int {
	all := make([]int, p.members.Len())
	for i := range all {
		all[i] = i
	}
	return all
}

func (p *Publication) revenue(i int) money.Amount { return p.members.Amounts(column.Net)[i] }

// equity is what a customer is expected to bring; nothing without a model.
func (p *Publication) equity(i int) money.Amount {
	future := p.members.Numbers(column.FutureValue)
	if future == nil || math.IsNaN(future[i]) {
		return money.Amount{}
	}
	return money.FromFloat(future[i])
}

func (p *Publication) pastValue(i int) money.Amount {
	return money.FromFloat(p.members.Numbers(column.CLV)[i]).Minus(p.equity(i))
}

// modelled tells whether the night has a lifetime model.
func (p *Publication) modelled() bool { return p.model.Exists() }

func (p pair) compareWorth(r *Report) error {
	older, newer := p.older, p.newer
	if older.members.Numbers(column.CLV) != nil && newer.members.Numbers(column.CLV) != nil {
		r.PastValue = &Change[money.Amount]{sum(older.everybody(), older.pastValue), sum(newer.everybody(), newer.pastValue)}
		span, err := equity.Over(older.files, newer.files)
		if _, is := errors.AsType[*publication.Damage](err); is {
			return advised(err)
		}
		if err != nil {
			return err
		}
		r.EquityLedger = &span
	}
	if older.modelled() && newer.modelled() {
		r.Equity = &Change[money.Amount]{sum(older.everybody(), older.equity), sum(newer.everybody(), newer.equity)}
		r.Model = &Change[string]{older.model.Model, newer.model.Model}
	}
	return nil
}

// compareFlows counts who is on one night only.
func (p pair) compareFlows(r *Report) {
	r.Entered = p.newer.flow(p.entered(), p.whyEntered, Entered, r)
	r.Left = p.older.flow(p.gone, p.whyLeft, Left, r)
}

// entered are the customers of the newer night whom the older one does not have.
func (p pair) entered() []int {
	var entered []int
	for i, was := range p.was {
		if was < 0 {
			entered = append(entered, i)
		}
	}
	return entered
}

func (p pair) whyEntered(i int) cause.Cause {
	id, first := p.newer.members.ID[i], p.newer.members.Days(column.FirstDay)[i]
	switch {
	case first > p.older.day:
		return cause.Bought
	case p.kin.Joined[id]:
		return cause.Joined
	case p.kin.Parted[id]:
		return cause.Parted
	case p.rules.records:
		return cause.RuleChanged
	}
	return cause.Corrected
}

func (p pair) whyLeft(was int) cause.Cause {
	id := p.older.members.ID[was]
	returns := p.older.members.Counts(column.Returns)
	switch {
	case p.kin.Joined[id]:
		return cause.Joined
	case p.kin.Parted[id]:
		return cause.Parted
	case returns != nil && p.kin.returns[id] > returns[was]:
		return cause.AllReturned
	case p.rules.records:
		return cause.RuleChanged
	}
	return cause.Corrected
}

// flow sums up customers of a night who are not on the other, and notes them as
// movers.
func (p *Publication) flow(customers []int, why func(int) cause.Cause, what string, r *Report) Flow {
	f := Flow{Customers: int64(len(customers)), Revenue: sum(customers, p.revenue), Equity: sum(customers, p.equity)}
	count := newCauseCounts()
	for _, i := range customers {
		because := why(i)
		count.add(because, 0)
		r.movers = append(r.movers, Mover{Customer: p.members.ID[i], Kind: what, Cause: because})
	}
	f.Causes = count.list()
	return f
}

// causeCounts counts customers by cause.
type causeCounts map[cause.Cause]*CauseCount

func newCauseCounts() causeCounts { return causeCounts{} }

// add counts a customer; rise is 1, 0 or -1.
func (c causeCounts) add(of cause.Cause, rise int) {
	n := c[of]
	if n == nil {
		n = &CauseCount{Cause: of}
		c[of] = n
	}
	n.Customers++
	switch {
	case rise > 0:
		n.Up++
	case rise < 0:
		n.Down++
	}
}

func (c causeCounts) list() []CauseCount {
	list := []CauseCount{}
	for _, of := range cause.All {
		if n := c[of]; n != nil {
			list = append(list, *n)
		}
	}
	return list
}

// params lays the parameters of both models side by side.
func (p pair) params() []ParameterChange {
	was, is := p.older.params(), p.newer.params()
	names := maps.Clone(was)
	maps.Copy(names, is)
	list := []ParameterChange{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		list = append(list, ParameterChange{name, at(was, name), at(is, name)})
	}
	return list
}

func at(params map[string]float64, name string) *float64 {
	if v, ok := params[name]; ok {
		return &v
	}
	return nil
}

// params are those of the model of purchases and, with the name before them, those of a
// blend's members, with their weights, and of spend.
func (p *Publication) params() map[string]float64 {
	all := map[string]float64{}
	if p.model == nil {
		return all
	}
	maps.Copy(all, p.model.Params)
	for _, member := range p.model.Members {
		all[member.Model+".weight"] = member.Weight
		addParams(all, member.Model, member.Params)
	}
	if p.model.Spend != nil {
		addParams(all, "spend", p.model.Spend.Params)
	}
	return all
}

func addParams(into map[string]float64, of string, params map[string]float64) {
	for name, v := range params {
		into[of+"."+name] = v
	}
}

// modelMoved tells whether the lifetime model is not what it was.
func (p pair) modelMoved() bool {
	return p.older.modelled() && p.newer.modelled() &&
		(p.older.model.Model != p.newer.model.Model || !maps.Equal(p.older.params(), p.newer.params()))
}

// rank sorts movers by what they are worth, the best first; those who are worth
// the same by id, and one customer's moves by kind.
func (p pair) rank(movers []Mover) {
	worth := make(map[string]float64, len(movers))
	for _, side := range []*Publication{p.older, p.newer} {
		clv := side.members.Numbers(column.CLV)
		for i, id := range side.members.ID {
			if clv != nil {
				worth[id] = clv[i]
			} else {
				worth[id] = side.revenue(i).Float()
			}
		}
	}
	order := map[string]int{}
	for i, g := range column.Groupings {
		order[g.Name] = i
	}
	slices.SortFunc(movers, func(a, b Mover) int {
		return cmp.Or(
			-cmp.Compare(worth[a.Customer], worth[b.Customer]), cmp.Compare(a.Customer, b.Customer),
			cmp.Compare(order[a.Kind], order[b.Kind]),
		)
	})
}
