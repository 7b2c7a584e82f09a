package tier

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// year is a small shop that runs every night for a year.
type year struct {
	fast *fastShop
	slow *slowShop

	programme Programme
	pins      map[string]slowPin
	tiers     map[string]string // what a consumer of the deltas knows
	ops       map[Op]int
	displaced int
	refused   int
	warned    int
}

var yearStart2023 = time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC)

// newYear opens a shop with a year of history and a leap year to come. Every
// customer has a pace and a basket of their own; some stop, some start late.
func newYear() *year {
	random := rand.New(rand.NewPCG(20261125, 5))
	var customers []*slowCustomer
	for i := range 80 {
		c := &slowCustomer{id: fmt.Sprintf("c%02d", i), static: map[string]float64{}}
		gap := 6 + 50*random.Float64()*random.Float64()
		basket := math.Exp(3.2 + 0.8*random.NormFloat64())
		on := -365 + 600*random.Float64()*random.Float64()
		stop := on + 900*random.Float64()
		for ; on < 366 && on < stop; on += 1 + gap*random.ExpFloat64() {
			day := yearStart2023.AddDate(0, 0, int(math.Floor(on)))
			if n := len(c.purchases); n > 0 && c.purchases[n-1].day.Equal(day) {
				continue
			}
			cents := int64(100 * basket * math.Exp(0.5*random.NormFloat64()))
			if random.IntN(25) == 0 {
				cents = -cents / 2
			}
			c.purchases = append(c.purchases, slowPurchase{day, cents, 1 + int64(random.IntN(2))})
		}
		c.first = c.purchases[0].day
		customers = append(customers, c)
	}
	y := &year{
		fast: &fastShop{customers: customers}, slow: &slowShop{customers: customers},
		pins: map[string]slowPin{}, tiers: map[string]string{}, ops: map[Op]int{},
	}
	y.programme = Programme{
		Name: "year", Window: Window{Kind: Rolling, Length: calendar.Period{Months: 6}},
		Term: calendar.Period{Months: 3}, Grace: calendar.Period{Days: 14}, Downgrade: OneStep, Warn: calendar.Period{Days: 10},
		Tiers: []Tier{
			{Name: "silver", Qualify: Criteria{All: []Threshold{{"spend", 150}}, Any: []Threshold{{"orders", 4}, {"purchase_days", 3}}}, Keep: new(atLeast("spend", 100))},
			{Name: "gold", Qualify: atLeast("spend", 400), Keep: new(atLeast("spend", 300)), Limit: &Limit{Share: 0.25, Margin: 0.1}},
			{
				Name: "platinum", Qualify: Criteria{All: []Threshold{{"spend", 700}, {"clv", 20}}}, Keep: new(atLeast("spend", 500)),
				Limit: &Limit{Budget: 400, Cost: 10, CostRate: 0.05, CostMetric: "spend", By: "clv", Margin: 0.2},
			},
		},
	}
	return y
}

// events are what people do to the programme on a night.
func (y *year) events(t *testing.T, on int, night time.Time) (atOnce bool, below map[string]int) {
	switch on {
	case 40: // pins of all kinds: up, down, out; one that ends with a term
		y.pins = map[string]slowPin{
			"c03": {"gold", night.AddDate(0, 0, 45)}, "c10": {"platinum", night.AddDate(0, 1, 0)},
			"c17": {"silver", night.AddDate(0, 0, 100)}, "c21": {"", night.AddDate(0, 0, 200)}, "c33": {"gold", night},
		}
	case 70: // one is taken back, one prolonged
		delete(y.pins, "c17")
		y.pins["c03"] = slowPin{"gold", night.AddDate(0, 0, 60)}
	case 120: // a changed rule, which applies at the next review
		y.programme.Tiers = slices.Clone(y.programme.Tiers)
		y.programme.Tiers[0].Keep = new(atLeast("spend", 140))
		y.programme.Tiers[1].Qualify, y.programme.Tiers[1].Keep = atLeast("spend", 500), new(atLeast("spend", 350))
		y.programme.Grace, y.programme.Term = calendar.Period{Months: 1}, calendar.Period{Months: 2}
	case 230: // a tier is removed and the rules change, for everybody at once
		below = map[string]int{"gold": 0}
		y.programme.Tiers = []Tier{y.programme.Tiers[0], y.programme.Tiers[2]}
		y.programme.Tiers[0].Qualify = atLeast("spend", 200)
		y.programme.Tiers[0].Keep = nil
		y.programme.Downgrade = ToEarned
		maps.DeleteFunc(y.pins, func(_ string, pin slowPin) bool { return pin.tier == "gold" })
		return true, below
	case 300: // two customers ask to be forgotten
		for _, id := range []string{"c05", "c40"} {
			y.forget(t, id)
		}
	}
	return false, below
}

