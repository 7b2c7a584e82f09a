package campaign

import (
	"math"
	"slices"
	"sort"
	"time"

	"clientele/internal/calendar"
	"clientele/segment/experiment"
)

// slowDesk is the reference for lists: the rules told again as plainly as possible, customer
// by customer, with records of its own by person, everything looked up afresh. It shares
// the types of the input, and the draw, with what it is compared with.
type slowDesk struct {
	people map[string]*slowPerson // by id of tonight
	held   time.Time              // since when the holdout is in force
	began  bool
}

// slowPerson is all that happened to a person.
type slowPerson struct {
	holdout  *slowPlace
	places   map[string]*slowPlace
	contacts []slowContact // planned
}

type slowPlace struct {
	arm      string
	since    calendar.Day
	share    float64
	explored bool
	forecast float64
	strata   []string
	visits   int
	inside   bool
}

type slowContact struct {
	campaign, channel string
	day, sent         calendar.Day
	wasSent           bool
}

// slowResult is what the slow desk decides: per campaign the ids on the list with their
// channel, how many are refused why, and the money.
type slowResult struct {
	listed  map[string]map[string]string
	refused map[string]map[Reason]int
	money   map[string]slowMoney
}

type slowMoney struct{ spent, left, explored, next, expected float64 }

func newSlowDesk() *slowDesk { return &slowDesk{people: map[string]*slowPerson{}} }

func (d *slowDesk) person(id string) *slowPerson {
	if d.people[id] == nil {
		d.people[id] = &slowPerson{places: map[string]*slowPlace{}}
	}
	return d.people[id]
}

// join makes one person of two.
func (d *slowDesk) join(gone, stays string) {
	from, to := d.people[gone], d.person(stays)
	delete(d.people, gone)
	if from == nil {
		return
	}
	to.contacts = append(to.contacts, from.contacts...)
	for name, p := range from.places {
		to.places[name] = slowJoined(to.places[name], p, "crossed")
	}
	if from.holdout != nil {
		to.holdout = slowJoined(to.holdout, from.holdout, "control")
	}
}

// slowJoined is the earlier place; where arms differ, it says what wins.
func slowJoined(a, b *slowPlace, wins string) *slowPlace {
	if a == nil {
		return b
	}
	first, second := a, b
	if b.since < a.since || b.since == a.since && slowBefore(b, a) {
		first, second = b, a
	}
	joined := *first
	if first.arm != second.arm {
		if wins == "control" && second.arm == "control" {
			joined = *second
		}
		joined.arm = wins
	}
	joined.visits = max(a.visits, b.visits)
	joined.inside = a.inside || b.inside
	return &joined
}

// slowBefore orders places of one day by what else they say.
func slowBefore(a, b *slowPlace) bool {
	if a.arm != b.arm {
		return a.arm < b.arm
	}
	if a.share != b.share {
		return a.share < b.share
	}
	if a.forecast != b.forecast {
		return a.forecast < b.forecast
	}
	for i := range a.strata {
		if i < len(b.strata) && a.strata[i] != b.strata[i] {
			return a.strata[i] < b.strata[i]
		}
	}
	return !a.explored && b.explored
}

func slowDate(day calendar.Day) time.Time {
	return time.Date(1970, 1, 1+int(day), 0, 0, 0, 0, time.UTC)
}

// slowAfter adds a period to a date: months first, to the last day of a month that is
// shorter.
func slowAfter(day time.Time, p calendar.Period) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(p.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1+p.Days)
}

// holdouts draws who has no place in the holdout.
func (d *slowDesk) holdouts(r Rules, n Night) {
	if r.Holdout == nil {
		return
	}
	today := slowDate(n.Day)
	if !d.began {
		d.began, d.held = true, today
	}
	for (r.Holdout.Refresh != calendar.Period{}) && !slowAfter(d.held, r.Holdout.Refresh).After(today) {
		d.held = slowAfter(d.held, r.Holdout.Refresh)
		for _, p := range d.people {
			p.holdout = nil
		}
	}
	for i, id := range n.ID {
		p := d.person(id)
		if p.holdout == nil {
			name := "holdout since " + d.held.Format(time.DateOnly)
			p.holdout = &slowPlace{arm: "treated", since: n.Day, share: r.Holdout.Share, forecast: n.Forecast[i], strata: []string{n.Strata[0][i]}}
			if experiment.Draw(r.Seed, name, id) < r.Holdout.Share {
				p.holdout.arm = "control"
			}
		}
	}
	for id, p := range d.people {
		if p.holdout != nil {
			p.holdout.visit(slices.Contains(n.ID, id))
		}
	}
}

