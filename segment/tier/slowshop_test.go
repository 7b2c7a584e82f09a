package tier

import (
	"fmt"
	"math"
	"slices"
	"time"

	"clientele/internal/calendar"
)

// slowShop is the reference for tiers: the rules told again as plainly as
// possible, with dates of package time, one customer and one day after the
// other, everything looked up afresh. It shares nothing with the machine but
// the types that describe a programme.
type slowShop struct {
	programme Programme
	customers []*slowCustomer
	today     time.Time
	known     time.Time // purchases after it have not happened yet
	ops       []slowOp
}

type slowCustomer struct {
	id        string
	first     time.Time
	purchases []slowPurchase
	static    map[string]float64

	tier     string // by the rules
	since    time.Time
	anchor   time.Time // terms are counted from here
	until    time.Time // end of the term
	graceEnd time.Time // zero: not in grace
	pin      *slowPin  // in force

	changes []slowChange // that returns may take back
	taken   string       // the tier that was taken back today
}

// slowChange is a rise or a renewal, and the customer as they were before it.
type slowChange struct {
	day    time.Time
	before slowCustomer
}

type slowPurchase struct {
	day   time.Time
	cents int64
	count int64
}

type slowPin struct {
	tier  string
	until time.Time
}

type slowOp struct {
	day      time.Time
	id       string
	op       Op
	from, to string
}

func (o slowOp) String() string {
	return fmt.Sprintf("%s %s %s %s->%s", o.day.Format(time.DateOnly), o.id, o.op, o.from, o.to)
}

// slowMonths adds months by going to the first of the month and then as far as
// the month goes.
func slowMonths(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return time.Date(first.Year(), first.Month(), min(day.Day(), last.Day()), 0, 0, 0, 0, time.UTC)
}

func slowPlus(day time.Time, p calendar.Period, times int) time.Time {
	return slowMonths(day, p.Months*times).AddDate(0, 0, p.Days*times)
}

// year is the yearly period that contains a day.
func slowYear(anchor, day time.Time) (from, to time.Time) {
	k := 0
	for slowMonths(anchor, 12*k).After(day) {
		k--
	}
	for !slowMonths(anchor, 12*(k+1)).After(day) {
		k++
	}
	return slowMonths(anchor, 12*k), slowMonths(anchor, 12*(k+1)).AddDate(0, 0, -1)
}

func (s *slowShop) yearly() bool {
	return s.programme.Window.Kind != Rolling && s.programme.Window.Kind != Lifetime
}

func (s *slowShop) yearAnchor(c *slowCustomer) time.Time {
	switch {
	case s.programme.Window.Kind == CalendarYear:
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	case s.programme.Window.Kind == TierYear && !c.since.IsZero():
		return c.since
	}
	return c.first
}

// termEnd is the end of the customer's n-th term.
func (s *slowShop) termEnd(c *slowCustomer, n int) time.Time {
	end := slowPlus(c.anchor, s.programme.Term, n)
	if s.yearly() {
		_, end = slowYear(s.yearAnchor(c), end.AddDate(0, 0, -1))
	}
	return end
}

// metric adds up purchases from a day to a day.
func (s *slowShop) metric(c *slowCustomer, name string, from, to time.Time) float64 {
	var cents, count, days int64
	for _, p := range c.purchases {
		if !p.day.Before(from) && !p.day.After(to) && !p.day.After(s.known) {
			cents, count, days = cents+p.cents, count+p.count, days+1
		}
	}
	switch name {
	case "spend":
		return float64(cents) / 100
	case "orders":
		return float64(count)
	case "purchase_days":
		return float64(days)
	}
	return c.static[name]
}

func (s *slowShop) holds(c *slowCustomer, cr Criteria, from, to time.Time) bool {
	for _, t := range cr.All {
		if !(s.metric(c, t.Metric, from, to) >= t.AtLeast) {
			return false
		}
	}
	for _, t := range cr.Any {
		if s.metric(c, t.Metric, from, to) >= t.AtLeast {
			return true
		}
	}
	return len(cr.Any) == 0
}

