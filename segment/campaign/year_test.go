package campaign

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// A year of nights: some are skipped, all are run again, responses are late and repeated,
// ids turn out to be one person, shares, caps, budgets and campaigns change. A reader who
// has only the lists, as text, and knows who is who, finds nobody contacted more often than
// caps allow.
func TestYear(t *testing.T) {
	for seed := range uint64(2) {
		year(t, newShop(randomly(seed), 100), 220) // nights of more than a year, as some are left out
	}
}

func year(t *testing.T, s *shop, nights int) {
	reader := &listReader{}
	for range nights {
		s.change()
		n, before := s.night(), s.memory()
		plan, err := Decide(s.rules, n, before)
		require.NoError(t, err)
		requireAgain(t, s, n, before, plan)
		requireArmsKept(t, s, n, before, plan)
		requireAddsUp(t, s.rules, n, plan)
		requireWithinBudget(t, s.rules, before, plan)
		reader.read(t, plan.Contacts)
		require.Empty(t, reader.violations(s, int(n.Day)))
		require.Empty(t, reader.held(int(n.Day), s.rules.Holdout != nil, plan.Memory))
		s.publish(plan)
	}
	require.Greater(t, len(reader.rows), 200, "there is something to count")
	require.Greater(t, len(s.into), 5)
}

// requireAgain runs a night again: with the same files, with files that came in later and
// tell of that day and of days after it, and with memory in another order.
func requireAgain(t *testing.T, s *shop, n Night, before Memory, plan Plan) {
	want := text(t, plan)
	later := n
	later.Sent = slices.Clone(n.Sent)
	for k, l := range plan.Contacts {
		l.Day += int32(k % 3)
		later.Sent = append(later.Sent, l.Contact, l.Contact)
	}
	later.Sent = append(later.Sent, n.Sent...) // and everything twice
	turned := Memory{HoldoutSince: before.HoldoutSince, Assignments: slices.Clone(before.Assignments), Planned: slices.Clone(before.Planned)}
	slices.Reverse(turned.Assignments)
	slices.Reverse(turned.Planned)
	again, err := Decide(s.rules, later, turned)
	require.NoError(t, err)
	require.Equal(t, want, text(t, again))
	again, err = Decide(s.rules, n, before) // which was not changed by the first time
	require.NoError(t, err)
	require.Equal(t, want, text(t, again))
}

// requireArmsKept holds arms against those of the night before: they differ only where two
// arms of one person met, or the holdout is drawn anew.
func requireArmsKept(t *testing.T, s *shop, n Night, before Memory, plan Plan) {
	type place struct{ campaign, customer string }
	then, now := map[place]map[Arm]bool{}, map[place]Arm{}
	for _, a := range before.Assignments {
		at := place{a.Campaign, a.Customer}
		if then[at] == nil {
			then[at] = map[Arm]bool{}
		}
		then[at][a.Arm] = true
	}
	for _, a := range plan.Memory.Assignments {
		now[place{a.Campaign, a.Customer}] = a.Arm
	}
	for at, arms := range then {
		arm, kept := now[at]
		switch {
		case at.campaign == HoldoutName && plan.Memory.HoldoutSince != before.HoldoutSince:
			require.LessOrEqual(t, s.rules.Holdout.Refresh.After(before.HoldoutSince, 1), n.Day, "its time had come")
		case len(arms) == 1:
			require.True(t, kept)
			require.True(t, arms[arm], "%v was drawn again", at)
		case at.campaign == HoldoutName:
			require.Equal(t, Control, arm)
		default:
			require.Equal(t, Both, arm)
		}
	}
}

// requireAddsUp counts every audience: who is not on the list is refused for one reason.
func requireAddsUp(t *testing.T, r Rules, n Night, plan Plan) {
	for _, c := range r.Campaigns {
		sum := 0
		for _, l := range plan.Contacts {
			if l.Campaign == c.Name {
				sum++
			}
		}
		for _, s := range plan.Suppressed {
			if s.Campaign == c.Name {
				require.Positive(t, s.Customers)
				sum += int(s.Customers)
			}
		}
		audience := 0
		if c.Starts <= n.Day && n.Day < c.Ends {
			for _, in := range n.Audience[c.Name] {
				if in {
					audience++
				}
			}
		}
		require.Equal(t, audience, sum, "%+v", c)
	}
}

func requireWithinBudget(t *testing.T, r Rules, before Memory, plan Plan) {
	for _, c := range r.Campaigns {
		tonight, ever := 0, 0
		for _, l := range plan.Contacts {
			if l.Campaign == c.Name {
				tonight++
			}
		}
		for _, p := range before.Planned {
			if p.Campaign == c.Name {
				ever++
			}
		}
		if tonight > 0 && c.Budget > 0 {
			require.LessOrEqual(t, float64(tonight+ever)*c.Cost, c.Budget+1e-6)
		}
	}
}

// listReader has read all lists so far as a marketer's program would: rows of text.
type listReader struct {
	rows [][]string // customer, campaign, channel, day
}

func (r *listReader) read(t *testing.T, contacts []Listed) {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	for _, l := range contacts {
		require.NoError(t, w.Write([]string{l.Customer, l.Campaign, l.Channel, strconv.Itoa(int(l.Day))}))
	}
	w.Flush()
	rows, err := csv.NewReader(&file).ReadAll()
	require.NoError(t, err)
	r.rows = append(r.rows, rows...)
}

// violations looks at whoever is on tonight's lists: with tonight's contact, no window that
// ends tonight may hold more than its cap, by lists alone or by what was reported alone; and
// nobody has two messages a night, or two of a campaign ever.
func (r *listReader) violations(s *shop, tonight int) (found []string) {
	for _, row := range r.rows {
		if row[3] != strconv.Itoa(tonight) {
			continue
		}
		for k, c := range s.rules.Caps {
			if c.Channel != "" && c.Channel != row[2] {
				continue
			}
			listed := 0
			for _, other := range r.rows {
				day, _ := strconv.Atoi(other[3])
				if s.id(other[0]) == row[0] && day > tonight-c.Days && (c.Channel == "" || other[2] == c.Channel) {
					listed++
				}
			}
			made := map[Contact]bool{}
			for _, m := range s.reported(int32(tonight)) {
				if m.Customer == row[0] && int(m.Day) > tonight-c.Days && int(m.Day) < tonight && (c.Channel == "" || m.Channel == c.Channel) {
					made[m] = true
				}
			}
			if listed > c.Contacts || len(made)+1 > c.Contacts {
				found = append(found, "cap "+strconv.Itoa(k))
			}
		}
		messages, ofCampaign := 0, 0
		for _, other := range r.rows {
			if s.id(other[0]) == row[0] {
				if other[3] == row[3] {
					messages++
				}
				if other[1] == row[1] {
					ofCampaign++
				}
			}
		}
		if messages > 1 || ofCampaign > 1 {
			found = append(found, "twice")
		}
	}
	return found
}

// held finds customers on tonight's lists who are in the holdout, or whom the campaign's
// experiment does not contact.
func (r *listReader) held(tonight int, holdout bool, m Memory) (found []string) {
	not := map[[2]string]bool{}
	for _, a := range m.Assignments {
		if a.Campaign != HoldoutName || holdout {
			not[[2]string{a.Campaign, a.Customer}] = a.Arm != Treated
		}
	}
	for _, row := range r.rows {
		if row[3] == strconv.Itoa(tonight) && (not[[2]string{row[1], row[0]}] || not[[2]string{HoldoutName, row[0]}]) {
			found = append(found, row[1])
		}
	}
	return found
}
