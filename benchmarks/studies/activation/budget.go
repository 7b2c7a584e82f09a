package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/activation"
	"clientele/internal/calendar"
	"clientele/internal/concurrent"
	"clientele/segment/campaign"
)

// truth is what a contact brings of a customer in the mean.
type truth struct {
	name  string
	brief string // by stratum, in words
	of    func(p person) float64
}

// brought is a share of what the customer is expected to bring in the window at the former
// pace.
func brought(p person, share float64) float64 { return share * p.rate * window * p.spend }

var truths = []truth{
	{"slowed ones", "in decline and not gone: +60% of the former pace; others +2%", func(p person) float64 {
		if p.stage == "decline" && !p.gone {
			return brought(p, .6)
		}
		return brought(p, .02)
	}},
	{"newcomers", "exploration and formation: 4 each; others nothing", func(p person) float64 {
		if p.stage == "exploration" || p.stage == "formation" {
			return 4
		}
		return 0
	}},
	{"silver; gold is annoyed", "silver +40% of the former pace; gold −15%; no tier +5%", func(p person) float64 {
		switch p.tier {
		case "gold":
			return -brought(p, .15)
		case "silver":
			return brought(p, .4)
		}
		return brought(p, .05)
	}},
	{"decline is won, stability annoyed", "decline 6 each; stability −4; others nothing", func(p person) float64 {
		switch p.stage {
		case "decline":
			return 6
		case "stability":
			return -4
		}
		return 0
	}},
	{"regulars", "formation and stability 8 each; decline −2; others nothing", func(p person) float64 {
		switch p.stage {
		case "formation", "stability":
			return 8
		case "decline":
			return -2
		}
		return 0
	}},
	{"nobody", "nothing", func(person) float64 { return 0 }},
	{"as value at risk", "1% of value_at_risk: the rival's own rule", func(p person) float64 { return .01 * p.risk }},
	{"as p_next", "6 × p_next: the rival's own rule", func(p person) float64 { return 6 * p.pNext }},
}

// A shop runs so many campaigns one after the other, each with money for contacts with a share
// of its customers.
const (
	campaigns    = 6
	contactCost  = 0.5
	exploreShare = 0.2
	contacted    = 0.15
)

// chooser says whom a campaign takes, best first; NaN: never.
type chooser struct {
	name string
	by   func(p person) float64
}

var rivals = []chooser{
	{"value_at_risk", func(p person) float64 { return p.risk }},
	{"p_next", func(p person) float64 { return p.pNext }},
	{"future_value", func(p person) float64 { return p.future }},
}

// budget prints what campaigns of a fixed budget earn, by whom they take: margin that the
// contacts truly bring, in the mean, less their cost.
func (o options) budget(_ context.Context, out io.Writer) error {
	columns := []string{"truth", "by stratum", "drawn by lot", "measured effects", "of these, campaigns 2 to 6"}
	for _, r := range rivals {
		columns = append(columns, r.name)
	}
	for _, size := range []int{4000, 20000} {
		heading(out, fmt.Sprintf("What %d campaigns of %.0f contacts earn in a shop of %d customers, less cost, mean of %d shops (standard error)",
			campaigns, contacted*float64(size), size, o.shops()), append(columns, "shops where measured effects beat each rival", "who knows the truth")...)
		var all [][]float64
		for _, t := range truths {
			earned, err := o.budgetOf(t, size)
			if err != nil {
				return err
			}
			earningsLine(out, t.name, t.brief, earned)
			all = append(all, earned...)
		}
		earningsLine(out, "**all of these**", "", all)
	}
	return nil
}

// freshSeed is the first of shops that had no part in choosing how effects are told apart, and
// that nobody has looked at while that was done: those below it have been.
const freshSeed = 200

// shops is how many are played for each truth.
func (o options) shops() int { return max(o.repeats/10, 2) }

// budgetOf is what each way earns, by shop.
func (o options) budgetOf(t truth, size int) ([][]float64, error) {
	earned := make([][]float64, o.shops())
	errs := make([]error, len(earned))
	concurrent.Each(len(earned), o.workers, func(r int) {
		s := newShop(t, size, o.seed+uint64(r))
		var measured float64
		measured, errs[r] = s.measured()
		earned[r] = append(earned[r], s.lot(), measured, s.late)
		for _, rival := range rivals {
			earned[r] = append(earned[r], campaigns*s.take(rival.by))
		}
		earned[r] = append(earned[r], campaigns*s.take(t.of))
	})
	return earned, errors.Join(errs...)
}

func earningsLine(out io.Writer, name, brief string, earned [][]float64) {
	cells := []any{name, brief}
	last := len(earned[0]) - 1
	for way := range last {
		cells = append(cells, meanOf(earned, way))
	}
	var wins strings.Builder
	for k := range rivals {
		won := 0
		for _, e := range earned {
			if e[1] > e[3+k] {
				won++
			}
		}
		fmt.Fprintf(&wins, "%d ", won)
	}
	line(out, append(cells, fmt.Sprintf("%sof %d", wins.String(), len(earned)), meanOf(earned, last))...)
}

