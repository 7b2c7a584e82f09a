package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"time"

	"clientele/clv"
	"clientele/segment"
)

// prospect is a customer with two purchases or more on a night, and what came
// after.
type prospect struct {
	customer, split int
	purchases       int // until the night
	firstDay        int32
	silence         int32
	pAlive          float64
	called          bool    // in decline
	leastAlive      bool    // of as many as are called
	later           float64 // purchases after it
}

// verdict compares those called in decline with others.
type verdict struct {
	customers, called int
	later             float64 // mean purchases after the night
	byDecline         listed
	byAlive           listed // of the least alive by Pareto/NBD, as many each night
}

// listed is what became of the customers of a list.
type listed struct {
	later float64 // mean purchases after the night
	gone  float64 // share who bought nothing
	// matched is the ratio of purchases after the night to that of customers not on
	// the list with as many purchases and as long a tenure, sameRecency of those who
	// have been silent for as long, too; with 95% bootstrap intervals.
	matched, sameRecency interval
}

// holdout calls declines on each night and looks what came after.
func (e export) holdout(workers int) (verdict, error) {
	all, err := e.read()
	if err != nil {
		return verdict{}, err
	}
	var seen []prospect
	for split, day := range e.splits {
		night, err := dayNumber(time.DateOnly, day)
		if err != nil {
			return verdict{}, err
		}
		on, err := look(all, night, e.after, workers)
		if err != nil {
			return verdict{}, err
		}
		for i := range on {
			on[i].split = split
		}
		seen = append(seen, on...)
	}
	return judge(seen), nil
}

// look judges the customers of a night and the days after it.
func look(all segment.Purchases, night, after int32, workers int) ([]prospect, error) {
	known := segment.Purchases{Start: []int64{0}}
	var panel clv.Panel
	var seen []prospect
	for i := range all.Len() {
		days := all.Days[all.Start[i]:all.Start[i+1]]
		n := upTo(days, night)
		if n == 0 {
			continue
		}
		known.Days = append(known.Days, days[:n]...)
		known.Start = append(known.Start, int64(len(known.Days)))
		panel.X = append(panel.X, float64(n-1))
		panel.TX = append(panel.TX, float64(days[n-1]-days[0])/7)
		panel.T = append(panel.T, float64(night-days[0])/7)
		seen = append(seen, prospect{
			customer: i, purchases: n, firstDay: days[0], silence: night - days[n-1],
			later: float64(upTo(days, night+after) - n),
		})
	}
	record, err := options{workers: workers}.lifecycle().Follow(known, nil, night)
	if err != nil {
		return nil, err
	}
	fit, err := clv.FitModel("pareto-nbd", panel, workers)
	if err != nil && !errors.Is(err, clv.ErrNotIdentified) {
		return nil, err
	}
	scores := clv.Score(fit.Model, panel, clv.ScoreOptions{Horizon: 26})
	for i := range seen {
		seen[i].pAlive = scores.PAlive[i]
		seen[i].called = record.Lives[i].Stage == segment.Declining
	}
	seen = slices.DeleteFunc(seen, func(o prospect) bool { return o.purchases < 2 })
	markLeastAlive(seen)
	return seen, nil
}

func upTo(days []int32, night int32) int {
	n, found := slices.BinarySearch(days, night)
	if found {
		n++
	}
	return n
}

// markLeastAlive marks as many as are called.
func markLeastAlive(seen []prospect) {
	order := make([]int, len(seen))
	called := 0
	for i, o := range seen {
		order[i] = i
		if o.called {
			called++
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(seen[a].pAlive, seen[b].pAlive) })
	for _, i := range order[:called] {
		seen[i].leastAlive = true
	}
}

func judge(seen []prospect) verdict {
	v := verdict{customers: len(seen)}
	for _, o := range seen {
		v.later += o.later / float64(len(seen))
		if o.called {
			v.called++
		}
	}
	v.byDecline = list(seen, func(o prospect) bool { return o.called })
	v.byAlive = list(seen, func(o prospect) bool { return o.leastAlive })
	return v
}

func list(seen []prospect, on func(prospect) bool) (l listed) {
	n := 0.0
	for _, o := range seen {
		if !on(o) {
			continue
		}
		n++
		l.later += o.later
		if o.later == 0 {
			l.gone++
		}
	}
	l.later /= n
	l.gone /= n
	l.matched = bootstrap(seen, func(sample []prospect) float64 { return matchedRatio(sample, on, byVolume) })
	l.sameRecency = bootstrap(seen, func(sample []prospect) float64 { return matchedRatio(sample, on, byRecency) })
	return l
}

// class is what customers who are compared have in common.
type class [4]int

// byVolume are customers of a night with about as many purchases and as long a
// tenure.
func byVolume(o prospect) class { return class{o.split, half(o.purchases), int(o.firstDay) / 60} }

// byRecency are those of them who have been silent for about as long.
func byRecency(o prospect) class {
	return class{o.split, half(o.purchases), int(o.firstDay) / 60, half(int(o.silence) + 7)}
}

// half numbers classes of half an octave.
func half(n int) int { return int(2 * math.Log2(float64(n))) }

// matchedRatio compares those on a list with those who are not, in each class of
// customers that has both, weighted by those on it.
func matchedRatio(seen []prospect, on func(prospect) bool, of func(prospect) class) float64 {
	type sums struct{ on, onLater, others, othersLater float64 }
	classes := map[class]*sums{}
	for _, o := range seen {
		key := of(o)
		s := classes[key]
		if s == nil {
			s = &sums{}
			classes[key] = s
		}
		if on(o) {
			s.on++
			s.onLater += o.later
		} else {
			s.others++
			s.othersLater += o.later
		}
	}
	var got, expected float64
	order := slices.SortedFunc(maps.Keys(classes), func(a, b class) int { return slices.Compare(a[:], b[:]) })
	for _, key := range order {
		s := classes[key]
		if s.on > 0 && s.others > 0 {
			got += s.onLater
			expected += s.on * s.othersLater / s.others
		}
	}
	return got / expected
}

func (v verdict) print(out io.Writer, path string) {
	for _, l := range []struct {
		name string
		listed
	}{{"in decline", v.byDecline}, {"least alive", v.byAlive}} {
		fmt.Fprintf(out, "| %s | %d | %.2f | %s | %d | %.2f | %.0f%% | %v | %v |\n", filepath.Base(path), v.customers, v.later,
			l.name, v.called, l.later, 100*l.gone, l.matched, l.sameRecency)
	}
}
