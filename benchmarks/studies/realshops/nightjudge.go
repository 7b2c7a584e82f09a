package main

import (
	"math"

	"clientele/benchmarks/studies/published"
)

// still is how far numbers move, from month end to month end, of customers who did
// nothing between.
type still struct {
	Alive moved `json:"p_alive"`
	Next  moved `json:"p_next"`
}

// moved is a sum of absolute differences.
type moved struct {
	Sum figure `json:"sum"`
	N   int    `json:"n"`
}

func (m moved) mean() float64 { return float64(m.Sum) / float64(m.N) }

func (m *moved) add(from, to float64) {
	if d := math.Abs(to - from); !math.IsNaN(d) {
		m.Sum += figure(d)
		m.N++
	}
}

// standing is what is kept of a customer from one night to the next.
type standing struct {
	lastDay     int32
	alive, next float64
}

// months follows customers from month end to month end.
type months struct {
	still
	was map[string]standing
}

func (m *months) see(n published.Night) {
	next := future{night: n, days: quarter, bought: make([]float64, len(n.Customers))}
	_, next.any = n.Model.Chances(n.Customers, quarter, next.bought, 1)
	chances := next.next()
	is := map[string]standing{}
	for i, c := range n.Customers {
		s := standing{c.LastDay, c.PAlive, math.NaN()}
		if chances != nil {
			s.next = chances[i]
		}
		is[c.ID] = s
		if was, there := m.was[c.ID]; there && was.lastDay == c.LastDay {
			m.Alive.add(was.alive, s.alive)
			m.Next.add(was.next, s.next)
		}
	}
	m.was = is
}

// flutter is how many customers left decline without a purchase, from one week to
// another.
type flutter struct {
	Customers int `json:"customers"`
	Called    int `json:"called"` // on any night
	Left      int `json:"left"`   // of them, though they had bought nothing
}

// weeks follows customers from Sunday to Sunday.
type weeks struct {
	called, left map[string]bool
	was          map[string]int32 // last day of those in decline
	customers    int
}

func newWeeks() *weeks { return &weeks{called: map[string]bool{}, left: map[string]bool{}} }

func (w *weeks) see(n published.Night) {
	is := map[string]int32{}
	for _, c := range n.Customers {
		last, was := w.was[c.ID]
		switch {
		case c.Stage == "decline":
			is[c.ID], w.called[c.ID] = c.LastDay, true
		case was && last == c.LastDay:
			w.left[c.ID] = true
		}
	}
	w.was, w.customers = is, len(n.Customers)
}

func (w *weeks) flutter() flutter { return flutter{w.customers, len(w.called), len(w.left)} }
