package campaign

import (
	"cmp"
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
	for rank, c := range d.campaigns {
		d.decide(rank, c)
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
	drawn      map[string][]Assignment // tonight, likewise
	planned    []Contact               // of earlier nights, in order
	made       map[string]int          // and how many of each campaign
	told       map[string][]bool       // by campaign: whom it has contacted, as responses say

	listed     []Listed // by campaign and customer
	rank       []int    // of their campaigns
	suppressed []Suppressed
	use        []BudgetUse
}

func newDecision(r Rules, n Night, before Memory) *decision {
	d := &decision{
		rules: r, night: n, since: before.HoldoutSince,
		campaigns:  inOrder(r.Campaigns),
		blocked:    codes(n.Blocked),
		inHoldout:  make([]bool, len(n.ID)),
		taken:      make([]bool, len(n.ID)),
		remembered: byExperiment(before.Assignments),
		drawn:      map[string][]Assignment{},
		planned:    contactsInOrder(before.Planned),
		made:       map[string]int{},
	}
	for _, c := range d.planned {
		d.made[c.Campaign]++
	}
	marks := marksOf(n, d.planned, r)
	d.full = marks.full(r)
	d.told = toldBy(n, r.Campaigns)
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
func (d *decision) decide(rank int, c Campaign) {
	if !c.running(d.night.Day) {
		d.use = append(d.use, d.purse(c).use())
		return
	}
	may, refused := d.eligible(c)
	chosen, use := d.choose(c, may)
	refused[codeOf[OverBudget]] += int64(len(may) - len(chosen))
	slices.SortFunc(chosen, func(a, b entry) int { return cmp.Compare(a.customer, b.customer) })
	for _, e := range chosen {
		d.taken[e.customer] = true
		if !e.treated {
			refused[codeOf[InControl]]++
		}
	}
	d.enter(rank, c, chosen)
	d.use = append(d.use, use)
	d.suppressed = append(d.suppressed, refused.of(c.Name)...)
}

// enter puts those who were chosen into their arms, and on the list.
func (d *decision) enter(rank int, c Campaign, chosen []entry) {
	assignments := make([]Assignment, 0, len(chosen))
	labels := make([]string, 0, len(chosen)*(len(d.night.Strata)+1)) // one piece of memory for all
	for _, e := range chosen {
		channel := d.channel(c, e.customer)
		from := len(labels)
		labels = append(d.strata(labels, e.customer), channel)
		assignments = append(assignments, Assignment{
			Campaign: c.Name, Customer: d.night.ID[e.customer], Arm: e.arm(), Since: d.night.Day,
			Share: c.Control, Explored: e.explored, Forecast: d.night.Forecast[e.customer],
			Strata: labels[from:len(labels):len(labels)], Entries: 1, In: true,
		})
		if e.treated {
			contact := Contact{Customer: d.night.ID[e.customer], Campaign: c.Name, Channel: channel, Day: d.night.Day}
			d.listed = append(d.listed, Listed{Contact: contact, Until: c.Ends, Uplift: d.uplift(c, e.customer)})
			d.rank = append(d.rank, rank)
		}
	}
	d.drawn[c.Name] = assignments
}

// strata appends the labels that a customer has tonight.
func (d *decision) strata(labels []string, customer int32) []string {
	for _, column := range d.night.Strata {
		labels = append(labels, column[customer])
	}
	return labels
}

// entry is a customer whom a campaign has chosen tonight, and the arm that was drawn.
type entry struct {
	customer          int32
	treated, explored bool
}

func (e entry) arm() Arm {
	if e.treated {
		return Treated
	}
	return Control
}
