package campaign

import (
	"cmp"
	"maps"
	"slices"

	"clientele/internal/calendar"
)

// Decide says whom to contact tonight. What it is given is not changed.
//
// The holdout is drawn first. Then campaigns are asked by priority and name, and each asks
// of every customer of its audience, in the order of the reasons, whether they may enter.
// Among those who may, the budget chooses; only then does a draw say who is contacted and
// who is in control. By that order both arms are alike.
func Decide(r Rules, n Night, before Memory) (Plan, error) {
	if err := validate(r, n, before); err != nil {
		return Plan{}, err
	}
	d := newDecision(r, n, before)
	d.drawHoldout()
	for _, c := range d.campaigns {
		d.decide(c)
	}
	return d.plan(), nil
}

// decision is a night on its way to a plan. Columns have one entry per customer.
type decision struct {
	rules     Rules
	night     Night
	campaigns []Campaign // in the order in which they are asked
	since     calendar.Day

	blocked   []code
	inHoldout []bool
	full      map[string][]bool // by channel: caps allow no contact tonight
	taken     []bool            // a campaign has them tonight, in one of its arms

	remembered map[string][]Assignment // by experiment: each customer once, ascending
	drawn      map[string]*draw        // tonight, by experiment
	planned    []Contact               // of earlier nights, in order
	made       map[string]int          // how many contacts of each campaign were planned
	forgotten  map[string]int          // of these, not among those of earlier nights
	told       map[string][]bool       // by campaign: whom it has contacted, as responses say

	suppressed []Suppressed
	use        []BudgetUse

	place []int32  // of customers in tonight's contacts, from 1 on; 0: not contacted
	room  []string // for the labels of assignments: one piece of memory for all
}

// draw is who was drawn in an experiment tonight.
type draw struct {
	campaign Campaign // of the holdout: its name and share only
	entries  []entry  // by customer, ascending
}

// entry is a customer whom a campaign has chosen tonight, the arm that was drawn, and the
// channel that reaches them.
type entry struct {
	customer          int32
	channel           uint16 // place in the channels of the campaign
	treated, explored bool
}

func (e entry) arm() Arm {
	if e.treated {
		return Treated
	}
	return Control
}

func newDecision(r Rules, n Night, before Memory) *decision {
	d := &decision{
		rules: r, night: n, since: before.HoldoutSince,
		campaigns:  inOrder(r.Campaigns),
		blocked:    codes(n.Blocked),
		inHoldout:  make([]bool, len(n.ID)),
		taken:      make([]bool, len(n.ID)),
		remembered: byExperiment(before.Assignments),
		drawn:      map[string]*draw{},
		planned:    contactsInOrder(before.Planned),
		made:       map[string]int{},
		forgotten:  before.Forgotten,
	}
	maps.Copy(d.made, before.Forgotten)
	for _, c := range d.planned {
		if !c.Parted {
			d.made[c.Campaign]++
		}
	}
	to := sentTo(n)
	d.full = marksOf(n, to, d.planned, r).full(r)
	d.told = toldBy(n, to, r.Campaigns)
	return d
}

// inOrder gives campaigns by priority, then name.
func inOrder(campaigns []Campaign) []Campaign {
	ordered := slices.Clone(campaigns)
	slices.SortFunc(ordered, func(a, b Campaign) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Name, b.Name))
	})
	return ordered
}

// running tells whether customers may enter a campaign.
func (c Campaign) running(day calendar.Day) bool { return c.Starts <= day && day < c.Ends }

// decide asks one campaign. One that is not running changes nothing.
func (d *decision) decide(c Campaign) {
	if !c.running(d.night.Day) {
		d.use = append(d.use, d.purse(c).use())
		return
	}
	may, refused := d.eligible(c)
	chosen, use := d.choose(c, may)
	refused[overBudget] += int64(len(may) - len(chosen))
	slices.SortFunc(chosen, func(a, b entry) int { return cmp.Compare(a.customer, b.customer) })
	for k, e := range chosen {
		d.taken[e.customer] = true
		chosen[k].channel = uint16(d.channel(c, e.customer))
		if !e.treated {
			refused[inControl]++
		}
	}
	d.drawn[c.Name] = &draw{campaign: c, entries: chosen}
	d.use = append(d.use, use)
	d.suppressed = append(d.suppressed, refused.of(c.Name)...)
}
