package campaign

import (
	"cmp"
	"math"
	"slices"

	"clientele/segment/experiment"
)

// purse is the money of a campaign, in contacts.
type purse struct {
	campaign Campaign
	made     int // contacts of earlier nights
	left     int // contacts that the budget still pays
	byLot    int // of these, kept for customers drawn by lot, where effects are known
	explored int // contacts of tonight that were drawn by lot
}

// noLimit is the number of contacts that a campaign without budget, or whose contacts cost
// nothing, can pay: more than there are customers.
const noLimit = math.MaxInt

func (c Campaign) limited() bool { return c.Budget > 0 && c.Cost > 0 }

func (d *decision) purse(c Campaign) *purse {
	p := &purse{campaign: c, made: d.made[c.Name], left: noLimit}
	if !c.limited() {
		return p
	}
	byLot := c.pays(c.Explore * c.Budget)
	for _, a := range d.remembered[c.Name] {
		if a.Explored && a.Arm != Control && !a.Parted {
			byLot--
		}
	}
	p.left = max(0, c.pays(c.Budget)-p.made)
	p.byLot = max(0, min(byLot, p.left))
	return p
}

// pays is how many contacts an amount of money pays. What is a hair less than a whole number,
// as three times 0.1 is of 0.3, is meant to be one.
func (c Campaign) pays(money float64) int {
	const hair = 1e-9 // of a contact: far above the error of a division, far below any price
	return int(math.Min(math.Floor(money/c.Cost+hair), math.MaxInt32))
}

// use says where the money went.
func (p *purse) use() BudgetUse {
	use := BudgetUse{
		Campaign: p.campaign.Name, Spent: float64(p.made) * p.campaign.Cost, Left: math.NaN(),
		Explored: float64(p.explored) * p.campaign.Cost, NextUnitBrings: math.NaN(), ExpectedBrought: math.NaN(),
	}
	if p.campaign.Budget > 0 {
		use.Left = max(0, p.campaign.Budget-use.Spent)
	}
	return use
}

func (d *decision) uplift(c Campaign, i int32) float64 {
	if column := d.night.Uplift[c.Name]; column != nil {
		return column[i]
	}
	return math.NaN()
}

// choice is who of those who may enter a campaign does.
type choice struct {
	ids    []string
	purse  *purse
	draws  *experiment.Draws
	chosen []entry
}

// choose says who of those who may enter does, and in which arm.
//
// Without a budget all enter. With one, those of the most expected margin less cost per
// unit of cost are first, which within a campaign is the order of uplift; nobody is
// contacted at an expected loss. A share of the budget is kept for customers drawn by lot,
// so that what is believed of the others is put to the test. Where nothing has been
// measured, all are drawn by lot.
func (d *decision) choose(c Campaign, may []int32) ([]entry, BudgetUse) {
	h := &choice{ids: d.night.ID, purse: d.purse(c), draws: experiment.NewDraws(d.rules.Seed, c.Name)}
	uplift := d.night.Uplift[c.Name]
	var rest []int32
	switch {
	case !c.limited():
		rest = h.take(may, h.purse.left, false)
	case uplift == nil:
		rest = h.take(d.byLot(c, may, h.purse.left), h.purse.left, true)
	default:
		gain, others := gains(c, uplift, may)
		best := h.purse.left - h.purse.byLot
		others = append(others, h.take(d.byUplift(c, gain, best), best, false)...)
		rest = h.take(d.byLot(c, others, h.purse.byLot), h.purse.byLot, true)
	}
	use := h.purse.use()
	if uplift != nil {
		use.ExpectedBrought = h.expected(uplift)
		use.NextUnitBrings = next(c, uplift, rest)
	}
	return h.chosen, use
}

// take lets customers enter in order, for so many contacts, and gives back the others. The
// next enters as long as one more contact is paid, whatever their own draw will be: so the
// money does not choose between the arms.
func (h *choice) take(order []int32, contacts int, explored bool) []int32 {
	for at, i := range order {
		if contacts == 0 {
			return order[at:]
		}
		e := entry{customer: i, treated: h.draws.Of(h.ids[i]) >= h.purse.campaign.Control, explored: explored}
		h.chosen = append(h.chosen, e)
		if e.treated {
			contacts--
			h.purse.spend(explored)
		}
	}
	return nil
}

func (p *purse) spend(explored bool) {
	p.made++
	if explored {
		p.explored++
	}
}

// gains parts customers into those whose contact is expected to bring at least its cost,
// and the others, of whom it is not known or who are expected to bring less.
func gains(c Campaign, uplift []float64, may []int32) (gain, others []int32) {
	for _, i := range may {
		if uplift[i] >= c.Cost {
			gain = append(gain, i)
		} else {
			others = append(others, i)
		}
	}
	return gain, others
}

// expected is the margin that tonight's contacts are expected to bring; NaN: it is not
// known of one of them.
func (h *choice) expected(uplift []float64) float64 {
	sum := 0.0
	for _, e := range h.chosen {
		if e.treated {
			sum += uplift[e.customer]
		}
	}
	return sum
}

// next is what one more unit of money would bring by the best of those who are left: 0 where
// none is, NaN where nothing is known of them or contacts cost nothing.
func next(c Campaign, uplift []float64, rest []int32) float64 {
	if len(rest) == 0 {
		return 0
	}
	best := math.NaN()
	for _, i := range rest {
		if !(uplift[i] <= best) && !math.IsNaN(uplift[i]) {
			best = uplift[i]
		}
	}
	return best / c.Cost
}

// ranked is a customer's place in an order.
type ranked struct {
	uplift, lot float64
	customer    int32
}

// byLot puts customers in the order of a draw of its own, where not all can enter.
func (d *decision) byLot(c Campaign, whom []int32, contacts int) []int32 {
	return d.order(c, whom, contacts, nil)
}

// byUplift puts those who are expected to bring most first, and equal ones by lot.
func (d *decision) byUplift(c Campaign, whom []int32, contacts int) []int32 {
	return d.order(c, whom, contacts, d.night.Uplift[c.Name])
}

func (d *decision) order(c Campaign, whom []int32, contacts int, uplift []float64) []int32 {
	if len(whom) <= contacts {
		return whom // all can enter
	}
	lots := experiment.NewDraws(d.rules.Seed, "lot of "+c.Name) // with a space: no campaign has the name
	places := make([]ranked, len(whom))
	for k, i := range whom {
		places[k] = ranked{lot: lots.Of(d.night.ID[i]), customer: i}
		if uplift != nil {
			places[k].uplift = uplift[i]
		}
	}
	slices.SortFunc(places, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.uplift, a.uplift), cmp.Compare(a.lot, b.lot), cmp.Compare(a.customer, b.customer))
	})
	order := make([]int32, len(places))
	for k, p := range places {
		order[k] = p.customer
	}
	return order
}
