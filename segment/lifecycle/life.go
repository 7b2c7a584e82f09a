package lifecycle

import (
	"slices"

	"clientele/internal/calendar"
)

// Life is what one night must tell the next about a customer. The zero Life knows
// nothing: the whole history of the customer is then gone through.
type Life struct {
	// Seen is the number of purchase days up to the night, and Trace a hash of
	// them. If tonight's history begins with other days, it was changed after the
	// fact and is gone through anew.
	Seen  int32
	Trace uint32
	// Stage is the stage, and Since the day it was entered.
	Stage Stage
	Since calendar.Day
	// Base is the stage that the purchases reached, and in which a decline began.
	Base Stage
	// Declines counts how often a decline began, and Reactivations how often the
	// customer returned after a silence that was a decline.
	Declines, Reactivations int32
	// From is the day of the last return, or of the first purchase.
	From calendar.Day
}

// declining tells whether the customer is in decline.
func (l *Life) declining() bool { return l.Stage == Declining }

// knows tells whether the life is about these days, up to a night. A publication may be
// made before its day is over, so that one more purchase on that day is allowed.
func (l *Life) knows(days []int32, night int32) bool {
	n, seen := upTo(days, night), int(l.Seen)
	if n == seen+1 && days[seen] == night {
		n--
	}
	return seen > 0 && n == seen && l.Trace == traceOf(days[:seen]) && l.fits(days[:seen])
}

// fits tells whether the life can be about these days. One that was read from a file
// need not be.
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

// follow goes through the nights after `from` up to and including `to`, given all
// purchase days and the customer's life up to the night `from`.
//
// On most nights nothing happens. A decline begins on the first night on which momentum
// is below the bound. Between two purchases momentum only falls, so that the last night
// before the next purchase tells whether there is such a night. The result is the same
// whether nights are followed one by one or all at once.
func (c *customer) follow(days []int32, spend []float64, l *Life, from, to int32) {
	if !l.knows(days, from) {
		*l = Life{}
		from = days[0] - 1
	}
	n, all := int(l.Seen), upTo(days, to)
	if c.refitted && l.declining() && to > from && (n == all || days[n] > from+1) {
		c.withdraw(days[:n], spend, l, from+1)
	}
	for {
		night := to
		if n < all {
			night = days[n] - 1
		}
		if n > 0 && night > from {
			c.passNights(days[:n], l, from, night)
		}
		if n == all {
			l.Seen, l.Trace = int32(n), traceOf(days[:n])
			return
		}
		n++
		c.purchase(days[:n], spend, l)
		from = days[n-1]
	}
}

// passNights goes through nights without a purchase. It finds the first one of a decline
// by bisection.
func (c *customer) passNights(days []int32, l *Life, from, to int32) {
	if l.declining() || !c.declines(days, l, to) {
		return
	}
	first, last := from+1, to
	for first < last {
		if night := first + (last-first)/2; c.declines(days, l, night) {
			last = night
		} else {
			first = night + 1
		}
	}
	l.decline(first)
}

// declines tells whether the customer is in decline on a night.
func (c *customer) declines(days []int32, l *Life, night int32) bool {
	c.set(&c.line, days, l)
	s := c.standing(c.line.at(night), c.rules.Momentum)
	if !c.mayDecline(&s) {
		return false
	}
	most := c.panel.Again
	if len(days) == 1 {
		most = c.panel.Once
	}
	return most == 1 || c.goesOn(&s) <= most // what is dear is worked out last
}

// momentum is the momentum on a night, or, if it is above enough, a lower bound that is
// above enough too. NaN if nothing can be expected; NaN is below no number.
func (c *customer) momentum(days []int32, l *Life, night int32, enough float64) float64 {
	c.set(&c.line, days, l)
	return c.standing(c.line.at(night), enough).momentum
}

// withdraw ends a decline if, by a panel that was fitted after it began, it is none. It
// is called on the first night of that panel.
func (c *customer) withdraw(days []int32, spend []float64, l *Life, night int32) {
	if !(c.momentum(days, l, night, c.rules.Watch) < c.rules.Watch) {
		c.recover(days, spend, l, night)
	}
}

// recover puts the customer into the stage that the purchases reach, without a return.
func (c *customer) recover(days []int32, spend []float64, l *Life, night int32) {
	l.Base = c.base(days, spend, l)
	l.Stage, l.Since = l.Base, night
}

// purchase goes through the last of the days, on which the customer bought.
func (c *customer) purchase(days []int32, spend []float64, l *Life) {
	today := days[len(days)-1]
	switch {
	case len(days) == 1:
		*l = Life{Stage: Exploration, Base: Exploration, Since: today, From: today}
		c.updateBase(days, spend, l)
		return
	case l.declining():
		c.purchaseInDecline(days, spend, l)
		return
	}
	c.updateBase(days, spend, l)
	// This purchase may show a slowdown.
	if c.declines(days, l, today) {
		l.decline(today)
	}
}

// decline puts the customer into decline.
func (l *Life) decline(night int32) {
	l.Stage, l.Since = Declining, night
	l.Declines++
}

// purchaseInDecline decides what a purchase means for a customer in decline. The decline
// goes on while momentum is below Watch. Otherwise the customer has returned, if the
// decline was a silence, or has recovered, if it was a slowdown.
func (c *customer) purchaseInDecline(days []int32, spend []float64, l *Life) {
	today, before := days[len(days)-1], days[:len(days)-1]
	switch {
	case c.momentum(days, l, today, c.rules.Watch) < c.rules.Watch:
	case c.wasSilence(before, l, today-1):
		l.reactivate(today, len(days) < c.rules.FormationDays)
	default:
		c.recover(days, spend, l, today)
	}
}

// wasSilence tells whether a decline was a silence: whether momentum fell by half or more
// since the last purchase.
func (c *customer) wasSilence(days []int32, l *Life, night int32) bool {
	return !(c.momentum(days, l, night, 0) > c.momentum(days, l, days[len(days)-1], 0)/2)
}

// reactivate begins a new relationship on the day of a return. few: the customer has too
// few purchases, of all time, for the formation stage.
func (l *Life) reactivate(today int32, few bool) {
	l.From = today
	l.Reactivations++
	l.Base = Formation
	if few {
		l.Base = Exploration
	}
	l.Stage, l.Since = l.Base, today
}

// updateBase puts the customer into the stage that the purchases reach by today.
func (c *customer) updateBase(days []int32, spend []float64, l *Life) {
	base := c.base(days, spend, l)
	if base != l.Base || l.Stage != base {
		l.Base, l.Stage, l.Since = base, base, days[len(days)-1]
	}
}
