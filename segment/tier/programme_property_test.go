package tier

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

var drawnMetrics = []string{"spend", "orders", "clv"}

func drawPeriod(t *rapid.T, label string, least int) calendar.Period {
	p := calendar.Period{Months: rapid.IntRange(0, 3).Draw(t, label+" months"), Days: rapid.IntRange(0, 20).Draw(t, label+" days")}
	if p.Months > 0 && rapid.Bool().Draw(t, label+" whole") {
		p.Days = 0
	}
	if p.IsZero() && least > 0 {
		p.Days = least
	}
	return p
}

func drawCriteria(t *rapid.T, label string, most int) Criteria {
	var c Criteria
	threshold := rapid.Custom(func(t *rapid.T) Threshold {
		return Threshold{rapid.SampledFrom(drawnMetrics).Draw(t, "metric"), float64(rapid.IntRange(0, most).Draw(t, "at least"))}
	})
	switch rapid.IntRange(0, 5).Draw(t, label) {
	case 0:
	case 1:
		c.Any = rapid.SliceOfN(threshold, 1, 2).Draw(t, label+" any")
	case 2:
		c.All = rapid.SliceOfN(threshold, 1, 1).Draw(t, label+" all")
		c.Any = rapid.SliceOfN(threshold, 1, 2).Draw(t, label+" any")
	default:
		c.All = rapid.SliceOfN(threshold, 1, 2).Draw(t, label+" all")
	}
	return c
}

func drawLimit(t *rapid.T) *Limit {
	l := &Limit{
		By:     rapid.SampledFrom(drawnMetrics).Draw(t, "by"),
		Margin: float64(rapid.IntRange(0, 2).Draw(t, "margin")) / 2,
		Ties:   rapid.SampledFrom([]Ties{TiesDefault, TiesInclude, TiesExclude}).Draw(t, "ties"),
	}
	switch rapid.IntRange(0, 2).Draw(t, "limit by") {
	case 0:
		l.Share = float64(rapid.IntRange(1, 9).Draw(t, "tenths")) / 10
	case 1:
		l.Count = rapid.IntRange(1, 4).Draw(t, "count")
	default:
		l.Budget = float64(rapid.IntRange(1, 12).Draw(t, "budget"))
		l.Cost = float64(rapid.IntRange(1, 3).Draw(t, "cost"))
		if rapid.Bool().Draw(t, "by rate") {
			l.CostRate, l.CostMetric = 0.5, rapid.SampledFrom(drawnMetrics).Draw(t, "cost metric")
		}
	}
	return l
}

// drawProgramme draws tiers of every kind; keep is what qualifies, made easier.
func drawProgramme(t *rapid.T, limits bool) Programme {
	p := Programme{
		Name:      "drawn",
		Window:    Window{Kind: rapid.SampledFrom([]WindowKind{Rolling, CalendarYear, MembershipYear, TierYear, Lifetime}).Draw(t, "window")},
		Term:      drawPeriod(t, "term", 5),
		Grace:     drawPeriod(t, "grace", 0),
		Downgrade: rapid.SampledFrom([]Downgrade{OneStep, ToEarned}).Draw(t, "downgrade"),
		Warn:      drawPeriod(t, "warn", 0),
		Reverse:   rapid.Bool().Draw(t, "reverse"),
	}
	if p.Window.Kind == Rolling {
		p.Window.Length = drawPeriod(t, "length", 5)
	} else if rapid.Bool().Draw(t, "a year") {
		p.Term = calendar.Period{Months: 12}
	}
	for k := range rapid.IntRange(1, 3).Draw(t, "tiers") {
		tier := Tier{Name: []string{"silver", "gold", "platinum"}[k]}
		tier.Qualify = drawCriteria(t, "qualify", 6*(k+1))
		if rapid.Bool().Draw(t, "has keep") {
			easier := func(list []Threshold) (out []Threshold) {
				for _, th := range list {
					out = append(out, Threshold{th.Metric, th.AtLeast - float64(rapid.IntRange(0, 4).Draw(t, "easier"))})
				}
				return out
			}
			tier.Keep = &Criteria{All: easier(tier.Qualify.All), Any: easier(tier.Qualify.Any)}
		}
		if limits && rapid.Bool().Draw(t, "limited") {
			tier.Limit = drawLimit(t)
		}
		p.Tiers = append(p.Tiers, tier)
	}
	return p
}