// risingSince is the first day that counts for rising today.
func (s *slowShop) risingSince(c *slowCustomer) time.Time {
	switch {
	case s.yearly():
		from, _ := slowYear(s.yearAnchor(c), s.today)
		return from
	case s.programme.Window.Kind == Lifetime:
		return time.Time{}
	}
	// What happened on a day counts until a whole window later.
	from := s.today
	for length := s.programme.Window.Length; slowPlus(from.AddDate(0, 0, -1), length, 1).After(s.today); {
		from = from.AddDate(0, 0, -1)
	}
	return from
}

// stayingSince is the first day that counts for staying today: for years, that
// of the last year that was over by today and by the end of the term; for whole
// months on the last day of a term, as many months before as the term's end is
// after the first day of the terms.
func (s *slowShop) stayingSince(c *slowCustomer) time.Time {
	if !s.yearly() {
		window, term := s.programme.Window, s.programme.Term
		if window.Kind == Rolling && c.tier != "" && s.today.Equal(c.until) && window.Length.Days == 0 && term.Days == 0 {
			for n := 1; !s.termEnd(c, n).After(c.until); n++ {
				if s.termEnd(c, n).Equal(c.until) {
					return slowMonths(c.anchor, n*term.Months-window.Length.Months).AddDate(0, 0, 1)
				}
			}
		}
		return s.risingSince(c)
	}
	by := s.today
	if c.tier != "" && c.until.Before(by) {
		by = c.until
	}
	from, to := slowYear(s.yearAnchor(c), by)
	if to.After(by) {
		from, _ = slowYear(s.yearAnchor(c), from.AddDate(0, 0, -1))
	}
	return from
}

// renew is the first term's end after today. A term of another length than the
// present rules say is the last of its kind, and terms are counted anew.
func (s *slowShop) renew(c *slowCustomer) {
	if c.until.After(s.today) {
		return
	}
	n := 1
	for s.termEnd(c, n).Before(c.until) {
		n++
	}
	if !s.termEnd(c, n).Equal(c.until) {
		c.anchor, n = c.until, 1
	}
	for !s.termEnd(c, n).After(s.today) {
		n++
	}
	c.until = s.termEnd(c, n)
}

func (s *slowShop) level(name string) int {
	return slices.IndexFunc(s.programme.Tiers, func(t Tier) bool { return t.Name == name })
}

func (s *slowShop) nameOf(level int) string {
	if level < 0 {
		return ""
	}
	return s.programme.Tiers[level].Name
}

// qualifiesRising and qualifiesStaying are the two ways to qualify for a tier.
func (s *slowShop) qualifiesRising(c *slowCustomer, level int) bool {
	return s.holds(c, s.programme.Tiers[level].Qualify, s.risingSince(c), s.today)
}

func (s *slowShop) qualifiesStaying(c *slowCustomer, level int) bool {
	return s.holds(c, s.programme.Tiers[level].Qualify, s.stayingSince(c), s.today)
}

// highestQualified is the highest tier up to a level that a member qualifies for.
func (s *slowShop) highestQualified(c *slowCustomer, upTo int) int {
	for k := upTo; k >= 0; k-- {
		if s.qualifiesRising(c, k) || s.qualifiesStaying(c, k) {
			return k
		}
	}
	return -1
}

// verdict is what today brings to a customer if nothing is limited and nobody
// rises.
type verdict struct {
	level int
	op    Op // renew, grace, leave (for any fall), or empty
}

