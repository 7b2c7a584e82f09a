package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"clientele/segment"
)

// span is how many days a shop is watched: two years, of which the second is
// the year of nights.
const (
	span     = 730
	halfTime = 365
)

// kind is a sort of customer. Gaps are Gamma(k) in days of the shop's time;
// each purchase is then kept with the chance keep(share of the span).
type kind struct {
	name    string
	k, gap  float64
	keep    func(at float64) float64 // nil: all
	spend   func(at float64) float64 // of the usual; nil: 1
	truth   truth
	changes float64 // when, as a share of the span
}

// truth is what a kind does.
type truth int

const (
	steady truth = iota
	sudden
	gradual
	returns
)

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

var kinds = []kind{
	{name: "steady, every 10 days", k: 1, gap: 10},
	{name: "steady, every 30 days", k: 1, gap: 30},
	{name: "steady, every 90 days", k: 1, gap: 90},
	{name: "regular (k 4), every 30 days", k: 4, gap: 30},
	{name: "bursty (k 0.5), every 30 days", k: 0.5, gap: 30},
	{name: "growing from a fifth, to every 15 days", k: 1, gap: 15, keep: rise},
	{name: "stops at 60%, every 10 days", k: 1, gap: 10, keep: stop(0.6), truth: sudden, changes: 0.6},
	{name: "stops at 60%, every 30 days", k: 1, gap: 30, keep: stop(0.6), truth: sudden, changes: 0.6},
	{name: "stops at 80%, every 30 days", k: 1, gap: 30, keep: stop(0.8), truth: sudden, changes: 0.8},
	{name: "stops at 90%, every 30 days", k: 1, gap: 30, keep: stop(0.9), truth: sudden, changes: 0.9},
	{name: "stops at 60%, every 90 days", k: 1, gap: 90, keep: stop(0.6), truth: sudden, changes: 0.6},
	{name: "regular (k 4), stops at 80%, every 30 days", k: 4, gap: 30, keep: stop(0.8), truth: sudden, changes: 0.8},
	{name: "bursty (k 0.5), stops at 60%, every 30 days", k: 0.5, gap: 30, keep: stop(0.6), truth: sudden, changes: 0.6},
	{name: "steps down to 10% at half, every 20 days", k: 1, gap: 20, keep: step(0.5, 0.1), truth: sudden, changes: 0.5},
	{name: "steps down to 30% at half, every 10 days", k: 1, gap: 10, keep: step(0.5, 0.3), truth: sudden, changes: 0.5},
	{name: "fades to 10%, every 15 days", k: 1, gap: 15, keep: fade(0.1), truth: gradual},
	{name: "fades to 3%, every 10 days", k: 1, gap: 10, keep: fade(0.03), truth: gradual},
	{name: "falls in a line to nothing, every 15 days", k: 1, gap: 15, keep: line, truth: gradual},
	{name: "spend falls in a line to a fifth, every 20 days", k: 1, gap: 20, spend: func(u float64) float64 { return 1 - 0.8*u }, truth: gradual},
	{name: "pauses from 40% to 70%, every 30 days", k: 1, gap: 30, keep: pause(0.4, 0.7), truth: returns, changes: 0.4},
}

// shop is the shop that customers are in.
type shop struct {
	name   string
	only   func(kind) bool         // which kinds there are; nil: all, and others who join all the time
	season func(day int32) float64 // speed; nil: 1
	// decliners is how many of each kind that declines or returns there are for
	// each of a steady kind.
	decliners float64
}

var shops = []shop{
	{name: "without seasons", decliners: 0.3},
	{name: "with seasons", season: yearly, decliners: 0.3},
	{name: "where hardly anybody leaves", decliners: 0.01},
	{name: "of memoryless customers who buy every 30 days", only: alike(1), decliners: 0.5},
	{name: "of bursty customers who buy every 30 days", only: alike(0.5), decliners: 0.5},
	{name: "of regular customers who buy every 30 days", only: alike(4), decliners: 0.5},
}

// alike tells whether customers are of one sort.
func alike(k float64) func(kind) bool {
	return func(c kind) bool { return c.gap == 30 && c.k == k }
}

// yearly is a year with twice the usual in November and December and two fifths
// of it in January and February.
func yearly(day int32) float64 {
	switch at := day % 365; {
	case at >= 304:
		return 2
	case at < 59:
		return 0.4
	}
	return 0.95
}

// play plays a shop: n customers of each steady kind, the others in
// proportion but at least some, and others who join all the time.
func (s shop) play(dice *rand.Rand, n int) (p segment.Purchases, of []int) {
	p.Start = []int64{0}
	elapsed := s.elapsed()
	for i, k := range kinds {
		size := n
		if s.only != nil && !s.only(k) {
			size = 0
		}
		if k.truth != steady {
			size = int(math.Ceil(float64(size) * s.decliners))
		}
		for range size {
			addTo(&p, k, dice, elapsed, dice.Int32N(30))
			of = append(of, i)
		}
	}
	// Those who join later differ in rate, and some leave.
	if s.only != nil {
		return p, of
	}
	for range 2 * n {
		rate := distuv.Gamma{Alpha: 1.5, Beta: 1.5 * 30, Src: dice}.Rand()
		leave := dice.ExpFloat64() * 2 / max(s.decliners, 0.01)
		addTo(&p, kind{k: 1, gap: 1 / rate, keep: stop(leave)}, dice, elapsed, dice.Int32N(span))
		of = append(of, -1)
	}
	return p, of
}

// elapsed is the shop's time at the end of each day.
func (s shop) elapsed() []float64 {
	out := make([]float64, span+2)
	for d := range out {
		speed := 1.0
		if s.season != nil {
			speed = s.season(int32(d))
		}
		out[d] = speed
		if d > 0 {
			out[d] += out[d-1]
		}
	}
	return out
}

// addTo plays one customer, who joins on a day. Purchases of one day are one.
func addTo(p *segment.Purchases, k kind, dice *rand.Rand, elapsed []float64, joined int32) {
	gap := distuv.Gamma{Alpha: k.k, Beta: k.k / k.gap, Src: dice}
	last := int32(-1)
	worth := math.Exp(3 + 0.5*dice.NormFloat64())
	at := elapsed[joined]
	for day := joined; day <= span; {
		u := float64(day-joined) / float64(span-joined+1)
		if day == joined || k.keep == nil || dice.Float64() < k.keep(u) {
			spend := worth * math.Exp(0.5*dice.NormFloat64())
			if k.spend != nil {
				spend *= k.spend(u)
			}
			if day == last {
				p.Spend[len(p.Spend)-1] += spend
			} else {
				p.Days, p.Spend = append(p.Days, day), append(p.Spend, spend)
			}
			last = day
		}
		at += gap.Rand()
		next, _ := slices.BinarySearch(elapsed, at)
		day = int32(next)
	}
	p.Start = append(p.Start, int64(len(p.Days)))
}
