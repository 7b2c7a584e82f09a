package campaign

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/calendar"
)

// A smaller share of control only adds people to lists, of whatever campaign.
func TestRaisedTreatedShareOnlyAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(randomly(rapid.Uint64().Draw(t, "shop")), rapid.IntRange(1, 40).Draw(t, "people"))
		n := s.night()
		for k := range s.rules.Campaigns {
			s.rules.Campaigns[k].Budget = 0
		}
		few, err := Decide(s.rules, n, Memory{})
		require.NoError(t, err)
		for k := range s.rules.Campaigns {
			s.rules.Campaigns[k].Control *= rapid.Float64Range(0, 1).Draw(t, "less control")
		}
		many, err := Decide(s.rules, n, Memory{})
		require.NoError(t, err)
		on := map[Contact]bool{}
		for _, l := range many.Contacts {
			on[l.Contact] = true
		}
		for _, l := range few.Contacts {
			require.True(t, on[l.Contact])
		}
		require.Len(t, many.Memory.Assignments, len(few.Memory.Assignments), "who enters does not depend on it")
	})
}

// Who runs every night and who leaves nights out, the first and the last excepted, draw the
// same arms and the same holdout.
func TestArmsDoNotDependOnTheNightsThatRan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(randomly(rapid.Uint64().Draw(t, "shop")), rapid.IntRange(1, 20).Draw(t, "people"))
		s.rules.Caps = nil
		for k := range s.rules.Campaigns {
			c := &s.rules.Campaigns[k]
			c.Budget, c.Starts, c.Ends = 0, s.day, s.day+200
		}
		first, last := s.day, s.day+120
		n := s.night()
		n.Sent = nil
		entered := map[string][]int32{} // the day from which each customer is in the audience
		for _, c := range s.rules.Campaigns {
			for range n.ID {
				entered[c.Name] = append(entered[c.Name], first+int32(s.chance(80)))
			}
		}
		run := func(left func(day int32) bool) map[string]Arm {
			before, arms := Memory{}, map[string]Arm{}
			for n.Day = first; n.Day <= last; n.Day++ {
				if left(n.Day) && n.Day != first && n.Day < last-3 { // by then a night for each campaign
					continue
				}
				for name, days := range entered {
					n.Audience[name] = make([]bool, len(days))
					for i, day := range days {
						n.Audience[name][i] = day <= n.Day
					}
				}
				plan, err := Decide(s.rules, n, before)
				require.NoError(t, err)
				before = plan.Memory
			}
			for _, a := range before.Assignments {
				arms[a.Campaign+" "+a.Customer] = a.Arm
			}
			arms[fmt.Sprint("holdout of ", before.HoldoutSince)] = ""
			return arms
		}
		s.noRefreshInBetween(last)
		require.Equal(t, run(func(int32) bool { return false }), run(func(int32) bool { return s.chance.oneIn(2) }))
	})
}

// noRefreshInBetween keeps the holdout to the last day: who is held out in between enters
// campaigns later, on nights that one of two runs may not have.
func (s *shop) noRefreshInBetween(last int32) {
	if h := s.rules.Holdout; h != nil && !h.Refresh.IsZero() {
		h.Refresh.Months, h.Refresh.Days = 0, int(last-s.day)
	}
}

// Half of those who enter by lot and under a budget are in control where half should be: the
// money does not choose between the arms. Of n draws the share has a standard error of
// 1/(2 sqrt n).
func TestBudgetLeavesArmsAlike(t *testing.T) {
	const customers = 40_000
	n := quiet(100)
	for i := range customers {
		n.ID = append(n.ID, fmt.Sprintf("%06d", i))
	}
	n.Blocked, n.Forecast = make([]Reason, customers), make([]float64, customers)
	n.Audience["x"] = everybody(n.ID)
	n.Uplift["x"] = make([]float64, customers)
	for i := range customers {
		n.Uplift["x"][i] = float64(i % 7)
	}
	r := Rules{Campaigns: []Campaign{{
		Name: "x", Channels: []string{"post"}, Starts: 0, Ends: 200, Control: .5, Cost: 1, Budget: 5000, Explore: .3,
	}}}
	plan, err := Decide(r, n, Memory{})
	require.NoError(t, err)
	require.Len(t, plan.Contacts, 5000)
	for _, explored := range []bool{false, true} {
		arms := map[Arm]float64{}
		for _, a := range plan.Memory.Assignments {
			if a.Explored == explored {
				arms[a.Arm]++
			}
		}
		all := arms[Control] + arms[Treated]
		require.InDelta(t, .5, arms[Control]/all, 3.3/(2*math.Sqrt(all)))
		require.InDelta(t, map[bool]float64{false: 3500, true: 1500}[explored], arms[Treated], 0)
	}
}

// A holdout is renewed on the same days whatever nights ran.
func TestHoldoutIsRenewedWhateverNightsRan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Holdout{Refresh: rapid.SampledFrom([]calendar.Period{{}, {Months: 1}, {Months: 12}, {Days: 10}, {Months: 1, Days: 3}}).Draw(t, "refresh")}
		began := rapid.Int32Range(20_000, 20_100).Draw(t, "began") // some months end earlier than others
		day := began + rapid.Int32Range(0, 1500).Draw(t, "tonight")
		between := rapid.Int32Range(began, day).Draw(t, "night in between")
		since := h.since(began, day)
		require.Equal(t, since, h.since(h.since(began, between), day))
		require.LessOrEqual(t, since, day)
		require.GreaterOrEqual(t, since, began)
		require.True(t, h.Refresh.IsZero() || h.Refresh.After(since, 1) > day)
	})
}