// undo takes changes back whose purchases came back: they would have come about on
// their day by what had happened by then, and would not by what has by now. It goes
// back to those days and looks. Nothing is taken back any more where that would lead to a
// tier that is no longer there.
func (s *slowShop) undo(c *slowCustomer) {
	c.taken = ""
	if slices.ContainsFunc(c.changes, func(change slowChange) bool {
		return change.before.tier != "" && s.level(change.before.tier) < 0
	}) {
		c.changes = nil
	}
	for s.programme.Reverse && c.tier != "" && s.level(c.tier) >= 0 && len(c.changes) > 0 && !s.today.After(c.until) {
		last := c.changes[len(c.changes)-1]
		then := *c
		then.tier, then.since, then.anchor, then.until, then.graceEnd = last.before.tier, last.before.since, last.before.anchor, last.before.until, last.before.graceEnd
		came := func(by time.Time) bool {
			tonight := s.today
			s.today = last.day
			rising, staying := s.risingSince(&then), s.stayingSince(&then)
			s.today = tonight
			level := s.level(c.tier)
			if then.tier != c.tier {
				return s.holds(c, s.programme.Tiers[level].Qualify, rising, by)
			}
			keep := s.programme.Tiers[level].Qualify
			if s.programme.Tiers[level].Keep != nil {
				keep = *s.programme.Tiers[level].Keep
			}
			kept := s.holds(c, keep, staying, by)
			for k := level; k < len(s.programme.Tiers); k++ {
				kept = kept || s.holds(c, s.programme.Tiers[k].Qualify, staying, by) || s.holds(c, s.programme.Tiers[k].Qualify, rising, by)
			}
			return kept
		}
		if !came(last.day) || came(s.today) {
			return
		}
		if c.taken == "" {
			c.taken = c.tier
		}
		c.tier, c.since, c.anchor, c.until, c.graceEnd = then.tier, then.since, then.anchor, then.until, then.graceEnd
		c.changes = c.changes[:len(c.changes)-1]
	}
}

func (s *slowShop) review(c *slowCustomer, atOnce bool, removedBelow map[string]int) verdict {
	if c.tier == "" {
		return verdict{level: -1}
	}
	level := s.level(c.tier)
	if level < 0 { // the tier is gone
		to := s.highestQualified(c, len(s.programme.Tiers)-1)
		if s.programme.Downgrade != ToEarned {
			to = max(to, removedBelow[c.tier])
		}
		return verdict{to, OpLeave}
	}
	inGrace := !c.graceEnd.IsZero()
	over := !s.today.Before(c.until)
	if !inGrace && !over && !atOnce {
		return verdict{level: level}
	}
	keep := s.programme.Tiers[level].Qualify
	if s.programme.Tiers[level].Keep != nil {
		keep = *s.programme.Tiers[level].Keep
	}
	passed := s.holds(c, keep, s.stayingSince(c), s.today) || s.highestQualified(c, len(s.programme.Tiers)-1) >= level
	switch {
	case passed && (inGrace || over):
		return verdict{level, OpRenew}
	case passed:
		return verdict{level: level}
	case inGrace && s.today.Before(c.graceEnd):
		return verdict{level: level}
	case !inGrace && s.newGraceEnd(c).After(s.today):
		return verdict{level, OpGrace}
	case s.programme.Downgrade != ToEarned:
		return verdict{level - 1, OpLeave}
	}
	return verdict{s.highestQualified(c, level-1), OpLeave}
}

func (s *slowShop) newGraceEnd(c *slowCustomer) time.Time {
	from := c.until
	if s.today.Before(from) {
		from = s.today
	}
	return slowPlus(from, s.programme.Grace, 1)
}

// night decides one day. removedBelow says of tiers that were removed which
// one was next below.
func (s *slowShop) night(today time.Time, pins map[string]slowPin, atOnce bool, removedBelow map[string]int) {
	s.today, s.known = today, today
	present := 0
	verdicts := map[string]verdict{}
	placed := map[string]int{}
	waiting := []*slowCustomer{}
	for _, c := range s.customers {
		if c.first.After(today) {
			continue
		}
		present++
		s.undo(c)
		v := s.review(c, atOnce, removedBelow)
		verdicts[c.id] = v
		if pin, ok := pins[c.id]; ok && !today.After(pin.until) {
			// Pinned: on top of limits.
			to := v.level
			for k := range s.programme.Tiers {
				if k > to && s.qualifiesRising(c, k) {
					to = k
				}
			}
			placed[c.id] = to
			continue
		}
		waiting = append(waiting, c)
	}
	above := 0
	for k := len(s.programme.Tiers) - 1; k >= 0; k-- {
		var want, rest []*slowCustomer
		for _, c := range waiting {
			v := verdicts[c.id]
			if k > v.level && s.qualifiesRising(c, k) || k == v.level ||
				k < v.level && (s.programme.Downgrade != ToEarned || s.qualifiesRising(c, k) || s.qualifiesStaying(c, k)) {
				want = append(want, c)
			} else {
				rest = append(rest, c)
			}
		}
		for j := k; j >= 0; j-- {
			var out []*slowCustomer
			want, out = s.letIn(want, j, k, above, present, removedBelow)
			rest = append(rest, out...)
		}
		for _, c := range want {
			placed[c.id] = k
		}
		above += len(want)
		waiting = rest
	}
	for _, c := range waiting {
		placed[c.id] = -1
	}
	for _, c := range s.customers {
		if to, ok := placed[c.id]; ok {
			s.step(c, verdicts[c.id], to, pins, removedBelow)
		}
	}
}

