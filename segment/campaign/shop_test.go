package campaign

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"clientele/internal/calendar"
)

// chance is a whole number from 0 up to, and without, n.
type chance func(n int) int

func (c chance) oneIn(n int) bool { return c(n) == 0 }

// shop is a shop that goes from night to night, and its engine that sends what is on the
// lists: late, twice, by itself. It remembers by the ids that customers had at the time, as
// files do; who is who comes out later.
type shop struct {
	chance chance
	rules  Rules
	day    calendar.Day
	people []string          // ids of all customers there will ever be
	into   map[string]string // ids that turned out to be another's
	before Memory            // by the ids of its night
	lists  []Listed          // of all nights, by the ids of their nights
	sent   []report          // by the ids that the engine knows
}

// report is a contact that was made, and the day on which its file comes in.
type report struct {
	Contact
	known calendar.Day
}

func newShop(c chance, people int) *shop {
	s := &shop{chance: c, day: 20_000, into: map[string]string{}}
	for i := range people {
		s.people = append(s.people, fmt.Sprintf("c%03d", i))
	}
	s.rules = Rules{Seed: fmt.Sprint("seed ", c(1000)), Holdout: s.holdout()}
	for range 1 + c(3) {
		s.addCampaign()
	}
	for range c(3) {
		s.rules.Caps = append(s.rules.Caps, s.cap())
	}
	return s
}

var channels = []string{"email", "phone", "sms"}

func (s *shop) share() float64 { return [...]float64{0, .1, .3, .5, .9, 1}[s.chance(6)] }

func (s *shop) holdout() *Holdout {
	refresh := [...]calendar.Period{{}, {Months: 1}, {Days: 10}}[s.chance(3)]
	return [...]*Holdout{nil, {Share: .1, Refresh: refresh}, {Share: .3, Refresh: refresh}}[s.chance(3)]
}

func (s *shop) cap() Cap {
	return Cap{Channel: [...]string{"", "email", "sms"}[s.chance(3)], Contacts: 1 + s.chance(3), Days: [...]int{1, 2, 7, 20}[s.chance(4)]}
}

func (s *shop) addCampaign() {
	starts := s.day - 2 + calendar.Day(s.chance(6))
	s.rules.Campaigns = append(s.rules.Campaigns, Campaign{
		Name:     fmt.Sprintf("%c%d", 'a'+rune(s.chance(26)), len(s.rules.Campaigns)),
		Channels: slices.Clone(channels[s.chance(3):]), Starts: starts, Ends: starts + 1 + calendar.Day(s.chance(60)),
		Control: s.share(), Cost: [...]float64{0, .1, 1, 2.5}[s.chance(4)], Budget: [...]float64{0, .3, 4, 11}[s.chance(4)],
		Explore: s.share(), Priority: s.chance(3),
	})
}

// change is what happens in the office: shares, caps and campaigns change, two ids turn out
// to be one person.
func (s *shop) change() {
	switch s.chance(8) {
	case 0:
		s.rules.Campaigns[s.chance(len(s.rules.Campaigns))].Control = s.share()
	case 1:
		s.addCampaign()
	case 2:
		s.rules.Caps = append(slices.Clone(s.rules.Caps[:s.chance(len(s.rules.Caps)+1)]), s.cap())
	case 3:
		s.rules.Holdout = s.holdout()
	case 4:
		s.rules.Campaigns[s.chance(len(s.rules.Campaigns))].Budget = float64(s.chance(20))
	case 5:
		one, other := s.id(s.people[s.chance(len(s.people))]), s.id(s.people[s.chance(len(s.people))])
		if one != other {
			s.into[one] = other
		}
	}
}

// id is what an id is published as tonight.
func (s *shop) id(of string) string {
	for s.into[of] != "" {
		of = s.into[of]
	}
	return of
}

// night is tonight, with whatever is known by then.
func (s *shop) night() Night {
	n := Night{Day: s.day, Reach: map[string][]bool{}, Audience: map[string][]bool{}, Uplift: map[string][]float64{}}
	for _, id := range s.people {
		if s.into[id] == "" && !s.chance.oneIn(15) { // some nights do without somebody
			n.ID = append(n.ID, id)
		}
	}
	for range n.ID {
		n.Blocked = append(n.Blocked, [...]Reason{"", "", "", "", "", "", "", NoConsent, Complained, Excluded}[s.chance(10)])
		n.Forecast = append(n.Forecast, float64(s.chance(100)))
	}
	n.Strata = [][]string{slices.Clone(n.ID)}
	for _, channel := range channels[:s.chance(3)] {
		n.Reach[channel] = s.column(n.ID, 4)
	}
	for _, c := range s.rules.Campaigns {
		n.Audience[c.Name] = s.column(n.ID, 3)
		if s.chance.oneIn(2) {
			column := make([]float64, len(n.ID))
			for i := range column {
				column[i] = [...]float64{math.NaN(), -1, .1, 1, 2.5, 3, 8}[s.chance(7)]
			}
			n.Uplift[c.Name] = column
		}
	}
	n.Sent = s.reported(s.day)
	return n
}

// column is true but for one in so many.
func (s *shop) column(ids []string, n int) []bool {
	column := make([]bool, len(ids))
	for i := range column {
		column[i] = !s.chance.oneIn(n)
	}
	return column
}

// reported is what files say by a day.
func (s *shop) reported(by calendar.Day) []Contact {
	var all []Contact
	for _, r := range s.sent {
		if r.known <= by {
			c := r.Contact
			c.Customer = s.id(c.Customer)
			all = append(all, c)
		}
	}
	return all
}

// memory is what the night before left, by the ids of tonight, in any order.
func (s *shop) memory() Memory {
	m := s.under(s.before)
	if s.chance.oneIn(3) {
		slices.Reverse(m.Assignments)
		slices.Reverse(m.Planned)
	}
	return m
}

// publish takes what was decided, sends it, and goes on to the next night, which may be some
// days later.
func (s *shop) publish(plan Plan) {
	s.before = plan.Memory
	s.lists = append(s.lists, plan.Contacts...)
	for _, l := range plan.Contacts {
		for range [...]int{0, 1, 1, 1, 2}[s.chance(5)] { // not at all, or twice
			s.send(l.Contact, calendar.Day(s.chance(3)))
		}
	}
	if s.chance.oneIn(4) { // by itself
		c := Contact{Customer: s.people[s.chance(len(s.people))], Channel: channels[s.chance(3)], Day: s.day}
		if s.chance.oneIn(2) {
			c.Campaign = s.rules.Campaigns[s.chance(len(s.rules.Campaigns))].Name
		}
		s.send(c, 0)
	}
	s.day += [...]calendar.Day{1, 1, 1, 1, 2, 4}[s.chance(6)]
}

func (s *shop) send(c Contact, later calendar.Day) {
	c.Day += later
	known := c.Day + calendar.Day(s.chance(6))
	s.sent = append(s.sent, report{c, known})
	if s.chance.oneIn(5) { // the next file has it again
		s.sent = append(s.sent, report{c, known + 1})
	}
}

// randomly is chance that a seed decides.
func randomly(seed uint64) chance {
	random := rand.New(rand.NewPCG(seed, 17))
	return random.IntN
}
