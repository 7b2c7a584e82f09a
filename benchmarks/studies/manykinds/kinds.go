package main

import "math"

// span is how many days a shop is watched: two years.
const span = 730

// truth is what a kind does.
type truth int

const (
	steady   truth = iota // goes on, or came back: whoever calls it is wrong
	declines              // buys less than it did, or nothing
)

// kind is a sort of customer. Gaps are Gamma(k) in days of the shop's time; each
// purchase is then kept with the chance keep(share of the customer's span).
type kind struct {
	name   string
	k, gap float64
	keep   func(at float64) float64 // nil: all
	spend  func(at float64) float64 // of the usual; nil: 1
	truth  truth
}

func stop(at float64) func(float64) float64 { return step(at, 0) }

func step(at, left float64) func(float64) float64 {
	return func(u float64) float64 {
		if u < at {
			return 1
		}
		return left
	}
}

func fade(left float64) func(float64) float64 {
	return func(u float64) float64 { return math.Pow(left, u) }
}

func pause(from, to float64) func(float64) float64 {
	return func(u float64) float64 {
		if u < from || u > to {
			return 1
		}
		return 0
	}
}

func line(u float64) float64 { return 1 - u }

func rise(u float64) float64 { return 0.2 + 0.8*u }

// kinds are those of all shops.
var kinds = []kind{
	{name: "steady, every 10 days", k: 1, gap: 10},
	{name: "steady, every 30 days", k: 1, gap: 30},
	{name: "steady, every 45 days", k: 1, gap: 45},
	{name: "steady, every 90 days", k: 1, gap: 90},
	{name: "regular (k 4), every 30 days", k: 4, gap: 30},
	{name: "bursty (k 0.5), every 30 days", k: 0.5, gap: 30},
	{name: "growing from a fifth, to every 15 days", k: 1, gap: 15, keep: rise},
	{name: "pauses from 40% to 70%, every 30 days", k: 1, gap: 30, keep: pause(0.4, 0.7)},
	{name: "stops at 60%, every 10 days", k: 1, gap: 10, keep: stop(0.6), truth: declines},
	{name: "stops at 60%, every 30 days", k: 1, gap: 30, keep: stop(0.6), truth: declines},
	{name: "stops at 60%, every 45 days", k: 1, gap: 45, keep: stop(0.6), truth: declines},
	{name: "stops at 60%, every 90 days", k: 1, gap: 90, keep: stop(0.6), truth: declines},
	{name: "stops at 80%, every 30 days", k: 1, gap: 30, keep: stop(0.8), truth: declines},
	{name: "stops at 90%, every 30 days", k: 1, gap: 30, keep: stop(0.9), truth: declines},
	{name: "bursty (k 0.5), stops at 60%, every 30 days", k: 0.5, gap: 30, keep: stop(0.6), truth: declines},
	{name: "regular (k 4), stops at 80%, every 30 days", k: 4, gap: 30, keep: stop(0.8), truth: declines},
	{name: "steps down to 10% at half, every 20 days", k: 1, gap: 20, keep: step(0.5, 0.1), truth: declines},
	{name: "steps down to 30% at half, every 10 days", k: 1, gap: 10, keep: step(0.5, 0.3), truth: declines},
	{name: "fades to 10%, every 15 days", k: 1, gap: 15, keep: fade(0.1), truth: declines},
	{name: "fades to 3%, every 10 days", k: 1, gap: 10, keep: fade(0.03), truth: declines},
	{name: "falls in a line to nothing, every 15 days", k: 1, gap: 15, keep: line, truth: declines},
	{name: "spend falls in a line to a fifth, every 20 days", k: 1, gap: 20, spend: func(u float64) float64 { return 1 - 0.8*u }, truth: declines},
	// Of those who join all the time, at rates of their own.
	{name: "joined later, still there"},
	{name: "joined later, left", truth: declines},
}

// The kinds of those who join later, which are no sort but what became of them.
var (
	stayed = len(kinds) - 2
	left   = len(kinds) - 1
)