// standing is where a customer stands before today, for limits.
func (s *slowShop) standing(c *slowCustomer, removedBelow map[string]int) int {
	if c.tier == "" {
		return -1
	}
	if k := s.level(c.tier); k >= 0 {
		return k
	}
	return removedBelow[c.tier]
}

// letIn applies the limit of tier j to those who want tier k: again and again
// it takes those whom nobody beats, as long as they fit.
func (s *slowShop) letIn(want []*slowCustomer, j, k, above, present int, removedBelow map[string]int) (in, out []*slowCustomer) {
	limit := s.programme.Tiers[j].Limit
	if limit == nil || limit.Budget > 0 && j != k {
		return want, nil
	}
	by := limit.By
	if by == "" {
		by = append(slices.Clone(s.programme.Tiers[j].Qualify.All), s.programme.Tiers[j].Qualify.Any...)[0].Metric
	}
	value := map[string]float64{}
	cost := map[string]int64{}
	var left []*slowCustomer
	for _, c := range want {
		x := s.metric(c, by, s.risingSince(c), s.today)
		if s.yearly() {
			from, to := slowYear(s.yearAnchor(c), s.risingSince(c).AddDate(0, 0, -1))
			x = max(x, s.metric(c, by, from, to))
		}
		price := limit.Cost
		if limit.CostRate > 0 {
			price += limit.CostRate * s.metric(c, limit.CostMetric, s.risingSince(c), s.today)
		}
		if math.IsNaN(x) || math.IsNaN(price) {
			out = append(out, c)
			continue
		}
		value[c.id], cost[c.id] = x, int64(math.Round(max(0, price)*1e6))
		left = append(left, c)
	}
	isIn := func(c *slowCustomer) bool { return s.standing(c, removedBelow) >= j }
	displaces := func(challenger, member *slowCustomer) bool {
		x, y := value[challenger.id], value[member.id]
		needed := y * (1 + limit.Margin)
		if y < 0 {
			needed = y / (1 + limit.Margin)
		}
		return x >= needed && x > y
	}
	beats := func(a, b *slowCustomer) bool {
		switch {
		case isIn(a) && !isIn(b):
			return !displaces(b, a)
		case !isIn(a) && isIn(b):
			return displaces(a, b)
		case value[a.id] != value[b.id]:
			return value[a.id] > value[b.id]
		}
		return isIn(a) && a.since.Before(b.since)
	}
	places := limit.Count
	if limit.Share > 0 {
		places = int(math.Floor(limit.Share*float64(present) + 1e-9))
	}
	exclude := limit.Share == 0
	if limit.Ties != TiesDefault {
		exclude = limit.Ties == TiesExclude
	}
	spent := int64(0)
	for len(left) > 0 {
		var best, rest []*slowCustomer
		for _, c := range left {
			if slices.ContainsFunc(left, func(other *slowCustomer) bool { return beats(other, c) }) {
				rest = append(rest, c)
			} else {
				best = append(best, c)
			}
		}
		sum, least := int64(0), int64(math.MaxInt64)
		for _, c := range best {
			sum, least = sum+cost[c.id], min(least, cost[c.id])
		}
		budget := int64(math.Round(limit.Budget * 1e6))
		var fits bool
		switch {
		case limit.Budget > 0 && exclude:
			fits = spent+sum <= budget
		case limit.Budget > 0:
			fits = spent+least <= budget
		case exclude:
			fits = above+len(in)+len(best) <= places
		default:
			fits = above+len(in)+1 <= places
		}
		spent += sum
		if !fits {
			return in, append(out, left...)
		}
		in, left = append(in, best...), rest
	}
	return in, out
}

