package tier

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/number"
)

// ErrInvalid marks a programme or columns that tiers cannot be decided from.
var ErrInvalid = errors.New("tier: bad input")

// maxTiers is the number of bits of a set of tiers.
const maxTiers = 64

// Validate reports everything that is wrong with the programme itself, one
// error per line. Errors wrap ErrInvalid.
func (p Programme) Validate() error {
	var wrong []error
	add := func(format string, args ...any) {
		wrong = append(wrong, fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...))
	}
	if len(p.Tiers) > maxTiers {
		add("%d tiers, want at most %d", len(p.Tiers), maxTiers)
	}
	if !validPeriod(p.Term) || p.Term.IsZero() {
		add("term of %s, want a day or more", p.Term)
	}
	if !validPeriod(p.Grace) {
		add("grace of %s, want none or more", p.Grace)
	}
	if !validPeriod(p.Warn) {
		add("warnings %s ahead, want none or more", p.Warn)
	}
	if !slices.Contains([]Downgrade{"", OneStep, ToEarned}, p.Downgrade) {
		add("unknown downgrade %q", p.Downgrade)
	}
	if !slices.Contains([]WindowKind{Rolling, CalendarYear, MembershipYear, TierYear, Lifetime}, p.Window.Kind) {
		add("unknown kind of window %q", p.Window.Kind)
	}
	if p.Window.Kind == Rolling && (!validPeriod(p.Window.Length) || p.Window.Length.IsZero()) {
		add("rolling window of %s, want a day or more", p.Window.Length)
	}
	seen := map[string]bool{}
	for k, t := range p.Tiers {
		if t.Name == "" {
			add("tier %d has no name", k)
		}
		if seen[t.Name] {
			add("tier %d: the name %q is taken by a lower tier; rename one of them", k, t.Name)
		}
		seen[t.Name] = true
		for _, err := range t.problems() {
			add("tier %d (%s): %w", k, t.Name, err)
		}
	}
	return errors.Join(wrong...)
}

// maxPeriodDays is a little over a thousand years. It keeps days far from the ends of
// int32.
const maxPeriodDays = 400_000

func validPeriod(p calendar.Period) bool {
	return p.Months >= 0 && p.Days >= 0 && p.Months <= maxPeriodDays/31 && p.Days <= maxPeriodDays
}

// problems are the things that are wrong with a tier.
func (t Tier) problems() []error {
	var wrong []error
	for _, c := range []Criteria{t.Qualify, t.keep()} {
		for _, th := range slices.Concat(c.All, c.Any) {
			if !number.Finite(th.AtLeast) {
				wrong = append(wrong, fmt.Errorf("threshold of %s is %v, want a finite number", th.Metric, th.AtLeast))
			}
		}
	}
	for _, keep := range t.keep().All {
		qualify, ok := strictest(t.Qualify.All, keep.Metric)
		if ok && keep.AtLeast > qualify {
			wrong = append(wrong, fmt.Errorf("keeping it takes %s of %v, more than the %v that qualify for it; lower keep or raise qualify", keep.Metric, keep.AtLeast, qualify))
		}
	}
	if t.Limit != nil {
		wrong = append(wrong, t.Limit.problems()...)
		if t.rankedBy() == "" {
			wrong = append(wrong, errors.New("the limit has nothing to rank by; name a metric"))
		}
	}
	return wrong
}

// strictest is the highest threshold of a metric; false if there is none.
func strictest(thresholds []Threshold, metric string) (highest float64, ok bool) {
	highest = math.Inf(-1)
	for _, t := range thresholds {
		if t.Metric == metric {
			highest, ok = max(highest, t.AtLeast), true
		}
	}
	return highest, ok
}

