package analytics

import (
	"fmt"
	"math"
	"strings"
	"time"

	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/publication/column"
	"clientele/analytics/tiers"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// guardRows stops a night whose exports are not what they should be, before
// anything is worked out from them.
func guardRows(f night.Frame, a ledger.Account) error {
	g := f.Job.Guard
	if g == nil {
		return nil
	}
	var found []string
	if g.Age != nil && g.Age.Period().After(calendar.DayOf(a.NewestDay), 1) < f.Today() {
		found = append(found, fmt.Sprintf("guard.age: the newest transaction is of %s, older than %s before %s",
			a.NewestDay.Format(time.DateOnly), g.Age, f.AsOf.Format(time.DateOnly)))
	}
	if was := f.Previous; was != nil && g.Rows > 0 && was.RowsRead > 0 {
		read := a.Total.Read.Rows
		if fall := 1 - float64(read)/float64(was.RowsRead); fall > g.Rows {
			found = append(found, fmt.Sprintf("guard.rows: %d rows were read and %d on %s, a fall of %s where %s is allowed",
				read, was.RowsRead, was.AsOf, share(fall), share(g.Rows)))
		}
	}
	return stopped(f, found)
}

// guardLists stops a night that would move more customers than it may.
func guardLists(n night.Context, tiered *tiers.Result) error {
	g, was := n.Job.Guard, n.Before
	if g == nil || was == nil {
		return nil
	}
	var found []string
	if change, much := changed(int64(n.Customers.Len()), was.Customers, g.Customers); much {
		found = append(found, fmt.Sprintf("guard.customers: the list has %d customers and had %d on %s, a change of %s where %s is allowed",
			n.Customers.Len(), was.Customers, was.AsOf, share(change), share(g.Customers)))
	}
	if tiered != nil && was.Members.Len() > 0 {
		found = append(found, guardTiers(n, tiered)...)
	}
	return stopped(n.Frame, found)
}

// guardTiers compares the members of each tier, and counts those who fall.
func guardTiers(n night.Context, tiered *tiers.Result) []string {
	g, was := n.Job.Guard, n.Before
	before, after := map[string]int64{}, map[string]int64{}
	var members int64
	had := was.Members.Texts(column.Tier)
	for i := range had.Len() {
		name := had.At(i)
		before[name]++
		if name != "" {
			members++
		}
	}
	for i := range tiered.Level {
		after[tiered.Name(i)]++
	}
	var found []string
	renamed := map[string]bool{} // who only goes on under another id
	for _, j := range was.Joined {
		renamed[was.Members.ID[j.At]] = true
	}
	var falls int64
	for _, c := range tiered.Changes {
		if (c.Op == tier.OpDowngrade || c.Op == tier.OpLeave) && !renamed[c.ID] {
			falls++
		}
	}
	if part := float64(falls) / float64(members); g.Downgrades > 0 && members > 0 && part > g.Downgrades {
		found = append(found, fmt.Sprintf("guard.downgrades: %d of the %d members on %s would fall, %s where %s is allowed",
			falls, members, was.AsOf, share(part), share(g.Downgrades)))
	}
	for _, l := range n.Job.Tiers.Levels {
		if change, much := changed(after[l.Name], before[l.Name], g.Tiers); much {
			found = append(found, fmt.Sprintf("guard.tiers: %s has %d members and had %d on %s, a change of %s where %s is allowed",
				l.Name, after[l.Name], before[l.Name], was.AsOf, share(change), share(g.Tiers)))
		}
	}
	return found
}

// changed is by how much a number grew or shrank, and whether that is more than
// allowed; nothing is said of numbers that were 0, or without a limit.
func changed(now, was int64, allowed float64) (change float64, much bool) {
	if allowed == 0 || was == 0 {
		return 0, false
	}
	change = math.Abs(float64(now)/float64(was) - 1)
	return change, change > allowed
}

func share(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }

// stopped is the error of a night that leaves its limits.
func stopped(f night.Frame, found []string) error {
	if len(found) == 0 {
		return nil
	}
	return &ledger.DataError{
		Path: f.Job.Name + " as of " + f.AsOf.Format(time.DateOnly),
		Message: strings.Join(found, "; ") +
			"; look at the exports and the rules; if all is as it should be, run this night with --set guard=off",
	}
}