// step takes a customer to where the day led and notes what can be seen of it.
func (s *slowShop) step(c *slowCustomer, v verdict, to int, pins map[string]slowPin, removedBelow map[string]int) {
	before, stood := c.tier, s.standing(c, removedBelow)
	if c.taken != "" {
		before, stood = c.taken, s.level(c.taken)
	}
	seen := before
	if c.pin != nil {
		seen = c.pin.tier
	}
	was := *c
	var op Op
	name := s.nameOf(to)
	switch {
	case c.taken != "":
		op = s.afterTaking(c, v, to, stood)
	case name != before:
		switch {
		case before == "":
			op = OpEnter
		case name == "":
			op = OpLeave
		case to > stood:
			op = OpUpgrade
		default:
			op = OpDowngrade
		}
		s.move(c, to)
	case v.op == OpRenew:
		op = OpRenew
		s.renew(c)
		c.graceEnd = time.Time{}
	case v.op == OpGrace:
		op = OpGrace
		c.graceEnd = s.newGraceEnd(c)
	}
	// What can be taken back of the step: a rise comes on top of what rose before,
	// a renewal ends what was before it, and anything else takes the ground away.
	switch {
	case !s.programme.Reverse:
		c.changes = nil
	case v.op == OpRenew && c.tier == was.tier:
		c.changes = []slowChange{{s.today, was}}
	case s.level(c.tier) > s.level(was.tier) && (was.tier == "" || s.level(was.tier) >= 0):
		c.changes = append(slices.Clone(c.changes), slowChange{s.today, was})
	case c.tier != was.tier || v.op == OpGrace:
		c.changes = nil
	}
	pin, wanted := pins[c.id]
	wanted = wanted && !s.today.After(pin.until)
	note := func(op Op, from, to string) {
		s.ops = append(s.ops, slowOp{s.today, c.id, op, from, to})
	}
	switch {
	case wanted && (c.pin == nil || *c.pin != pin):
		note(OpPin, seen, pin.tier)
		c.pin = &pin
	case wanted:
	case c.pin != nil:
		note(OpUnpin, seen, c.tier)
		c.pin = nil
	case op != "":
		note(op, before, c.tier)
	}
}

// move puts a customer into a tier, or into none, from today on.
func (s *slowShop) move(c *slowCustomer, to int) {
	c.tier, c.since, c.anchor, c.graceEnd = s.nameOf(to), s.today, s.today, time.Time{}
	c.until = s.termEnd(c, 1)
}

// afterTaking goes on from what was left when something was taken back.
func (s *slowShop) afterTaking(c *slowCustomer, v verdict, to, stood int) Op {
	switch {
	case s.nameOf(to) != c.tier:
		s.move(c, to)
	case v.op == OpRenew:
		s.renew(c)
		c.graceEnd = time.Time{}
	case v.op == OpGrace:
		c.graceEnd = s.newGraceEnd(c)
	}
	switch {
	case to < 0:
		return OpLeave
	case to < stood:
		return OpDowngrade
	case to > stood:
		return OpUpgrade
	case !c.graceEnd.IsZero():
		return OpGrace
	}
	return OpRenew
}

// seen is the tier of a customer that counts.
func (c *slowCustomer) seen() string {
	if c.pin != nil {
		return c.pin.tier
	}
	return c.tier
}

// warned are those who would fail a review, or fall at the end of a grace,
// within some time if nothing more were bought: it goes to that day and looks.
func (s *slowShop) warned(ahead calendar.Period) []string {
	var out []string
	tonight := s.today
	for _, c := range s.customers {
		if c.tier == "" || c.pin != nil {
			continue
		}
		due := c.until
		if !c.graceEnd.IsZero() {
			due = c.graceEnd
		}
		if due.After(slowPlus(tonight, ahead, 1)) {
			continue
		}
		s.today = due
		if v := s.review(c, false, nil); v.op == OpGrace || v.op == OpLeave {
			out = append(out, fmt.Sprint(due.Format(time.DateOnly), " ", c.id, " ", c.tier))
		}
	}
	s.today = tonight
	slices.Sort(out)
	return out
}