func (p *slowPlace) visit(inside bool) {
	if inside && !p.inside {
		p.visits++
	}
	p.inside = inside
}

// tonight decides a night.
func (d *slowDesk) tonight(r Rules, n Night) slowResult {
	d.holdouts(r, n)
	result := slowResult{map[string]map[string]string{}, map[string]map[Reason]int{}, map[string]slowMoney{}}
	order := slices.Clone(r.Campaigns)
	sort.Slice(order, func(a, b int) bool {
		if order[a].Priority != order[b].Priority {
			return order[a].Priority < order[b].Priority
		}
		return order[a].Name < order[b].Name
	})
	busy := map[string]bool{}
	for _, c := range order {
		d.campaign(r, n, c, busy, &result)
	}
	return result
}

func (d *slowDesk) campaign(r Rules, n Night, c Campaign, busy map[string]bool, result *slowResult) {
	spent, byLot := 0, 0
	for _, p := range d.people {
		for _, k := range p.contacts {
			if k.campaign == c.Name {
				spent++
			}
		}
		if place := p.places[c.Name]; place != nil && place.explored && place.arm != "control" {
			byLot++
		}
	}
	money := slowMoney{spent: float64(spent) * c.Cost, left: math.NaN(), next: math.NaN(), expected: math.NaN()}
	result.listed[c.Name], result.refused[c.Name] = map[string]string{}, map[Reason]int{}
	if n.Day < c.Starts || n.Day >= c.Ends {
		if c.Budget > 0 {
			money.left = max(0, c.Budget-money.spent)
		}
		result.money[c.Name] = money
		return
	}
	for id, p := range d.people { // who left and came back
		if place := p.places[c.Name]; place != nil {
			at := slices.Index(n.ID, id)
			place.visit(at >= 0 && n.Audience[c.Name][at])
		}
	}
	var may []int
	for i := range n.ID {
		if !n.Audience[c.Name][i] {
			continue
		}
		if why := d.why(r, n, c, i, busy); why != "" {
			result.refused[c.Name][why]++
			continue
		}
		may = append(may, i)
	}
	d.spend(r, n, c, may, spent, byLot, busy, result, money)
}

// why is the first reason that applies.
func (d *slowDesk) why(r Rules, n Night, c Campaign, i int, busy map[string]bool) Reason {
	id := n.ID[i]
	p := d.person(id)
	place := p.places[c.Name]
	channel := slowChannel(n, c, i)
	toldAnyway := false
	for _, s := range n.Sent {
		toldAnyway = toldAnyway || s.Customer == id && s.Campaign == c.Name && s.Day < n.Day
	}
	for _, q := range []struct {
		applies bool
		why     Reason
	}{
		{n.Blocked[i] != "", n.Blocked[i]},
		{r.Holdout != nil && p.holdout.arm == "control", "holdout"},
		{place != nil && place.arm == "control", "control"},
		{place != nil && place.arm == "crossed", "crossed"},
		{place != nil && place.visits > 1, "returned"}, // never both with the next
		{place != nil || toldAnyway, "contacted"},
		{channel == "", "unreachable"},
		{!slowRoom(r, n, p, id, channel), "cap"},
		{busy[id], "other_campaign"},
	} {
		if q.applies {
			return q.why
		}
	}
	return ""
}

func slowChannel(n Night, c Campaign, i int) string {
	for _, channel := range c.Channels {
		if whom := n.Reach[channel]; whom == nil || whom[i] {
			return channel
		}
	}
	return ""
}

// slowRoom asks every cap of every contact of a person.
func slowRoom(r Rules, n Night, p *slowPerson, id, channel string) bool {
	all := slices.Clone(p.contacts)
	sort.Slice(all, func(a, b int) bool { return all[a].day < all[b].day })
	said := map[slowContact]bool{}
	for _, s := range n.Sent {
		if s.Customer == id && s.Day < n.Day {
			said[slowContact{campaign: s.Campaign, channel: s.Channel, sent: s.Day}] = true
		}
	}
	var sent []slowContact
	for s := range said {
		sent = append(sent, s)
	}
	sort.Slice(sent, func(a, b int) bool { return sent[a].sent < sent[b].sent })
	for _, s := range sent {
		found := false
		for k := range all {
			if !found && !all[k].wasSent && all[k].campaign == s.campaign && all[k].channel == s.channel && all[k].day <= s.sent {
				all[k].sent, all[k].wasSent, found = s.sent, true, true
			}
		}
		if !found {
			all = append(all, slowContact{campaign: s.campaign, channel: s.channel, day: s.sent, sent: s.sent, wasSent: true})
		}
	}
	for _, c := range r.Caps {
		if c.Channel != "" && c.Channel != channel {
			continue
		}
		counted := map[int]bool{}
		for day := n.Day - 1; day > n.Day-calendar.Day(c.Days); day-- { // tonight's are no reason tonight
			for k, contact := range all {
				if (contact.day == day || contact.wasSent && contact.sent == day) && (c.Channel == "" || contact.channel == channel) {
					counted[k] = true
				}
			}
		}
		if len(counted) >= c.Contacts {
			return false
		}
	}
	return true
}

