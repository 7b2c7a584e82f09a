package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"clientele/analytics/activation"
	"clientele/internal/concurrent"
	"clientele/segment/campaign"
	"clientele/segment/experiment"
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
	{"nobody", "nothing", func(person) float64 { return 0 }},
	{"as value at risk", "1% of value_at_risk: the rival's own rule", func(p person) float64 { return .01 * p.risk }},
	{"as p_next", "6 × p_next: the rival's own rule", func(p person) float64 { return 6 * p.pNext }},
}

// A shop runs so many campaigns one after the other, each with money for so many contacts.
const (
	campaigns    = 6
	shopSize     = 4000
	contacts     = 600
	contactCost  = 0.5
	exploreShare = 0.2
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
	columns := []string{"truth", "by stratum", "drawn by lot", "measured effects", "of these, campaigns 3 to 6"}
	for _, r := range rivals {
		columns = append(columns, r.name)
	}
	heading(out, fmt.Sprintf("What %d campaigns of %d contacts earn in a shop of %d customers, less cost, mean of %d shops (standard error)",
		campaigns, contacts, shopSize, o.shops()), append(columns, "shops where measured effects beat each rival", "who knows the truth")...)
	for _, t := range truths {
		o.budgetOf(t, out)
	}
	return nil
}

// shops is how many are played for each truth.
func (o options) shops() int { return max(o.repeats/10, 2) }

func (o options) budgetOf(t truth, out io.Writer) {
	earned := make([][]float64, o.shops()) // by shop, then by way
	concurrent.Each(len(earned), o.workers, func(r int) {
		s := newShop(t, uint64(r))
		earned[r] = append(earned[r], s.lot(), s.measured(), s.late)
		for _, rival := range rivals {
			earned[r] = append(earned[r], campaigns*s.take(rival.by, contacts))
		}
		earned[r] = append(earned[r], campaigns*s.take(t.of, contacts))
	})
	cells := []any{t.name, t.brief}
	for way := range earned[0][:len(earned[0])-1] {
		cells = append(cells, meanOf(earned, way))
	}
	wins := ""
	for k := range rivals {
		won := 0
		for _, e := range earned {
			if e[1] > e[3+k] {
				won++
			}
		}
		wins += fmt.Sprintf("%d ", won)
	}
	line(out, append(cells, wins+fmt.Sprintf("of %d", len(earned)), meanOf(earned, len(earned[0])-1))...)
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
	of    []person
	dice  *rand.Rand
	late  float64 // what campaigns 3 and on earned by measured effects
}

func newShop(t truth, seed uint64) *shop {
	dice := rand.New(rand.NewPCG(seed, 3))
	s := &shop{truth: t, of: people(shopSize, dice), dice: dice}
	slices.SortFunc(s.of, func(a, b person) int { return cmp.Compare(a.id, b.id) })
	return s
}

// take is what the best customers by a rule bring, less cost.
func (s *shop) take(by func(p person) float64, n int) (earned float64) {
	order := slices.Clone(s.of)
	slices.SortStableFunc(order, func(a, b person) int { return -cmp.Compare(by(a), by(b)) })
	for _, p := range order[:n] {
		earned += s.truth.of(p) - contactCost
	}
	return earned
}

// lot is what customers drawn by lot bring.
func (s *shop) lot() float64 {
	mean := 0.0
	for _, p := range s.of {
		mean += s.truth.of(p) / shopSize
	}
	return campaigns * contacts * (mean - contactCost)
}

// measured runs the campaigns by what those before have shown: the first two by lot, as
// nothing is known of campaigns yet; of the money of the others a fifth goes by lot, and the
// rest to those of whom most is expected, as long as that is more than a contact costs. A
// fifth of whom a campaign takes is in control, and costs nothing.
func (s *shop) measured() (earned float64) {
	e := activation.Evidence{History: activation.History{}}
	for k := range campaigns {
		name := "campaign " + strconv.Itoa(k)
		night := activation.Tonight{Customers: len(s.of), Strata: s.strata()}
		expected := e.Uplift([]campaign.Campaign{{Name: name, Channels: []string{"email"}}}, night)[name]
		before := earned
		for _, i := range s.choose(expected) {
			earned += s.contact(&e, name, i)
		}
		e.Campaigns = append(e.Campaigns, activation.Drawn{Name: name, Ends: int32(k+1) * 31, Channels: []string{"email"}})
		e.AsOf = int32(k+1) * 31
		if k >= 2 {
			s.late += earned - before
		}
	}
	return earned
}

func (s *shop) strata() [][]string {
	columns := make([][]string, 2)
	for _, p := range s.of {
		for f, label := range p.strata() {
			columns[f] = append(columns[f], label)
		}
	}
	return columns
}

func (p person) strata() []string {
	return []string{p.stage, p.tier}
}

// choose takes customers for both arms.
func (s *shop) choose(expected []float64) []int {
	const both = contacts / (1 - control)
	order := s.dice.Perm(len(s.of))
	if expected == nil {
		return order[:int(both)]
	}
	explored := int(both * exploreShare)
	rest := order[explored:]
	slices.SortStableFunc(rest, func(a, b int) int { return -cmp.Compare(expected[a], expected[b]) })
	chosen := slices.Clone(order[:explored])
	for _, i := range rest {
		if len(chosen) >= int(both) || expected[i] <= contactCost {
			break
		}
		chosen = append(chosen, i)
	}
	return chosen
}

// contact draws a customer's arm, plays the window, and gives what the contact truly earns.
func (s *shop) contact(e *activation.Evidence, name string, i int) (earned float64) {
	p := s.of[i]
	since := e.AsOf
	a := campaign.Assignment{
		Campaign: name, Customer: p.id, Arm: campaign.Control, Since: since, Share: control,
		Forecast: p.future, Strata: append(p.strata(), "email"),
	}
	y := p.brings(1, s.dice)
	if experiment.Draw(strconv.FormatUint(s.dice.Uint64(), 36), name, p.id) >= control {
		a.Arm = campaign.Treated
		y += s.react(p, y)
		earned = s.truth.of(p) - contactCost
	}
	e.Assignments = append(e.Assignments, a)
	b := e.History[p.id]
	e.History[p.id] = activation.Bought{Days: append(b.Days, since+1), Margin: append(b.Margin, y)}
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
