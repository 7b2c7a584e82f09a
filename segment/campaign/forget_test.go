package campaign

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
)

// Two desks decide the same nights over some years: one remembers all, the other forgets what
// is too long ago to matter. They plan the same, to the last customer, reason and cent.
func TestForgettingChangesNoPlan(t *testing.T) {
	forgot := 0
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(randomly(rapid.Uint64().Draw(t, "shop")), rapid.IntRange(2, 12).Draw(t, "people"))
		var all Memory // of the desk that forgets nothing, by the ids of its night
		for range rapid.IntRange(5, 60).Draw(t, "nights") {
			s.change()
			n := s.night()
			want, err := Decide(s.rules, n, s.under(all))
			require.NoError(t, err)

			first := s.rules.Oldest(n.Day)
			n.Sent = s.told(n.Sent, first, n.Day)
			plan, err := Decide(s.rules, n, s.memory())
			require.NoError(t, err)
			require.Equal(t, text(t, Plan{Contacts: want.Contacts, Suppressed: want.Suppressed, Budgets: want.Budgets}),
				text(t, Plan{Contacts: plan.Contacts, Suppressed: plan.Suppressed, Budgets: plan.Budgets}))
			require.Equal(t, want.Memory.Assignments, plan.Memory.Assignments)
			all = want.Memory
			plan.Memory = plan.Memory.Forget(first)
			s.publish(plan)
			for _, forgotten := range plan.Memory.Forgotten {
				forgot += forgotten
			}
			if s.chance.oneIn(5) { // nobody ran the job for some months
				s.day += calendar.Day(s.chance(200))
			}
		}
	})
	require.Positive(t, forgot, "there was something to forget")
}

// under is a memory by the ids of tonight.
func (s *shop) under(m Memory) Memory {
	m.Assignments, m.Planned = slices.Clone(m.Assignments), slices.Clone(m.Planned)
	for i := range m.Assignments {
		m.Assignments[i].Customer = s.id(m.Assignments[i].Customer)
	}
	for i := range m.Planned {
		m.Planned[i].Customer = s.id(m.Planned[i].Customer)
	}
	return m
}

// told is what is remembered of the contacts that were made: what is not too long ago, and
// those of open campaigns.
func (s *shop) told(sent []Contact, first, day calendar.Day) []Contact {
	return slices.DeleteFunc(slices.Clone(sent), func(c Contact) bool {
		at := slices.IndexFunc(s.rules.Campaigns, func(of Campaign) bool { return of.Name == c.Campaign })
		return c.Day < first && (at < 0 || !s.rules.Campaigns[at].Open(day))
	})
}

// What is forgotten was paid, once.
func TestForget(t *testing.T) {
	m := Memory{Planned: []Contact{
		{Customer: "a", Campaign: "x", Day: 10},
		{Customer: "b", Campaign: "x", Day: 10, Parted: true},
		{Customer: "a", Campaign: "y", Day: 12},
		{Customer: "b", Campaign: "x", Day: 13},
	}}
	once := m.Forget(12)
	require.Equal(t, map[string]int{"x": 1}, once.Forgotten)
	require.Equal(t, m.Planned[2:], once.Planned)
	twice := once.Forget(14)
	require.Equal(t, map[string]int{"x": 2, "y": 1}, twice.Forgotten)
	require.Empty(t, twice.Planned)
	require.Equal(t, map[string]int{"x": 1}, once.Forgotten, "what was given is not changed")
	require.Len(t, m.Planned, 4)

	n := quiet(1000, "c")
	n.Audience["x"] = []bool{true}
	r := Rules{Campaigns: []Campaign{{Name: "x", Channels: []string{"sms"}, Ends: 2000, Cost: 1, Budget: 2, Explore: 1}}}
	plan, err := Decide(r, n, twice)
	require.NoError(t, err)
	require.Empty(t, plan.Contacts, "the money is spent")
	require.InDelta(t, 2, plan.Budgets[0].Spent, 0)
	require.Equal(t, twice.Forgotten, plan.Memory.Forgotten)
}

// A cap of the longest reach asks for nothing that is forgotten, whenever what was planned on
// the last day of memory was sent.
func TestOldest(t *testing.T) {
	day := calendar.Day(1000)
	require.Equal(t, day-365-92, Rules{}.Oldest(day))
	require.Equal(t, Rules{}.Oldest(day), Rules{Caps: []Cap{{Days: 7}}}.Oldest(day))
	require.Equal(t, day-499-92, Rules{Caps: []Cap{{Days: 500}}}.Oldest(day))
	require.True(t, Campaign{Ends: 900}.Open(992))
	require.False(t, Campaign{Ends: 900}.Open(993))
}