// problems are the things that are wrong with a limit.
func (l Limit) problems() []error {
	var wrong []error
	set := 0
	for _, is := range []bool{l.Share != 0, l.Count != 0, l.Budget != 0} {
		if is {
			set++
		}
	}
	if set != 1 {
		return []error{fmt.Errorf("limit has share %v, count %d and budget %v, want exactly one of them", l.Share, l.Count, l.Budget)}
	}
	switch {
	case l.Count < 0:
		wrong = append(wrong, fmt.Errorf("limit of %d members, want 1 or more", l.Count))
	case l.Share != 0 && !(l.Share > 0 && l.Share <= 1):
		wrong = append(wrong, fmt.Errorf("limit of share %v, want above 0 and at most 1", l.Share))
	case l.Budget != 0 && !(l.Budget > 0 && number.Finite(l.Budget)):
		wrong = append(wrong, fmt.Errorf("budget of %v, want above 0", l.Budget))
	case l.Budget != 0 && l.Cost == 0 && l.CostRate == 0:
		wrong = append(wrong, errors.New("a budget, but members cost nothing; say what one costs"))
	}
	if !number.Finite(l.Cost) || !number.Finite(l.CostRate) || l.Cost < 0 || l.CostRate < 0 {
		wrong = append(wrong, fmt.Errorf("cost of %v and rate of %v, want numbers not below 0", l.Cost, l.CostRate))
	}
	if l.CostRate != 0 && l.CostMetric == "" {
		wrong = append(wrong, errors.New("a cost rate without a metric; name one"))
	}
	if !(l.Margin >= 0) || !number.Finite(l.Margin) {
		wrong = append(wrong, fmt.Errorf("margin of %v, want a number not below 0", l.Margin))
	}
	return wrong
}

// Metrics are the names of all metrics that the programme looks at, each once,
// in the order of the tiers.
func (p Programme) Metrics() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, t := range p.Tiers {
		for _, th := range slices.Concat(t.Qualify.All, t.Qualify.Any, t.keep().All, t.keep().Any) {
			add(th.Metric)
		}
		if t.Limit != nil {
			add(t.rankedBy())
			add(t.Limit.CostMetric)
		}
	}
	return names
}

// keep is what a review asks for.
func (t Tier) keep() Criteria {
	if t.Keep == nil {
		return t.Qualify
	}
	return *t.Keep
}

// rankedBy is the metric that ranks for the limit.
func (t Tier) rankedBy() string {
	switch {
	case t.Limit.By != "":
		return t.Limit.By
	case len(t.Qualify.All) > 0:
		return t.Qualify.All[0].Metric
	case len(t.Qualify.Any) > 0:
		return t.Qualify.Any[0].Metric
	}
	return ""
}

// excludesTies tells whether a block of equals that the limit divides is left out.
func (l Limit) excludesTies() bool {
	if l.Ties == TiesDefault {
		return l.Share == 0
	}
	return l.Ties == TiesExclude
}

// validate checks the input against the programme.
func (in Input) validate(p Programme) error {
	n := len(in.ID)
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...)
	}
	if len(in.FirstDay) != n {
		return bad("%d first days, want %d, one per customer", len(in.FirstDay), n)
	}
	if in.AsOf < -maxDay || in.AsOf > maxDay {
		return bad("night of day %d is out of range", in.AsOf)
	}
	for i, day := range in.FirstDay {
		if day < -maxDay || day > maxDay {
			return bad("first day %d of the customer at index %d is out of range", day, i)
		}
	}
	if err := in.Activity.validate(in); err != nil {
		return err
	}
	for _, name := range p.Metrics() {
		if err := in.validateMetric(name); err != nil {
			return err
		}
	}
	for _, name := range in.Sums {
		if !slices.ContainsFunc(in.Activity.Counted, func(c CountedMetric) bool { return c.Name == name }) {
			return bad("no sums of %q, which is not counted by day", name)
		}
	}
	if err := in.validatePins(len(p.Tiers)); err != nil {
		return err
	}
	if in.Before != nil {
		return in.Before.validate(in)
	}
	return nil
}

// maxDay is a little over two thousand years from 1970.
const maxDay = 800_000

