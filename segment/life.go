package segment

import "slices"

// Life is what one night must tell the next of a customer. The zero Life knows
// nothing: the customer's whole history is then gone through anew.
type Life struct {
	// Seen is the number of purchase days up to the night, and Trace a hash of
	// them. Where tonight's history begins with other days, it was changed after
	// the fact, and is gone through anew.
	Seen  int32
	Trace uint32
	// Stage is the stage, and Since the day it was entered.
	Stage Stage
	Since int32
	// Base is the stage reached by purchases: that in which a decline began.
	Base Stage
	// Declines counts how often a decline was called, and Reactivations how often
	// the customer came back out of a silence that was one.
	Declines, Reactivations int32
	// From is the first purchase day of the present spell: the first of all, or
	// that of the last return.
	From int32
	// MemoryFrom and MemoryTo are the first and last purchase day of the spell
	// before the decline that the last return ended; equal where there is none.
	MemoryFrom, MemoryTo int32
}

// declining tells whether the customer is in decline.
func (l *Life) declining() bool { return l.Stage == Declining }

// knows tells whether the days up to a night are those that the customer's life is
// of. The night's own day may have been published before it was over, so that a
// purchase came to it since.
func (l *Life) knows(days []int32, night int32) bool {
	n, seen := upTo(days, night), int(l.Seen)
	if n == seen+1 && days[seen] == night {
		n--
	}
	return seen > 0 && n == seen && l.Trace == traceOf(days[:seen]) && l.fits(days[:seen])
}

// fits tells whether a life can be that of the days, as what a file remembers need
// not be: its spells begin and end on purchase days.
func (l *Life) fits(days []int32) bool {
	bought := func(day int32) bool {
		_, found := slices.BinarySearch(days, day)
		return found
	}
	remembers := l.MemoryFrom != l.MemoryTo
	switch {
	case !bought(l.From), l.Declines < 0, l.Reactivations < 0:
		return false
	case remembers && (l.MemoryFrom >= l.MemoryTo || l.MemoryTo >= l.From || !bought(l.MemoryFrom) || !bought(l.MemoryTo)):
		return false
	case l.Base != Exploration && l.Base != Formation && l.Base != Stability:
		return false
	}
	return l.Stage == l.Base || l.declining()
}

// traceOf is a hash of days (FNV-1a of 32 bits, a day at a time).
func traceOf(days []int32) uint32 {
	h := uint32(2166136261)
	for _, day := range days {
		h = (h ^ uint32(day)) * 16777619
	}
	return h
}

// follow goes through the nights after `from` up to and including `to`, given
// all purchase days and the customer's life up to the night `from`.
//
// Nothing happens on most nights: a decline begins on the first night on which
// its evidence is strong enough, and within a gap that only grows, so that one
// look at the last night of a gap tells whether there is one. The result is the
// same whether nights are followed one by one or all at once.
func (c *course) follow(days []int32, spend []float64, l *Life, from, to int32) {
	if !l.knows(days, from) {
		*l = Life{}
		from = days[0] - 1
	}
	n, all := int(l.Seen), upTo(days, to)
	if c.fresh && l.declining() && to > from && (n == all || days[n] > from+1) {
		c.withdraw(days[:n], spend, l, from+1)
	}
	for {
		night := to
		if n < all {
			night = days[n] - 1
		}
		if n > 0 && night > from {
			c.wait(days[:n], spend, l, from, night)
		}
		if n == all {
			l.Seen, l.Trace = int32(n), traceOf(days[:n])
			return
		}
		n++
		c.buy(days[:n], spend, l)
		from = days[n-1]
	}
}

// wait goes through nights without a purchase.
func (c *course) wait(days []int32, spend []float64, l *Life, from, to int32) {
	if l.declining() || !c.calls(days, spend, l, to) {
		return
	}
	first, last := from+1, to
	for first < last {
		if night := first + (last-first)/2; c.calls(days, spend, l, night) {
			last = night
		} else {
			first = night + 1
		}
	}
	l.decline(first)
}

// withdraw ends a decline that a panel fitted since no longer bears out, on the
// first of its nights: with the same panel evidence only grows.
func (c *course) withdraw(days []int32, spend []float64, l *Life, night int32) {
	if c.evidence(days, spend, l, night, c.rules.WatchAlpha, 0).score > c.rules.WatchAlpha {
		l.Base = c.base(days, spend, l)
		l.Stage, l.Since = l.Base, night
	}
}

// calls tells whether there is a decline to be called on a night.
func (c *course) calls(days []int32, spend []float64, l *Life, night int32) bool {
	return !c.unjudged(days, l) && c.evidence(days, spend, l, night, c.rules.Alpha, 0).score <= c.rules.Alpha
}

// buy takes note of the last of the days, on which the customer bought.
func (c *course) buy(days []int32, spend []float64, l *Life) {
	today := days[len(days)-1]
	switch {
	case len(days) == 1:
		*l = Life{Stage: Exploration, Base: Exploration, Since: today, From: today}
		c.reach(days, spend, l)
		return
	case l.declining():
		c.buyInDecline(days, spend, l)
		return
	}
	c.reach(days, spend, l)
	// A purchase makes nobody more overdue: were the gaps too long, that was seen
	// on the night before. So only spend can call a decline now.
	c.spell.begin(&c.line, days, l)
	if c.fallOfSpend(days, spend).score <= c.rules.Alpha*spendShare {
		l.decline(today)
	}
}

// decline puts the customer into decline.
func (l *Life) decline(night int32) {
	l.Stage, l.Since = Declining, night
	l.Declines++
}

// buyInDecline decides between a return, a decline that goes on, and the end of
// one. Who had fallen silent and buys again has returned: the rhythm begins anew.
// Who had only slowed down, or spends less, is in decline for as long as that is to
// be seen.
func (c *course) buyInDecline(days []int32, spend []float64, l *Life) {
	today := days[len(days)-1]
	if c.evidence(days[:len(days)-1], spend, l, today-1, 1, 0).silenceScore > c.rules.WatchAlpha {
		if c.evidence(days, spend, l, today, c.rules.WatchAlpha, 0).score > c.rules.WatchAlpha {
			l.Base = c.base(days, spend, l)
			l.Stage, l.Since = l.Base, today
		}
		return
	}
	start := upTo(days, l.From-1)
	// A spell too short to show a rhythm is no baseline: what was known before
	// it stays known.
	if len(days)-1-start > memoryLeast {
		l.MemoryFrom, l.MemoryTo = l.From, days[len(days)-2]
	}
	l.From = today
	l.Reactivations++
	l.Base = Exploration
	if len(days) >= c.rules.FormationDays {
		l.Base = Formation
	}
	l.Stage, l.Since = l.Base, today
}

// memoryLeast is the number of completed gaps from which a spell is remembered.
const memoryLeast = 2

// reach updates the stage that the purchases so far reach.
func (c *course) reach(days []int32, spend []float64, l *Life) {
	base := c.base(days, spend, l)
	if base != l.Base || l.Stage != base {
		l.Base, l.Stage, l.Since = base, base, days[len(days)-1]
	}
}
