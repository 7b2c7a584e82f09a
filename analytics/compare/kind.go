package compare

import (
	"slices"

	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
)

// compareKind adds how customers moved between the groups of a kind. A kind that
// a night does not have is left out.
func (p pair) compareKind(r *Report, g column.Grouping) {
	kind := g.Name
	then, now := p.older.members.Texts(g.Of), p.newer.members.Texts(g.Of)
	if then == nil || now == nil {
		return
	}
	k := Kind{Kind: kind, Groups: p.groupsOf(kind)}
	witness := p.witness(kind, k.Groups)
	cells, causes := map[[2]string]int64{}, newCauseCounts()
	entered, left := map[string]int64{}, map[string]int64{}
	for i := range now.Len() {
		to, was := now.At(i), p.was[i]
		if was < 0 {
			entered[to]++
			continue
		}
		from := then.At(was)
		cells[[2]string{from, to}]++
		if from == to {
			continue
		}
		k.Moved++
		why := witness.evidence(was, i, from, to).Cause()
		causes.add(why, witness.rise(from, to))
		r.movers = append(r.movers, Mover{p.newer.members.ID[i], kind, &from, &to, why})
	}
	for _, was := range p.gone {
		left[then.At(was)]++
	}
	k.Moves, k.Causes = moves(k.Groups, cells, entered, left), causes.list()
	r.Kinds = append(r.Kinds, k)
}

// groupsOf are the groups of a kind in the order of the newer night, and then
// those that only the older one has.
func (p pair) groupsOf(kind string) []Group {
	var groups []Group
	seen := map[string]bool{}
	for _, side := range []*Publication{p.newer, p.older} {
		for _, g := range side.groups {
			if g.Kind == kind && !seen[g.Name] {
				seen[g.Name] = true
				groups = append(groups, g)
			}
		}
	}
	return groups
}

// moves lists the pairs of groups that somebody is in, in the order of groups:
// who was there first, then who entered.
func moves(groups []Group, cells map[[2]string]int64, entered, left map[string]int64) []Move {
	list := []Move{}
	add := func(from, to *string, n int64) {
		if n > 0 {
			list = append(list, Move{from, to, n})
		}
	}
	for _, from := range groups {
		for _, to := range groups {
			add(&from.Name, &to.Name, cells[[2]string{from.Name, to.Name}])
		}
		add(&from.Name, nil, left[from.Name])
	}
	for _, to := range groups {
		add(nil, &to.Name, entered[to.Name])
	}
	return list
}

// witness says what is known of the moves of one kind.
type witness struct {
	pair
	kind        string
	order       []string        // of the groups, the highest tier first
	only        map[string]bool // groups that one night alone has
	ruleChanged bool
	model       bool    // the model has moved; of tiers only those matter that go by it
	cuts        bool    // so have the cut points of scores, which tiers may go by; of segments, with nothing to tell more
	scored      *scored // of segments; nil: scores of the two nights do not mean the same
}

func (p pair) witness(kind string, groups []Group) witness {
	w := witness{pair: p, kind: kind, only: map[string]bool{}, ruleChanged: p.rules.of(kind)}
	for _, g := range groups {
		w.order = append(w.order, g.Name)
		w.only[g.Name] = !p.older.has(kind, g.Name) || !p.newer.has(kind, g.Name)
	}
	switch kind {
	case "tier":
		w.model, w.cuts = p.modelMoved(), p.refitted()
	case "stage":
		w.model = p.modelMoved()
	case "rfm":
		if !w.ruleChanged {
			w.scored = p.score()
			w.cuts = w.scored == nil && p.refitted() // with nothing to tell it by
		}
	}
	return w
}

func (p *Publication) has(kind, name string) bool {
	return slices.ContainsFunc(p.groups, func(g Group) bool { return g.Kind == kind && g.Name == name })
}

// evidence is what is known of a customer, at was in the older and at is in the
// newer night, who moved from one group to another.
func (w witness) evidence(was, is int, from, to string) Evidence {
	e := Evidence{
		RuleProven: w.proven(was, is, from, to), CutPointsProven: w.scored != nil && w.scored.stays(is, from),
		Happened: w.happened(was, is, from, to), RuleChanged: w.ruleChanged,
	}
	switch w.kind {
	case "tier":
		between := w.between(from, to)
		e.CutPointsMoved = w.cuts && w.rules.usesAny(between, func(c *column.Column) bool { return c.Cut })
		e.ModelMoved = w.model && w.rules.usesAny(between, func(c *column.Column) bool { return c.Modelled })
	case "stage":
		e.ModelMoved = w.model && w.foundAgain(was, is)
	case "rfm":
		e.CutPointsMoved = w.cuts
	}
	return e
}

// happened is what became of a customer, where it can have moved them from one group to
// the other.
func (w witness) happened(was, is int, from, to string) cause.Cause {
	then, now := w.older.past(was), w.newer.past(is)
	id := w.newer.members.ID[is]
	happened := cause.Happened(then, now, w.older.day, w.kin.Joined[id], w.kin.Parted[id])
	undone := w.kind != "tier" && then.Undone(now, w.older.day)
	switch {
	case happened == cause.Bought && !w.buyingExplains(was, is, from, to):
		return ""
	case happened == cause.Returned && !undone && !w.returningExplains(was, is, from, to):
		return ""
	}
	return happened
}

// past is what a night knows of what a customer did.
func (p *Publication) past(i int) cause.Past {
	of := cause.Past{
		First: p.members.Days(column.FirstDay)[i], Last: p.members.Days(column.LastDay)[i],
		Orders: p.members.Counts(column.Orders)[i], Net: p.members.Amounts(column.Net)[i], Returns: cause.NotKnown,
	}
	if returns := p.members.Counts(column.Returns); returns != nil {
		of.Returns = returns[i]
	}
	return of
}

// between are the tiers that a member won or lost: those above the lower of two, up to the
// higher. What no other tier goes by has moved nobody there.
func (w witness) between(from, to string) []string {
	a, b := w.place(from), w.place(to)
	return w.order[min(a, b):max(a, b)]
}

// place is where a group stands in the order; of one that no night lists, behind all.
func (w witness) place(name string) int {
	if at := slices.Index(w.order, name); at >= 0 {
		return at
	}
	return len(w.order)
}

// proven tells whether a rule alone explains the move.
func (w witness) proven(was, is int, from, to string) bool {
	a, b := w.older.members, w.newer.members
	if w.ruleChanged && (w.only[from] || w.only[to]) {
		return true
	}
	if then, now := a.Texts(column.TierStatus), b.Texts(column.TierStatus); w.kind == "tier" && then != nil && now != nil {
		const pinned = "pinned"
		if (then.At(was) == pinned) != (now.At(is) == pinned) {
			return true
		}
	}
	return false
}

// foundAgain tells whether a customer was lost and no longer is, while the
// probability of being alive rose: without a purchase it only falls with time,
// so that the model must have moved.
func (w witness) foundAgain(was, is int) bool {
	then, now := w.older.members.Texts(column.Decline), w.newer.members.Texts(column.Decline)
	alive, aliveNow := w.older.members.Numbers(column.PAlive), w.newer.members.Numbers(column.PAlive)
	return then != nil && now != nil && alive != nil && aliveNow != nil &&
		then.At(was) == "lost" && now.At(is) != "lost" && aliveNow[is] > alive[was]
}

// rise is 1 for a customer who rose to a higher tier, -1 for one who fell.
func (w witness) rise(from, to string) int {
	if w.kind != "tier" {
		return 0
	}
	return w.place(from) - w.place(to)
}