func (a Activity) validate(in Input) error {
	n := len(in.ID)
	if len(a.Start) != n+1 || a.Start[0] != 0 || a.Start[n] != int64(len(a.Day)) {
		return fmt.Errorf("%w: the activity has %d starts from 0 to its %d days, want %d", ErrInvalid, len(a.Start), len(a.Day), n+1)
	}
	for i := range n {
		if a.Start[i] > a.Start[i+1] {
			return fmt.Errorf("%w: the activity of the customer at index %d ends before it starts", ErrInvalid, i)
		}
		days := a.Day[a.Start[i]:a.Start[i+1]]
		for at, day := range days {
			if day < -maxDay || day > in.AsOf || at > 0 && day < days[at-1] {
				return fmt.Errorf("%w: the activity of the customer at index %d has day %s, want ascending days up to %s", ErrInvalid, i, calendar.Format(day), calendar.Format(in.AsOf))
			}
		}
	}
	for _, c := range a.Counted {
		if len(c.Value) != len(a.Day) || c.Scale < 1 {
			return fmt.Errorf("%w: metric %s has %d values at scale %d, want %d at 1 or more", ErrInvalid, c.Name, len(c.Value), c.Scale, len(a.Day))
		}
	}
	return nil
}

// validateMetric checks that there is exactly one metric of a name, and its column.
func (in Input) validateMetric(name string) error {
	isCounted := slices.ContainsFunc(in.Activity.Counted, func(c CountedMetric) bool { return c.Name == name })
	column, isStatic := in.Static[name]
	switch {
	case !isCounted && !isStatic:
		return fmt.Errorf("%w: no metric %q; add its column or name another metric", ErrInvalid, name)
	case isCounted && isStatic:
		return fmt.Errorf("%w: two metrics %q, one by day and one without days", ErrInvalid, name)
	case isStatic && len(column) != len(in.ID):
		return fmt.Errorf("%w: metric %s has %d entries, want %d, one per customer", ErrInvalid, name, len(column), len(in.ID))
	}
	for i, v := range column {
		if math.IsInf(v, 0) {
			return fmt.Errorf("%w: metric %s of the customer at index %d is %v, want a finite number or NaN for unknown", ErrInvalid, name, i, v)
		}
	}
	return nil
}

func (in Input) validatePins(tiers int) error {
	seen := make(map[int]bool, len(in.Pins))
	for at, pin := range in.Pins {
		switch {
		case pin.Customer < 0 || pin.Customer >= len(in.ID):
			return fmt.Errorf("%w: pin %d is of customer %d, want 0 to %d", ErrInvalid, at, pin.Customer, len(in.ID)-1)
		case seen[pin.Customer]:
			return fmt.Errorf("%w: the customer at index %d is pinned twice; leave one of the pins", ErrInvalid, pin.Customer)
		case pin.Tier < NoLevel || pin.Tier >= tiers:
			return fmt.Errorf("%w: the customer at index %d is pinned to tier %d, want %d to %d", ErrInvalid, pin.Customer, pin.Tier, NoLevel, tiers-1)
		case pin.Until < -maxDay || pin.Until > maxDay:
			return fmt.Errorf("%w: the customer at index %d is pinned until day %d, which is out of range", ErrInvalid, pin.Customer, pin.Until)
		}
		seen[pin.Customer] = true
	}
	return nil
}

func (b Before) validate(in Input) error {
	if b.Night >= in.AsOf {
		return fmt.Errorf("%w: the night before is %s, want one before %s", ErrInvalid, calendar.Format(b.Night), calendar.Format(in.AsOf))
	}
	s, n := b.State, len(in.ID)
	for _, length := range []int{
		len(s.Tier), len(s.Since), len(s.Until), len(s.Anchor), len(s.Grace), len(s.Why),
		len(s.Pinned), len(s.PinTier), len(s.PinSince), len(s.PinUntil),
	} {
		if length != n {
			return fmt.Errorf("%w: the state before has a column of %d entries, want %d, one per customer", ErrInvalid, length, n)
		}
	}
	if s.Reversible != nil && len(s.Reversible) != n {
		return fmt.Errorf("%w: the state before has rests of %d customers, want %d", ErrInvalid, len(s.Reversible), n)
	}
	for i, tier := range s.Tier {
		if tier != "" && (s.Since[i] == calendar.NoDay || s.Until[i] == calendar.NoDay || s.Anchor[i] == calendar.NoDay) {
			return fmt.Errorf("%w: the state before has the customer at index %d in %s without a day since or until", ErrInvalid, i, tier)
		}
	}
	return nil
}
