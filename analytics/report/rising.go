package report

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"time"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/segment/tier"
)

// shownRising is how many customers close to the next tier are named.
const shownRising = 20

// near is a customer whom one purchase as usual takes to the next tier.
type near struct {
	id, tier, next      string
	metric              string
	have, need, missing float64
	from                calendar.Day // the first day that counts; NoDay: all days do
	future              float64
}

// ladder says who is near the next tier.
type ladder struct {
	programme tier.Programme
	today     calendar.Day
	state     *publication.State
}

// rising finds those whom one purchase takes to the next tier, the most valuable first; nil
// where the publication does not hold what it takes: purchase days, and a programme that
// this version of the program can read.
func (r *reading) rising() ([]near, error) {
	noClock := func() time.Time { return r.night.Day() } // settings in force name a day
	j, err := job.Parse(r.night.Path, r.night.Settings, nil, noClock)
	if err != nil || j.Tiers == nil {
		return nil, nil //nolint:nilerr // such settings have no rules that we know
	}
	state, err := r.night.ReadStateColumns(column.FirstDay, column.Orders, column.Net, column.FutureValue, column.CLV, column.ExpectedSpend,
		column.TierOwn, column.TierOwnSince, column.TierOwnUntil, column.TierTermsFrom, column.Tier)
	if err != nil {
		return nil, err
	}
	l := ladder{programme: j.Tiers.Programme(j.Name), today: r.today(), state: state}
	var all []near
	i := 0
	err = r.night.EachPurchases(func(_ string, of publication.Purchases) error {
		if n, close := l.near(i, of); close {
			all = append(all, n)
		}
		i++
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if all, err = r.contactable(all); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(b.future, a.future) })
	return all, nil
}

// near tells whether one purchase takes a customer to the next tier: all that the tier asks
// for is there but one thing, and that comes with a purchase.
func (l ladder) near(i int, of publication.Purchases) (n near, close bool) {
	at, next, known := l.next(i)
	if !known {
		return n, false
	}
	level := l.programme.Tiers[next]
	standing := tier.Standing{
		First: l.state.Days(column.FirstDay)[i], Since: l.state.Days(column.TierOwnSince)[i],
		TermsFrom: l.state.Days(column.TierTermsFrom)[i], Until: l.state.Days(column.TierOwnUntil)[i],
	}
	n = near{id: l.state.ID[i], tier: at, next: level.Name, from: l.programme.RiseCountsFrom(standing, l.today), future: known0(l.state.Numbers(column.FutureValue), i)}
	missing := 0
	for _, t := range level.Qualify.All {
		have, known := l.have(i, of, t.Metric, n.from)
		if !known {
			return n, false
		}
		if short := tier.Shortfall(have, t.AtLeast); short > 0 {
			missing++
			n.metric, n.have, n.need, n.missing = t.Metric, have, t.AtLeast, short
		}
	}
	return n, missing == 1 && len(level.Qualify.Any) == 0 && n.missing <= l.purchase(i, n.metric)
}

// next is the tier above a customer's own; limited tiers are left out, as there may be no
// place in them.
func (l ladder) next(i int) (own string, next int, known bool) {
	own = l.state.Texts(column.TierOwn).At(i)
	at := slices.IndexFunc(l.programme.Tiers, func(t tier.Tier) bool { return t.Name == own })
	if own != "" && at < 0 || at+1 >= len(l.programme.Tiers) || l.state.Texts(column.Tier).At(i) != own {
		return own, 0, false // it is no more, the highest, or given by hand
	}
	return own, at + 1, l.programme.Tiers[at+1].Limit == nil
}

// have is how much a customer has of what a tier asks for, where the publication tells.
func (l ladder) have(i int, of publication.Purchases, metric string, from calendar.Day) (float64, bool) {
	at, _ := slices.BinarySearch(of.Days, from)
	days := int64(len(of.Days) - at)
	switch metric {
	case "spend":
		var all, counted money.Amount
		for k, a := range of.Spend {
			all = all.Plus(a)
			if k >= at {
				counted = counted.Plus(a)
			}
		}
		// What was given back on a day without a purchase is of no day that is known.
		return counted.Float(), all == l.state.Amounts(column.Net)[i]
	case "orders":
		return float64(days), l.state.Counts(column.Orders)[i] == int64(len(of.Days))
	case "purchase_days":
		return float64(days), true
	case column.CLV.Name:
		v := l.state.Numbers(column.CLV)
		return known0(v, i), v != nil
	case column.FutureValue.Name:
		v := l.state.Numbers(column.FutureValue)
		return known0(v, i), v != nil
	}
	return 0, false
}

// purchase is how much of a metric one purchase brings.
func (l ladder) purchase(i int, metric string) float64 {
	switch metric {
	case "spend":
		return known0(l.state.Numbers(column.ExpectedSpend), i)
	case "orders", "purchase_days":
		return 1
	}
	return 0
}

// known0 is a number of a column, and 0 where there is none.
func known0(column []float64, i int) float64 {
	if column == nil {
		return 0
	}
	return known(column[i])
}

// contactable leaves those whom a list may name.
func (r *reading) contactable(all []near) ([]near, error) {
	if r.night.Consent == nil || len(all) == 0 {
		return all, nil
	}
	may := map[string]bool{}
	err := r.night.EachCustomerTexts([]string{column.CustomerID.Name, column.Contactable.Name}, func(cells []string) {
		if cells[1] == "yes" {
			may[cells[0]] = true
		}
	})
	if err != nil {
		if errors.Is(err, publication.ErrNoColumn) {
			return nil, nil // nobody knows whom a list may name
		}
		return nil, err
	}
	return slices.DeleteFunc(all, func(n near) bool { return !may[n.id] }), nil
}

// risingTable names those whom one purchase takes to the next tier; nil where nobody is known
// to be near.
func (r *reading) risingTable() (string, *Table, error) {
	all, err := r.rising()
	if err != nil || len(all) == 0 {
		return "", nil, err
	}
	say, label := r.say, r.labels("tier")
	t := &Table{ID: "rising", Caption: say.Say("report.rising.caption", "customers", min(shownRising, len(all)))}
	t.Head = slices.Concat(texts(say.Say("report.col.customer"), say.Say("report.col.tier"), say.Say("report.col.rises_to")),
		numbers(say.Say("report.col.missing"), say.Say("report.col.have"), say.Say("report.col.need")),
		texts(say.Say("report.col.metric"), say.Say("report.col.since")))
	for _, n := range all[:min(shownRising, len(all))] {
		write := decimal
		if n.metric != "spend" {
			write = func(v float64) string { return count(int64(v)) }
		}
		t.Rows = append(t.Rows, rowOf(n.id, label(n.tier), label(n.next), write(n.missing), write(n.have), write(n.need), r.metric(n.metric), day(n.from)))
	}
	return say.Say("report.rising.text", "customers", len(all)), t, nil
}

// metric names what a tier is earned by.
func (r *reading) metric(name string) string {
	if r.say.Has("report.metric", name) {
		return r.say.SayOf("report.metric", name)
	}
	return name
}
