package campaign

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
)

// What has no meaning is refused, all at once, and no message has a customer's id.
func TestRefused(t *testing.T) {
	sound := func() (Rules, Night) {
		n := quiet(100, "anna", "bert")
		n.Audience["x"] = everybody(n.ID)
		c := Campaign{Name: "x", Channels: []string{"sms"}, Starts: 1, Ends: 200}
		return Rules{Campaigns: []Campaign{c}, Holdout: &Holdout{}}, n
	}
	for want, spoil := range map[string]func(*Rules, *Night, *Memory){
		"must be unique":                  func(r *Rules, _ *Night, _ *Memory) { r.Campaigns = append(r.Campaigns, r.Campaigns[0]) },
		`its name is "holdout"`:           func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Name = HoldoutName },
		"it has no channel":               func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Channels = nil },
		"start before it ends":            func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Starts = 200 },
		"share of control":                func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Control = math.NaN() },
		"the budget by lot":               func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Explore = 1.1 },
		"the cost of a contact":           func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Cost = -1 },
		"the budget must":                 func(r *Rules, _ *Night, _ *Memory) { r.Campaigns[0].Budget = math.Inf(1) },
		"cap 1: 1 contacts in 0 days":     func(r *Rules, _ *Night, _ *Memory) { r.Caps = []Cap{{Contacts: 1}} },
		"holdout: a share of 2":           func(r *Rules, _ *Night, _ *Memory) { r.Holdout.Share = 2 },
		"the period must not be negative": func(r *Rules, _ *Night, _ *Memory) { r.Holdout.Refresh = calendar.Period{Days: -1} },
		"0 values of blocked":             func(_ *Rules, n *Night, _ *Memory) { n.Blocked = nil },
		"1 values of the forecast":        func(_ *Rules, n *Night, _ *Memory) { n.Forecast = n.Forecast[:1] },
		"values of stratum 1":             func(_ *Rules, n *Night, _ *Memory) { n.Strata = [][]string{{"gold"}} },
		`values of the audience of "x"`:   func(_ *Rules, n *Night, _ *Memory) { delete(n.Audience, "x") },
		`values of the uplift of "x"`:     func(_ *Rules, n *Night, _ *Memory) { n.Uplift["x"] = nil },
		`values of the reach of "sms"`:    func(_ *Rules, n *Night, _ *Memory) { n.Reach["sms"] = nil },
		"must ascend: that of customer 2": func(_ *Rules, n *Night, _ *Memory) { n.ID[1] = "anna" },
		`"cap" does not keep everybody`:   func(_ *Rules, n *Night, _ *Memory) { n.Blocked[0] = Capped },
		`"no arm" is no arm`:              func(_ *Rules, _ *Night, m *Memory) { m.Assignments = []Assignment{{Campaign: "x", Arm: "no arm"}} },
		"was drawn on 1970-04-11": func(_ *Rules, _ *Night, m *Memory) {
			m.Assignments = []Assignment{{Campaign: "x", Arm: Treated, Since: 100}}
		},
		"was planned for 1970-04-11": func(_ *Rules, _ *Night, m *Memory) { m.Planned = []Contact{{Customer: "anna", Day: 100}} },
	} {
		r, n := sound()
		m := Memory{}
		_, err := Decide(r, n, m)
		require.NoError(t, err)
		spoil(&r, &n, &m)
		_, err = Decide(r, n, m)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "anna")
		_, err = Budgets(r, n, m, nil)
		require.ErrorContains(t, err, want)
	}
}
