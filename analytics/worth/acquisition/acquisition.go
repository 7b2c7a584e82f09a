// Package acquisition says what it cost to win each customer: the same for all, by the
// channel of the first purchase day, or a share of what was spent in the month of it.
package acquisition

import (
	"maps"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// The attributes by which customers are won: as they were on the first purchase day, and not
// as they are most often.
const (
	Channel = "channel"
	Region  = "region"
)

// Costs are what winning each customer cost.
type Costs struct {
	same money.Amount
	each []money.Amount // nil: the same for all
}

// Of is what winning a customer cost.
func (c Costs) Of(customer int) money.Amount {
	if c.each == nil {
		return c.same
	}
	return c.each[customer]
}

// Differ tells whether they are not the same for all by what the job file says.
func (c Costs) Differ() bool { return c.each != nil }

// Of works them out for the customers of a night.
func Of(n night.Context) Costs {
	rule := n.Job.CLV.Costs.Acquisition
	if !rule.Differs() {
		return Costs{same: money.FromFloat(rule.Each)}
	}
	channel := channelsOf(n)
	warnOfChannels(n, rule, channel)
	c := Costs{each: make([]money.Amount, n.Customers.Len())}
	if n.Spend != nil {
		warnOfMonths(n)
		share(n.Spend.Until(calendar.MonthOf(n.Today())), n.Customers.FirstDay, channel, c.each)
		return c
	}
	for i := range c.each {
		c.each[i] = money.FromFloat(rule.By(channel[i]))
	}
	return c
}

// channelsOf are the channels of the first purchase days; of all "" where none is mapped.
func channelsOf(n night.Context) []string {
	if channel := n.Customers.FirstLabel(Channel); channel != nil {
		return channel
	}
	return make([]string, n.Customers.Len())
}

// wonBy are who was won in a month by a channel; an empty channel: all of the month.
type wonBy struct {
	month   calendar.Month
	channel string
}

// share gives each customer an equal part of what was spent in the month of the first
// purchase day on its channel, and on all. The parts of an amount add up to it: what cannot
// be divided goes to the first customers by id, a millionth each. What was spent where
// nobody was won is nobody's.
func share(spent []job.MonthSpend, firstDay []calendar.Day, channel []string, into []money.Amount) {
	won := map[wonBy][]int{}
	for i, day := range firstDay {
		at := wonBy{month: calendar.MonthOf(day)}
		won[at] = append(won[at], i)
		if at.channel = channel[i]; at.channel != "" {
			won[at] = append(won[at], i)
		}
	}
	for _, s := range spent {
		customers := won[wonBy{s.Month, s.Channel}]
		for k, i := range customers {
			into[i] = into[i].Plus(s.Amount.Part(int64(k), int64(len(customers))))
		}
	}
}

// warnOfChannels warns of channels that have a cost and by which nobody came: most likely
// they are spelt otherwise.
func warnOfChannels(n night.Context, rule job.Acquisition, channel []string) {
	known := map[string]bool{"": true}
	for _, c := range channel {
		known[c] = true
	}
	named := map[string]bool{}
	for c := range rule.Channels {
		named[c] = true
	}
	if n.Spend != nil {
		for _, s := range n.Spend.List {
			named[s.Channel] = true
		}
	}
	maps.DeleteFunc(named, func(c string, _ bool) bool { return known[c] })
	delete(known, "")
	switch {
	case len(named) == 0:
	case len(known) == 0:
		n.Warn("warning.acquisition_no_channel", "channels", listed(named))
	default:
		n.Warn("warning.acquisition_channels", "channels", listed(named), "known", listed(known))
	}
}

// warnOfMonths warns of months in which customers were won and of which the file of spend has
// no line: most likely one is missing, and they have cost nothing. Bills of the night's own
// month may come later.
func warnOfMonths(n night.Context) {
	said := map[calendar.Month]bool{calendar.MonthOf(n.Today()): true}
	for _, s := range n.Spend.List {
		said[s.Month] = true
	}
	missing, customers := map[string]bool{}, 0
	for _, day := range n.Customers.FirstDay {
		if month := calendar.MonthOf(day); !said[month] {
			missing[month.String()] = true
			customers++
		}
	}
	if customers > 0 {
		n.Warn("warning.acquisition_months", "file", n.Spend.Path, "months", listed(missing), "customers", customers)
	}
}

// listed are the first names in order: a warning is read.
func listed(names map[string]bool) string {
	const most = 10
	all := slices.Sorted(maps.Keys(names))
	if len(all) > most {
		all = append(all[:most], "...")
	}
	return strings.Join(all, ", ")
}