// drawCustomers draws customers who come over the days and buy in whole units,
// with returns, so that ties are common.
func drawCustomers(t *rapid.T, start time.Time, days int) []*slowCustomer {
	var out []*slowCustomer
	for i := range rapid.IntRange(1, 6).Draw(t, "customers") {
		c := &slowCustomer{id: fmt.Sprintf("c%d", i), static: map[string]float64{"clv": float64(rapid.IntRange(-1, 8).Draw(t, "clv"))}}
		if c.static["clv"] < 0 {
			c.static["clv"] = math.NaN()
		}
		first := rapid.IntRange(-days/2, days-1).Draw(t, "first")
		c.first = start.AddDate(0, 0, first)
		on := first
		for range rapid.IntRange(0, 8).Draw(t, "purchases") {
			c.purchases = append(c.purchases, slowPurchase{
				day: start.AddDate(0, 0, on), cents: int64(rapid.IntRange(-5, 9).Draw(t, "amount")) * 100, count: int64(rapid.IntRange(1, 3).Draw(t, "orders")),
			})
			on += rapid.IntRange(1, max(2, days/3)).Draw(t, "gap")
		}
		out = append(out, c)
	}
	return out
}

func drawStart(t *rapid.T) time.Time {
	return rapid.SampledFrom([]time.Time{
		time.Date(2023, 12, 20, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC),
		time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(2025, 8, 31, 0, 0, 0, 0, time.UTC),
	}).Draw(t, "start")
}

func drawPins(t *rapid.T, p Programme, customers []*slowCustomer, start time.Time, days int) map[string]slowPin {
	pins := map[string]slowPin{}
	for _, c := range customers {
		if rapid.IntRange(0, 3).Draw(t, "pinned") == 0 {
			tier := ""
			if k := rapid.IntRange(-1, len(p.Tiers)-1).Draw(t, "to"); k >= 0 {
				tier = p.Tiers[k].Name
			}
			pins[c.id] = slowPin{tier, start.AddDate(0, 0, rapid.IntRange(-3, days).Draw(t, "until"))}
		}
	}
	return pins
}

// drawHorizon is how long a property looks: long enough for yearly windows to
// turn twice, else a season.
func drawHorizon(t *rapid.T, p Programme) int {
	if p.Window.Kind == Rolling || p.Window.Kind == Lifetime || rapid.Bool().Draw(t, "short") {
		return rapid.IntRange(2, 120).Draw(t, "days")
	}
	return rapid.IntRange(370, 800).Draw(t, "days")
}

// TestMachineEqualsReference: whatever the programme and the nights that were
// missed, the machine and the slow reference make the same steps.
func TestMachineEqualsReference(t *testing.T) {
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		start, days := drawStart(t), drawHorizon(t, p)
		customers := drawCustomers(t, start, days)
		pins := drawPins(t, p, customers, start, days)
		fast, slow := &fastShop{customers: customers}, &slowShop{programme: p, customers: customers}
		_, err := fast.advance(start, p, pins, false)
		require.NoError(t, err)
		slow.night(start, pins, false, nil)
		for day := 0; day < days; {
			missed := rapid.IntRange(1, max(1, days/4)).Draw(t, "nights")
			// The rules may change, tiers go, and pins be edited on any night; all
			// of it counts from the first day that is replayed.
			atOnce, below := false, map[string]int{}
			if rapid.IntRange(0, 3).Draw(t, "changes") == 0 {
				atOnce = rapid.Bool().Draw(t, "at once")
				p = changedProgramme(t, p)
				if k := rapid.IntRange(-3, len(p.Tiers)-1).Draw(t, "removed"); k >= 0 && len(p.Tiers) > 1 {
					below[p.Tiers[k].Name] = k - 1
					p.Tiers = slices.Delete(slices.Clone(p.Tiers), k, k+1)
				}
				pins = drawPins(t, p, customers, start, days)
			}
			slow.programme, slow.ops = p, nil
			for on := day + 1; on <= day+missed; on++ {
				slow.night(start.AddDate(0, 0, on), pins, atOnce && on == day+1, below)
			}
			day += missed
			night, err := fast.advance(start.AddDate(0, 0, day), p, pins, atOnce)
			require.NoError(t, err)
			require.Equal(t, sortedOps(slow.ops), slowOps(night.Changes))
			requireSameState(t, slow, fast)
			taken += countTaken(night.Changes)
		}
	})
	require.Greater(t, taken, 5, "hardly anything was taken back")
}

