package main

import (
	"slices"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// quarter is how many days p_next and momentum look ahead.
const quarter = 91

// flutterWeeks is how many weeks before the last origin have a night each.
const flutterWeeks = 26

// agenda are the nights of a set. Days are numbers since 1970-01-01.
type agenda struct {
	origins []int32
	months  []int32 // month ends from the first origin to the last, of real shops
	weeks   []int32 // Sundays before the last origin, of real shops
	end     int32
}

// agenda takes every nth origin, and perhaps nothing else.
func (s set) agenda(nth int, alone bool) (a agenda, err error) {
	var first, last int32
	for _, d := range []struct {
		text string
		to   *int32
	}{{s.First, &first}, {s.Last, &last}, {s.End, &a.end}} {
		if *d.to, err = published.Day(d.text); err != nil {
			return a, err
		}
	}
	for day := first; day <= last; day = monthEnd(day, s.Every*nth) {
		a.origins = append(a.origins, day)
	}
	if !s.Real || alone {
		return a, nil
	}
	for day := first; day <= last; day = monthEnd(day, 1) {
		a.months = append(a.months, day)
	}
	const thursday = 4 // 1970-01-01
	sunday := last - (last+thursday)%7
	for day := sunday - 7*(flutterWeeks-1); day <= sunday; day += 7 {
		if day >= first {
			a.weeks = append(a.weeks, day)
		}
	}
	return a, nil
}

// monthEnd is the end of the month that is so many after the one of a day.
func monthEnd(day int32, after int) int32 {
	c := calendar.DateOf(day)
	months := c.Year*12 + c.Month - 1 + after + 1
	return calendar.Date{Year: months / 12, Month: months%12 + 1, Day: 1}.Number() - 1
}

// nights are all days of the agenda, in order.
func (a agenda) nights() []int32 {
	all := slices.Concat(a.origins, a.months, a.weeks)
	slices.Sort(all)
	return slices.Compact(all)
}

// horizon is one of the spans that are looked ahead.
type horizon string

// The horizons: a quarter, half a year, and what remains of the export.
const (
	threeMonths horizon = "3 months"
	sixMonths   horizon = "6 months"
	rest        horizon = "rest"
)

// days is how far an origin looks ahead; 0 where the export does not reach so far,
// or where what remains is hardly more than one of the others.
func (h horizon) days(origin, end int32) int32 {
	const half, alike = 2 * quarter, 14
	left := end - origin
	switch {
	case h == threeMonths && left >= quarter:
		return quarter
	case h == sixMonths && left >= half:
		return half
	case h == rest && left > quarter+alike && (left < half || left > half+alike):
		return left
	}
	return 0
}
