package cohorts

import (
	"cmp"
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/worth/acquisition"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// leaf is the customers whose first purchase day is in a month, by one channel and in one
// region: everything that is published is a sum of leaves.
type leaf struct {
	month           calendar.Month
	channel, region string
	number          int32 // as customers.Leaves has it; -1: what was spent on nobody

	customers, retained int64
	firstDays           int64 // the sum of their first purchase days
	sums
	done []doneSo // by the end of each month from its own on
}

// doneSo is what the customers of a leaf have done so far.
type doneSo struct {
	orders int64
	earned money.Amount
}

// leaves are all of a night.
type leaves struct {
	list []*leaf // in order of month, channel and region
	of   []int32 // by customer: the number of its leaf
	n    int     // how many have customers
}

// newLeaves adds up the customers of a night.
func newLeaves(n night.Context, needs Needs) *leaves {
	t := n.Customers
	numbered, of := t.Leaves()
	all := &leaves{of: of, n: len(numbered)}
	for k, l := range numbered {
		all.list = append(all.list, &leaf{month: l.Cohort, number: int32(k), done: make([]doneSo, calendar.MonthOf(n.Today())-l.Cohort+1)})
	}
	all.addCustomers(n, needs)
	all.addMonths(t.CohortMonths, numbered)
	all.addUnshared(n.Spend.Until(calendar.MonthOf(n.Today())))
	slices.SortFunc(all.list, func(a, b *leaf) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.channel, b.channel), cmp.Compare(a.region, b.region))
	})
	return all
}

// retainedMonths is within how many months a customer must have bought to count as retained.
const retainedMonths = 12

// addCustomers adds what is known of each customer.
func (all *leaves) addCustomers(n night.Context, needs Needs) {
	t := n.Customers
	channel, region := t.FirstLabel(acquisition.Channel), t.FirstLabel(acquisition.Region)
	since := calendar.DayOf(night.FirstDayOf(job.Span{N: retainedMonths, Unit: job.Month}, n.AsOf))
	for i, k := range all.of {
		l := all.list[k]
		if channel != nil {
			l.channel = channel[i]
		}
		if region != nil {
			l.region = region[i]
		}
		l.customers++
		l.firstDays += int64(t.FirstDay[i])
		if t.LastDay[i] >= since {
			l.retained++
		}
		l.won, l.spend = l.won.Plus(needs.Won.Of(i)), l.spend.Plus(t.Net[i])
		l.past, l.future = l.past.Plus(money.FromFloat(needs.Past[i])), l.future.Plus(money.FromFloat(needs.Future[i]))
	}
}

// addMonths adds what they did month by month, and runs it up.
func (all *leaves) addMonths(months []customers.CohortMonth, numbered []customers.Leaf) {
	number := map[customers.Leaf]int{}
	for k, l := range numbered {
		number[l] = k
	}
	for _, m := range months {
		l := all.list[number[customers.Leaf{Cohort: m.Cohort, Group: m.Group}]]
		l.done[m.Month-m.Cohort] = doneSo{m.Orders, m.Earned}
	}
	for _, l := range all.list {
		for k := 1; k < len(l.done); k++ {
			l.done[k].orders += l.done[k-1].orders
			l.done[k].earned = l.done[k].earned.Plus(l.done[k-1].earned)
		}
	}
}

// addUnshared adds what was spent where nobody was won.
func (all *leaves) addUnshared(spent []job.MonthSpend) {
	type place struct {
		month   calendar.Month
		channel string
	}
	won := map[place]bool{}
	for _, l := range all.list {
		won[place{l.month, l.channel}], won[place{month: l.month}] = true, true
	}
	for _, s := range spent {
		if !won[place{s.Month, s.Channel}] {
			all.list = append(all.list, &leaf{month: s.Month, channel: s.Channel, number: -1, sums: sums{unshared: s.Amount}})
		}
	}
}