func countTaken(changes []Change) int {
	taken := 0
	for _, c := range changes {
		if strings.Contains(c.Reason(wording.Language{}), "is taken back: ") {
			taken++
		}
	}
	return taken
}

// changedProgramme has other criteria, another grace, term and window, and another
// way to fall.
func changedProgramme(t *rapid.T, p Programme) Programme {
	p.Tiers = slices.Clone(p.Tiers)
	for k := range p.Tiers {
		p.Tiers[k].Qualify, p.Tiers[k].Keep = drawCriteria(t, "changed", 6*(k+1)), nil
	}
	p.Grace, p.Term = drawPeriod(t, "changed grace", 0), drawPeriod(t, "changed term", 5)
	if rapid.Bool().Draw(t, "window changes") {
		p.Window = Window{rapid.SampledFrom([]WindowKind{Rolling, CalendarYear, MembershipYear, TierYear, Lifetime}).Draw(t, "changed window"), calendar.Period{Days: 30}}
	}
	p.Downgrade = rapid.SampledFrom([]Downgrade{OneStep, ToEarned}).Draw(t, "changed downgrade")
	return p
}

// requireSameState compares every customer's tier, days and pin.
func requireSameState(t require.TestingT, slow *slowShop, fast *fastShop) {
	s := fast.before
	for i, id := range fast.ids {
		c := slow.customers[slices.IndexFunc(slow.customers, func(c *slowCustomer) bool { return c.id == id })]
		require.Equal(t, c.tier, s.Tier[i], id)
		require.Equal(t, c.seen(), s.Visible(i), id)
		require.Equal(t, c.pin != nil, s.Pinned[i], id)
		require.Equal(t, c.since, dateOf(s.Since[i]), id)
		require.Equal(t, c.graceEnd, dateOf(s.Grace[i]), id)
		if c.tier != "" {
			require.Equal(t, c.until, dateOf(s.Until[i]), id)
		}
	}
}

// TestDailyRunsEqualOneCatchUp: state, changes, ids, reasons and warnings.
func TestDailyRunsEqualOneCatchUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		start, days := drawStart(t), drawHorizon(t, p)
		customers := drawCustomers(t, start, days)
		pins := drawPins(t, p, customers, start, days)
		atOnce := rapid.Bool().Draw(t, "at once")
		daily, once := &fastShop{customers: customers}, &fastShop{customers: customers}
		for _, shop := range []*fastShop{daily, once} {
			_, err := shop.advance(start, p, nil, false)
			require.NoError(t, err)
		}
		var last Result
		var changes []Change
		for on := 1; on <= days; on += 1 + rapid.IntRange(0, days/10).Draw(t, "gap") {
			night, err := daily.advance(start.AddDate(0, 0, on), p, pins, atOnce && on == 1)
			require.NoError(t, err)
			last, changes = night, append(changes, night.Changes...)
		}
		all, err := once.advance(daily.night, p, pins, atOnce)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(changes), fmt.Sprint(all.Changes)) // NaN is NaN here
		last.Changes, all.Changes = nil, nil
		require.Equal(t, fmt.Sprint(last), fmt.Sprint(all))
	})
}

