package lifecycle

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
	// From is the first purchase day of all, or that of the last return.
	From int32
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
// not be: who came back did so on a purchase day.
func (l *Life) fits(days []int32) bool {
	_, bought := slices.BinarySearch(days, l.From)
	switch {
	case !bought, l.Declines < 0, l.Reactivations < 0:
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
// momentum is below the bound, and within a gap it only falls, so that one
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
			c.wait(days[:n], l, from, night)
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
func (c *course) wait(days []int32, l *Life, from, to int32) {
	if l.declining() || !c.calls(days, l, to) {
		return
	}
	first, last := from+1, to
	for first < last {
		if night := first + (last-first)/2; c.calls(days, l, night) {
			last = night
		} else {
			first = night + 1
		}
	}
	l.decline(first)
}

// calls tells whether there is a decline to be called on a night.
func (c *course) calls(days []int32, l *Life, night int32) bool {
	c.begin(&c.line, days, l)
	s := c.stand(c.line.at(night), c.rules.Momentum)
	if !(s.momentum < c.rules.Momentum) {
		return false
	}
	most := c.panel.Again
	if len(days) == 1 {
		most = c.panel.Once
	}
	return most == 1 || c.goesOn(&s) <= most
}

// momentum is that of a night; where it is above enough, any bound from below that is
// above it too. NaN where nothing is known, which is below nothing.
func (c *course) momentum(days []int32, l *Life, night int32, enough float64) float64 {
	c.begin(&c.line, days, l)
	return c.stand(c.line.at(night), enough).momentum
}

// withdraw ends a decline that a panel fitted since no longer bears out, on the
// first of its nights.
func (c *course) withdraw(days []int32, spend []float64, l *Life, night int32) {
	if !(c.momentum(days, l, night, c.rules.Watch) < c.rules.Watch) {
		c.recover(days, spend, l, night)
	}
}

// recover puts the customer into the stage that the purchases reach.
func (c *course) recover(days []int32, spend []float64, l *Life, night int32) {
	l.Base = c.base(days, spend, l)
	l.Stage, l.Since = l.Base, night
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
	// The purchase may be the one by which a slowdown is seen.
	if c.calls(days, l, today) {
		l.decline(today)
	}
}

// decline puts the customer into decline.
func (l *Life) decline(night int32) {
	l.Stage, l.Since = Declining, night
	l.Declines++
}

// buyInDecline decides between a decline that goes on, for as long as no more than
// Watch is to be expected, a return, and the end of a slowdown. Who had fallen silent
// and buys again has returned.
func (c *course) buyInDecline(days []int32, spend []float64, l *Life) {
	today, before := days[len(days)-1], days[:len(days)-1]
	switch {
	case c.momentum(days, l, today, c.rules.Watch) < c.rules.Watch:
	case c.fellSilent(before, l, today-1):
		l.comeBack(today, len(days) < c.rules.FormationDays)
	default:
		c.recover(days, spend, l, today)
	}
}

// fellSilent tells whether it is the silence that had taken most of the momentum.
func (c *course) fellSilent(days []int32, l *Life, night int32) bool {
	return !(c.momentum(days, l, night, 0) > c.momentum(days, l, days[len(days)-1], 0)/2)
}

// comeBack begins anew.
func (l *Life) comeBack(today int32, few bool) {
	l.From = today
	l.Reactivations++
	l.Base = Formation
	if few {
		l.Base = Exploration
	}
	l.Stage, l.Since = l.Base, today
}

// reach updates the stage that the purchases so far reach.
func (c *course) reach(days []int32, spend []float64, l *Life) {
	base := c.base(days, spend, l)
	if base != l.Base || l.Stage != base {
		l.Base, l.Stage, l.Since = base, base, days[len(days)-1]
	}
}