// forget takes a customer out of both shops. What the consumers know of them
// is kept, to see that they are told.
func (y *year) forget(t *testing.T, id string) {
	keep := func(c *slowCustomer) bool { return c.id == id }
	require.True(t, slices.ContainsFunc(y.slow.customers, keep))
	y.slow.customers = slices.DeleteFunc(slices.Clone(y.slow.customers), keep)
	y.fast.customers = y.slow.customers
	delete(y.pins, id)
}

// value is what a model might say of a customer on a night: it moves once a
// month, and is not known of the newest.
func (y *year) value(c *slowCustomer, night time.Time) float64 {
	month := time.Date(night.Year(), night.Month(), 1, 0, 0, 0, 0, time.UTC)
	if !c.first.Before(month) {
		return math.NaN()
	}
	sum := 0.
	for _, p := range c.purchases {
		if p.day.Before(month) {
			sum += float64(p.cents) / 100 * math.Exp(-month.Sub(p.day).Hours()/24/200)
		}
	}
	return math.Round(sum)
}

// night runs one night in both shops and compares everything.
func (y *year) night(t *testing.T, on int) {
	night := yearStart2023.AddDate(0, 0, on)
	atOnce, below := y.events(t, on, night)
	for _, c := range y.slow.customers {
		c.static["clv"] = y.value(c, night)
	}
	y.slow.programme, y.slow.ops = y.programme, nil
	y.slow.night(night, y.pins, atOnce, below)

	in := y.fast.input(night, y.programme, y.pins, atOnce)
	if in.Before != nil {
		for _, id := range y.fast.ids {
			if !slices.Contains(in.ID, id) {
				in.Before.Gone = append(in.Before.Gone, GoneMember{id, y.tiers[id]})
				if y.tiers[id] != "" {
					y.slow.ops = append(y.slow.ops, slowOp{night, id, OpLeave, y.tiers[id], ""})
				}
			}
		}
	}
	result, err := y.programme.Advance(in)
	require.NoError(t, err)
	y.fast.before, y.fast.ids, y.fast.night = &result.State, in.ID, night

	require.Equal(t, sortedOps(y.slow.ops), slowOps(result.Changes), night)
	requireSameState(t, y.slow, y.fast)
	y.compareWarnings(t, result)
	y.apply(t, result, in.ID)
}

func (y *year) compareWarnings(t *testing.T, result Result) {
	var got []string
	for _, w := range result.Warnings {
		if w.Status != Pinned {
			got = append(got, fmt.Sprint(calendar.Format(w.Due), " ", w.ID, " ", w.Tier))
		}
		require.Positive(t, w.Shortfall)
		require.NotEmpty(t, w.Reason)
	}
	slices.Sort(got)
	require.Equal(t, y.slow.warned(y.programme.Warn), got)
	y.warned += len(got)
}

// apply is a consumer of the delta, and counts what happened.
func (y *year) apply(t *testing.T, result Result, ids []string) {
	for _, c := range result.Changes {
		require.Equal(t, y.tiers[c.ID], c.From)
		require.NotEmpty(t, c.Why)
		y.tiers[c.ID] = c.To
		y.ops[c.Op]++
		if c.Op == OpDowngrade && strings.Contains(c.Reason(wording.Language{}), "allowed") && !strings.Contains(c.Reason(wording.Language{}), "kept") {
			y.displaced++
		}
	}
	for i, id := range ids {
		require.Equal(t, y.tiers[id], result.State.Visible(i))
		require.NotEmpty(t, result.Reason[i])
		if strings.Contains(result.Reason[i], "allowed") {
			y.refused++
		}
	}
}

// TestAYear runs a small shop for 365 nights, with pins, limits and two changes
// of the rules, and checks every night against the reference.
func TestAYear(t *testing.T) {
	y := newYear()
	for on := range 365 {
		y.night(t, on)
	}
	for _, op := range []Op{OpEnter, OpUpgrade, OpDowngrade, OpRenew, OpGrace, OpLeave, OpPin, OpUnpin} {
		require.GreaterOrEqual(t, y.ops[op], 3, op)
	}
	require.Positive(t, y.displaced)
	require.Positive(t, y.refused)
	require.Positive(t, y.warned)
	t.Log(y.ops, "displaced", y.displaced, "refused", y.refused, "warned", y.warned)
}
