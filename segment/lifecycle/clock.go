package lifecycle

import (
	"fmt"
	"math"
)

const (
	daysPerWeek  = 7
	weeksPerYear = 52
	// mondayShift moves 1970-01-01, a Thursday, so that weeks begin on Mondays.
	mondayShift = 3
	// clockWeight is the weight of the prior, in purchases, that a week is as fast as
	// the same week a year before, or as any other week. A week with 60 purchases, which
	// alone give its speed to within 13% (1/√60), counts as much as the prior. In
	// TestConstants, double finds up to 6 more of a hundred customers who stopped, and
	// takes up to 1.5 more of a hundred who go on for such; half does the reverse.
	clockWeight = 60
	// clockRounds is how often levels and the customers' own rates are fitted in turn.
	// The first round is close already.
	clockRounds = 3
	// slowestWeek and fastestWeek are the bounds of a level, so that time always runs.
	slowestWeek, fastestWeek = 0.1, 10
)

// Clock is the shop's own time. It runs as fast as the shop's customers buy: in a week
// in which all buy half as often as usual, half a week passes. A season that all
// customers share is therefore no silence of any of them.
type Clock struct {
	// FirstWeek is the first week with a level; week 0 holds 1970-01-01, and
	// weeks begin on Mondays.
	FirstWeek int32 `json:"first_week"`
	// Levels are the speeds of the weeks from FirstWeek on. Before them the speed is 1,
	// after them that of a year before.
	Levels []float64 `json:"levels"`
}

// validate reports levels that no fit up to a day gives.
func (c *Clock) validate(fittedOn int32) error {
	for w, level := range c.Levels {
		if !(level >= slowestWeek && level <= fastestWeek) {
			return fmt.Errorf("lifecycle: bad panel: level %d of the clock is %v, want it within %v and %v", w, level, slowestWeek, fastestWeek)
		}
	}
	if weeks := int64(weekOf(fittedOn)) - int64(c.FirstWeek) + 1; len(c.Levels) > 0 && int64(len(c.Levels)) != weeks {
		return fmt.Errorf("lifecycle: bad panel: %d levels of the clock from week %d on, want %d up to fitted_on, %d",
			len(c.Levels), c.FirstWeek, weeks, fittedOn)
	}
	return nil
}

// fitClock estimates the levels of the weeks up to that of lastDay.
//
// A customer who bought on t_1 < … < t_n was active from t_1 to t_n, whenever and however
// they left. Given these two, the n−2 purchases between are distributed like the shop's
// intensity λ over the days between, so that the maximum-likelihood levels solve
//
//	λ_w = N_w / Σ_i R_i·(days of week w strictly between t_1 and t_n),
//	R_i = (n_i − 2) / Σ_{days between} λ
//
// with N_w the number of such purchases of all customers in week w. Neither customers who
// join nor customers who leave move λ, so that a decline is not taken for a season. Levels
// are drawn towards those of the same week a year before, or towards 1, with the weight
// of clockWeight purchases.
//
// Source: the conditioning is that of Cox and Lewis (1966), The Statistical
// Analysis of Series of Events, section 2.1; self-consistent estimates of a
// common intensity as in Aalen (1978), Annals of Statistics 6(4).
func fitClock(p *Purchases, lastDay int32) Clock {
	first, some := firstDay(p, lastDay)
	if !some {
		return Clock{}
	}
	c := Clock{FirstWeek: weekOf(first)}
	weeks := int(weekOf(lastDay)-c.FirstWeek) + 1
	c.Levels = make([]float64, weeks)
	for w := range c.Levels {
		c.Levels[w] = 1
	}
	between := make([]int64, weeks)
	for i := range p.Len() {
		if days := p.daysOf(i, lastDay); len(days) > 2 {
			for _, day := range days[1 : len(days)-1] {
				between[weekOf(day)-c.FirstWeek]++
			}
		}
	}
	for range clockRounds {
		expected := c.expected(p, lastDay)
		for w := range c.Levels {
			target := 1.0
			if w >= weeksPerYear {
				target = c.Levels[w-weeksPerYear]
			}
			level := (float64(between[w]) + clockWeight*target) / (expected[w] + clockWeight)
			c.Levels[w] = min(max(level, slowestWeek), fastestWeek)
		}
	}
	return c
}

// expected is, for each week, Σ_i R_i·days: the number of purchases expected at level 1.
func (c *Clock) expected(p *Purchases, lastDay int32) []float64 {
	// Rates are summed as multiples of 2^-36, because a sum of floats would depend on the
	// order of rows. No rate is above 10, so that ten million customers fit into int64.
	const unit = 1 << 36
	line := c.line()
	change := make([]int64, len(c.Levels)*daysPerWeek+1)
	monday := c.FirstWeek*daysPerWeek - mondayShift
	for i := range p.Len() {
		days := p.daysOf(i, lastDay)
		n := len(days)
		if n <= 2 {
			continue
		}
		from, to := days[0]+1, days[n-1]
		rate := int64(float64(n-2) / (line.at(to-1) - line.at(from-1)) * unit)
		change[from-monday] += rate
		change[to-monday] -= rate
	}
	expected := make([]float64, len(c.Levels))
	var at int64
	for day := range len(c.Levels) * daysPerWeek {
		at += change[day]
		expected[day/daysPerWeek] += float64(at) / unit
	}
	return expected
}

func firstDay(p *Purchases, lastDay int32) (first int32, some bool) {
	first = math.MaxInt32
	for i := range p.Len() {
		if day := p.Days[p.Start[i]]; day <= lastDay {
			first, some = min(first, day), true
		}
	}
	return first, some
}

func weekOf(day int32) int32 {
	shifted := int64(day) + mondayShift
	week := shifted / daysPerWeek
	if shifted%daysPerWeek < 0 {
		week--
	}
	return int32(week)
}

// timeLine is a Clock made ready for reading.
type timeLine struct {
	monday  int32 // the first day with a level
	elapsed []float64
	levels  []float64 // of the weeks from monday on, with some ahead
}

// weeksAhead is for how many weeks after the last level the speeds of the year before are
// repeated: a year and two months. Then the speed is 1. A panel is fitted anew long before
// that.
const weeksAhead = 60

func (c *Clock) line() timeLine {
	l := timeLine{monday: c.FirstWeek*daysPerWeek - mondayShift}
	n := len(c.Levels)
	l.levels = make([]float64, n+weeksAhead)
	l.elapsed = make([]float64, n+weeksAhead)
	copy(l.levels, c.Levels)
	for w := n; w < len(l.levels); w++ {
		l.levels[w] = 1
		if w >= weeksPerYear {
			l.levels[w] = l.levels[w-weeksPerYear]
		}
	}
	for w := 1; w < len(l.elapsed); w++ {
		l.elapsed[w] = l.elapsed[w-1] + daysPerWeek*l.levels[w-1]
	}
	return l
}

// at is the shop's time at the end of a day, in days of the usual speed. Only differences
// have a meaning.
func (l *timeLine) at(day int32) float64 {
	past := int(day) + 1 - int(l.monday)
	if past <= 0 || len(l.levels) == 0 {
		return float64(past)
	}
	week := past / daysPerWeek
	if last := len(l.levels) - 1; week > last {
		return l.elapsed[last] + float64(past-last*daysPerWeek)
	}
	return l.elapsed[week] + float64(past-week*daysPerWeek)*l.levels[week]
}