// TestDeltasApply: the changes of a night take the tiers of the night before
// to those of tonight, each once or twice, and the same night again has the
// same changes.
func TestDeltasApply(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		start, days := drawStart(t), drawHorizon(t, p)
		shop := &fastShop{customers: drawCustomers(t, start, days)}
		tiers := map[string]string{}
		applied := map[string]bool{}
		for on := 0; on <= days; on += rapid.IntRange(1, days/2+1).Draw(t, "nights") {
			pins := drawPins(t, p, shop.customers, start, days)
			again := *shop
			night, err := shop.advance(start.AddDate(0, 0, on), p, pins, false)
			require.NoError(t, err)
			repeated, err := again.advance(start.AddDate(0, 0, on), p, pins, false)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(night), fmt.Sprint(repeated))
			for range 2 {
				for _, c := range night.Changes {
					if applied[c.ChangeID(p.Name)] {
						continue // what a consumer does who has seen it
					}
					applied[c.ChangeID(p.Name)] = true
					require.Equal(t, tiers[c.ID], c.From)
					tiers[c.ID] = c.To
				}
			}
			for i, id := range shop.ids {
				require.Equal(t, tiers[id], night.State.Visible(i))
			}
		}
	})
}

// TestOrderOfCustomersChangesNothing: nor that of pins.
func TestOrderOfCustomersChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		start, days := drawStart(t), drawHorizon(t, p)
		customers := drawCustomers(t, start, days)
		pins := drawPins(t, p, customers, start, days)
		one := &fastShop{customers: customers}
		other := &fastShop{customers: rapid.Permutation(customers).Draw(t, "order")}
		for _, on := range []int{0, days / 2, days} {
			if on > 0 && !start.AddDate(0, 0, on).After(one.night) {
				continue
			}
			a, err := one.advance(start.AddDate(0, 0, on), p, pins, false)
			require.NoError(t, err)
			b, err := other.advance(start.AddDate(0, 0, on), p, pins, false)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(a.Changes), fmt.Sprint(b.Changes))
			require.Equal(t, fmt.Sprint(a.Warnings), fmt.Sprint(b.Warnings))
			for i, id := range one.ids {
				at := slices.Index(other.ids, id)
				require.Equal(t, a.Level[i], b.Level[at])
				require.Equal(t, a.Reason[i], b.Reason[at])
				require.Equal(t, a.State.Until[i], b.State.Until[at])
			}
		}
	})
}

// TestMoreIsNeverLess: from the same state, one night with more spend, orders
// and value never leaves a customer with a lower tier. Limits are left out:
// with them, more spend may end a tie that a share let in as a block, or open
// a higher tier that takes another's place in a lower one.
func TestMoreIsNeverLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, false)
		start, days := drawStart(t), drawHorizon(t, p)
		customers := drawCustomers(t, start, days)
		shop := &fastShop{customers: customers}
		for _, on := range []int{0, days / 2, days - 1} {
			if on > 0 && !start.AddDate(0, 0, on).After(shop.night) {
				continue
			}
			_, err := shop.advance(start.AddDate(0, 0, on), p, nil, false)
			require.NoError(t, err)
		}
		more := &fastShop{before: shop.before, ids: shop.ids, night: shop.night}
		tonight := start.AddDate(0, 0, days)
		for _, c := range customers {
			richer := *c
			richer.purchases = slices.Clone(c.purchases)
			for at := range richer.purchases {
				richer.purchases[at].cents += int64(rapid.IntRange(0, 500).Draw(t, "more"))
				richer.purchases[at].count += int64(rapid.IntRange(0, 2).Draw(t, "more orders"))
			}
			richer.static = maps.Clone(c.static)
			richer.static["clv"] += float64(rapid.IntRange(0, 3).Draw(t, "more value"))
			more.customers = append(more.customers, &richer)
		}
		a, err := shop.advance(tonight, p, nil, false)
		require.NoError(t, err)
		b, err := more.advance(tonight, p, nil, false)
		require.NoError(t, err)
		for i, id := range shop.ids {
			require.GreaterOrEqual(t, b.Level[i], a.Level[i], id)
		}
	})
}