func meanOf(earned [][]float64, way int) string {
	sum, squares, n := 0.0, 0.0, float64(len(earned))
	for _, e := range earned {
		sum += e[way]
		squares += e[way] * e[way]
	}
	mean := sum / n
	return fmt.Sprintf("%.0f (%.0f)", mean, math.Sqrt(max(squares/n-mean*mean, 0)/(n-1)))
}

// shop is one shop with one truth.
type shop struct {
	truth truth
	each  int // contacts of a campaign
	of    []person
	dice  *rand.Rand
	late  float64 // what campaigns 2 and on earned by measured effects
}

func newShop(t truth, size int, seed uint64) *shop {
	dice := rand.New(rand.NewPCG(seed, 3))
	s := &shop{truth: t, each: int(contacted * float64(size)), of: people(size, dice), dice: dice}
	slices.SortFunc(s.of, func(a, b person) int { return cmp.Compare(a.id, b.id) })
	return s
}

// take is what the best customers by a rule bring, less cost.
func (s *shop) take(by func(p person) float64) (earned float64) {
	order := slices.Clone(s.of)
	slices.SortStableFunc(order, func(a, b person) int { return -cmp.Compare(by(a), by(b)) })
	for _, p := range order[:s.each] {
		earned += s.truth.of(p) - contactCost
	}
	return earned
}

// lot is what customers drawn by lot bring.
func (s *shop) lot() float64 {
	mean := 0.0
	for _, p := range s.of {
		mean += s.truth.of(p) / float64(len(s.of))
	}
	return campaigns * float64(s.each) * (mean - contactCost)
}

// measured runs the campaigns by what those before have shown, as nights do: the first by
// lot, as nothing is known of campaigns yet; of the money of the others a fifth goes by
// lot, and the rest to those of whom most is expected, as long as that is no less than a
// contact costs. Of whom a campaign takes, a fifth is in control and costs nothing.
func (s *shop) measured() (earned float64, err error) {
	e := activation.Evidence{History: activation.History{}}
	var memory campaign.Memory
	for k := range campaigns {
		c := campaign.Campaign{
			Name: "campaign-" + strconv.Itoa(k), Channels: []string{"email"}, Starts: e.AsOf, Ends: e.AsOf + length,
			Control: control, Cost: contactCost, Budget: float64(s.each) * contactCost, Explore: exploreShare, Priority: 1,
		}
		night := s.night(e.AsOf, c.Name)
		night.Uplift = e.Uplift([]campaign.Campaign{c}, activation.Tonight{Customers: len(s.of), Strata: night.Strata}).Uplift
		rules := campaign.Rules{Seed: strconv.FormatUint(s.dice.Uint64(), 36), Campaigns: []campaign.Campaign{c}}
		plan, err := campaign.Decide(rules, night, memory)
		if err != nil {
			return 0, err
		}
		memory = plan.Memory
		e.Assignments = memory.Assignments
		won := s.live(e, c.Name)
		earned += won
		if k >= 1 {
			s.late += won
		}
		e.Campaigns = append(e.Campaigns, activation.Drawn{Name: c.Name, Ends: c.Ends, Channels: c.Channels})
		e.AsOf = c.Ends
	}
	return earned, nil
}

// length of a campaign, in days.
const length = 31

// night is what is known of the shop's customers: all are in the audience.
func (s *shop) night(day calendar.Day, name string) campaign.Night {
	n := campaign.Night{
		Day: day, Blocked: make([]campaign.Reason, len(s.of)),
		Audience: map[string][]bool{name: make([]bool, len(s.of))}, Strata: make([][]string, 4),
	}
	for i, p := range s.of {
		n.ID = append(n.ID, p.id)
		n.Audience[name][i] = true
		n.Forecast = append(n.Forecast, p.future)
		for f, label := range p.strata() {
			n.Strata[f] = append(n.Strata[f], label)
		}
	}
	return n
}

func (p person) strata() []string {
	return []string{p.stage, p.tier, activation.AmountLabel(p.risk), activation.ChanceLabel(p.pNext)}
}

// live plays the window of those who are in a campaign, and gives what its contacts truly
// earn in the mean.
func (s *shop) live(e activation.Evidence, name string) (earned float64) {
	for _, a := range e.Assignments {
		if a.Campaign != name {
			continue
		}
		at, _ := slices.BinarySearchFunc(s.of, a.Customer, func(p person, id string) int { return cmp.Compare(p.id, id) })
		p := s.of[at]
		y := p.brings(1, s.dice)
		if a.Arm == campaign.Treated {
			y += s.react(p, y)
			earned += s.truth.of(p) - contactCost
		}
		b := e.History[p.id]
		e.History[p.id] = activation.Bought{Days: append(b.Days, a.Since+1), Margin: append(b.Margin, y)}
	}
	return earned
}

// react plays the effect: a purchase more, or all that would have been bought lost, with the
// chance that gives the effect in the mean.
func (s *shop) react(p person, y float64) float64 {
	effect := s.truth.of(p)
	if effect >= 0 {
		sum := 0.0
		for chance := effect / p.spend; chance > 0; chance-- {
			if s.dice.Float64() < chance {
				sum += p.purchase(s.dice)
			}
		}
		return sum
	}
	if s.dice.Float64() < min(-effect/p.expects(), 1) {
		return -y
	}
	return 0
}
