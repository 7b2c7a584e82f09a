package job

import (
	"math"
	"strconv"
)

// interval is a range of numbers; an open end does not belong to it, an
// infinite end is no end.
type interval struct {
	low, high         float64
	lowOpen, highOpen bool
}

// atLeast begins a range at low; the others go on from there, as in
// positive().atMost(1).
func atLeast(low float64) interval { return interval{low: low, high: math.Inf(1)} }

// positive begins a range just after 0.
func positive() interval { return interval{lowOpen: true, high: math.Inf(1)} }

// atMost ends the range at high.
func (i interval) atMost(high float64) interval {
	i.high, i.highOpen = high, false
	return i
}

// below ends the range just before high.
func (i interval) below(high float64) interval {
	i.high, i.highOpen = high, true
	return i
}

// contains tells whether v is in the range.
func (i interval) contains(v float64) bool {
	return (v > i.low || v == i.low && !i.lowOpen) && (v < i.high || v == i.high && !i.highOpen)
}

// String says the range in words.
func (i interval) String() string {
	low, high := "at least ", " and at most "
	if i.lowOpen {
		low = "above "
	}
	if i.highOpen {
		high = " and below "
	}
	low += number(i.low)
	if math.IsInf(i.high, 1) {
		return low
	}
	return low + high + number(i.high)
}

// finite is every number there is.
var finite = interval{low: math.Inf(-1), high: math.Inf(1)}

// number prints a number as a person would write it in the job file.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