// TestNothingMovesBetweenKeepAndQualify: while the metric stays between what
// keeps a tier and what the next asks for, the tier stays.
func TestNothingMovesBetweenKeepAndQualify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keep := rapid.IntRange(1, 50).Draw(t, "keep")
		qualify := keep + rapid.IntRange(0, 20).Draw(t, "silver")
		next := qualify + rapid.IntRange(1, 40).Draw(t, "gold")
		p := Programme{
			Name: "band", Term: drawPeriod(t, "term", 1), Grace: drawPeriod(t, "grace", 0),
			Window:    Window{Kind: Rolling, Length: calendar.Period{Days: 30}},
			Downgrade: rapid.SampledFrom([]Downgrade{OneStep, ToEarned}).Draw(t, "downgrade"),
			Tiers: []Tier{
				{Name: "silver", Qualify: atLeast("clv", float64(qualify)), Keep: new(atLeast("clv", float64(keep)))},
				{Name: "gold", Qualify: atLeast("clv", float64(next))},
			},
		}
		if rapid.Bool().Draw(t, "limited") {
			p.Tiers[0].Limit = &Limit{Count: 1, Margin: 0.1}
		}
		start := drawStart(t)
		c := &slowCustomer{id: "c", first: start, static: map[string]float64{"clv": float64(rapid.IntRange(qualify, next-1).Draw(t, "at first"))}}
		shop := &fastShop{customers: []*slowCustomer{c}}
		night, err := shop.advance(start, p, nil, false)
		require.NoError(t, err)
		require.Equal(t, []int{0}, night.Level)
		for on := 1; on < 200; on += rapid.IntRange(1, 40).Draw(t, "nights") {
			c.static["clv"] = float64(rapid.IntRange(keep, next-1).Draw(t, "clv"))
			night, err := shop.advance(start.AddDate(0, 0, on), p, nil, false)
			require.NoError(t, err)
			require.Equal(t, []int{0}, night.Level)
			require.Equal(t, dayNumber(start), night.Since[0])
			for _, change := range night.Changes {
				require.Equal(t, OpRenew, change.Op)
			}
		}
	})
}

func atLeast(metric string, number float64) Criteria {
	return Criteria{All: []Threshold{{metric, number}}}
}

// TestLimitsDoNotSwing: with metrics at rest, those whom limits displaced do
// not come back, and after a few nights nothing moves.
func TestLimitsDoNotSwing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		p.Window, p.Term = Window{Kind: Lifetime}, calendar.Period{Months: 1200}
		start := drawStart(t)
		customers := drawCustomers(t, start, 2)
		for _, c := range customers {
			c.first, c.purchases = start, slices.DeleteFunc(c.purchases, func(p slowPurchase) bool { return p.day.After(start) })
		}
		shop := &fastShop{customers: customers}
		for on := range 12 {
			night, err := shop.advance(start.AddDate(0, 0, on), p, nil, false)
			require.NoError(t, err)
			if on > 8 {
				require.Empty(t, night.Changes)
			}
		}
	})
}

// TestReasonsAndWarningsSayOneNumber: whoever is warned reads in the reason of the
// tier what the warning says, which is what the review will count.
func TestReasonsAndWarningsSayOneNumber(t *testing.T) {
	warned := 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme(t, true)
		p.Warn = calendar.Period{Days: 60}
		start, days := drawStart(t), drawHorizon(t, p)
		shop := &fastShop{customers: drawCustomers(t, start, days)}
		for on := 0; on <= days; on += rapid.IntRange(1, days/8+1).Draw(t, "nights") {
			night, err := shop.advance(start.AddDate(0, 0, on), p, nil, false)
			require.NoError(t, err)
			for _, w := range night.Warnings {
				reason := night.Reason[slices.Index(shop.ids, w.ID)]
				have, as := "unknown", "so far"
				if !math.IsNaN(w.Have) {
					have = strconv.FormatFloat(w.Have, 'f', -1, 64)
				}
				if w.Metric == "clv" {
					as = "now"
				}
				_, asked, found := strings.Cut(reason, "; to keep it on "+calendar.Format(w.Due)+": ")
				require.True(t, found, reason)
				require.Contains(t, asked, fmt.Sprintf("%s of %v (%s %s)", w.Metric, w.Need, as, have))
				warned++
			}
		}
	})
	require.Greater(t, warned, 10)
}