// spend takes one customer after the other: always the best of those who are left.
func (d *slowDesk) spend(r Rules, n Night, c Campaign, may []int, spent, byLot int, busy map[string]bool, result *slowResult, money slowMoney) {
	afford := func(units int) bool { return float64(units)*c.Cost <= c.Budget*(1+1e-12) }
	limited := c.Budget > 0 && c.Cost > 0
	uplift := n.Uplift[c.Name]
	lot := func(i int) float64 { return experiment.Draw(r.Seed, "lot of "+c.Name, n.ID[i]) }
	take := func(i int, explored bool) {
		id := n.ID[i]
		may = slices.DeleteFunc(may, func(o int) bool { return o == i })
		busy[id] = true
		place := &slowPlace{
			arm: "treated", since: n.Day, share: c.Control, explored: explored, forecast: n.Forecast[i],
			strata: []string{n.Strata[0][i], slowChannel(n, c, i)}, visits: 1, inside: true,
		}
		d.person(id).places[c.Name] = place
		if experiment.Draw(r.Seed, c.Name, id) < c.Control {
			place.arm = "control"
			result.refused[c.Name]["control"]++
			return
		}
		spent++
		if explored {
			byLot++
			money.explored += c.Cost
		}
		d.person(id).contacts = append(d.person(id).contacts, slowContact{campaign: c.Name, channel: place.strata[1], day: n.Day})
		result.listed[c.Name][id] = place.strata[1]
		if uplift != nil {
			money.expected += uplift[i]
		}
	}
	best := func(better func(i, j int) bool, allowed func(i int) bool) int {
		at := -1
		for _, i := range may {
			if allowed(i) && (at < 0 || better(i, at)) {
				at = i
			}
		}
		return at
	}
	if uplift != nil {
		money.expected = 0
	}
	everybody := func(int) bool { return true }
	earlierLot := func(i, j int) bool { return lot(i) < lot(j) }
	switch {
	case !limited:
		for len(may) > 0 {
			take(may[0], false)
		}
	case uplift == nil:
		for len(may) > 0 && afford(spent+1) {
			take(best(earlierLot, everybody), true)
		}
	default:
		kept := 0 // contacts that only the lot may use
		for float64(byLot+kept+1)*c.Cost <= c.Explore*c.Budget*(1+1e-12) && afford(spent+kept+1) {
			kept++
		}
		brings := func(i, j int) bool { return uplift[i] > uplift[j] || uplift[i] == uplift[j] && lot(i) < lot(j) }
		for afford(spent + kept + 1) {
			at := best(brings, func(i int) bool { return uplift[i]-c.Cost >= 0 })
			if at < 0 {
				break
			}
			take(at, false)
		}
		for last := byLot + kept; byLot < last && len(may) > 0; {
			take(best(earlierLot, everybody), true)
		}
	}
	d.account(c, n, may, spent, result, money)
}

// account says what is left of the money, and of the customers.
func (d *slowDesk) account(c Campaign, n Night, rest []int, spent int, result *slowResult, money slowMoney) {
	if len(rest) > 0 {
		result.refused[c.Name]["budget"] = len(rest)
	}
	money.spent = float64(spent) * c.Cost
	if c.Budget > 0 {
		money.left = max(0, c.Budget-money.spent)
	}
	if uplift := n.Uplift[c.Name]; uplift != nil {
		money.next = 0
		if len(rest) > 0 {
			money.next = math.NaN()
		}
		for _, i := range rest {
			if math.IsNaN(money.next) || uplift[i]/c.Cost > money.next {
				money.next = uplift[i] / c.Cost
			}
		}
	}
	result.money[c.Name] = money
}
