package risk

import (
	"cmp"
	"math"
	"slices"

	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
	"clientele/segment/lifecycle"
)

// Needs are the columns that the stage takes of earlier ones.
type Needs struct {
	// Of the lifecycle.
	Stage    []lifecycle.Stage
	Decline  []lifecycle.Decline
	Momentum []float64
	UsualGap []float64
	// AppendReasons appends why a customer is in this stage.
	AppendReasons func(b []byte, customer int) []byte

	// Of lifetime value; nil where there is no model. FormerPace is what customers would
	// be worth were they to go on at their former rate.
	FormerPace, Future, PNext []float64
}

// Result is what is at stake with each customer; NaN where nothing is known. Without a
// lifetime model nothing is known of anybody, and nobody is listed.
type Result struct {
	Value []float64 // what is at stake, not below 0

	needs    Needs
	ids      []string
	lastDay  []int32
	slipping []int // customers, those with most at stake first
	listed   []int // of them those whom a list may name
}

// Run works out what is at stake: what of the value at the former pace is not expected
// any more.
func Run(n night.Context, needs Needs) *Result {
	r := &Result{needs: needs, ids: n.Customers.ID, lastDay: n.Customers.LastDay}
	if needs.FormerPace == nil {
		return r
	}
	r.Value = make([]float64, n.Customers.Len())
	for i, former := range needs.FormerPace {
		r.Value[i] = money.Round(max(0, former-needs.Future[i]))
	}
	r.slipping = r.rank()
	r.listed = slices.DeleteFunc(slices.Clone(r.slipping), func(i int) bool { return !n.MayContact(i) })
	return r
}

// rank lists the customers in decline or watched, those with most at stake first.
func (r *Result) rank() []int {
	var all []int
	for i, stage := range r.needs.Stage {
		if stage == lifecycle.Declining || r.needs.Decline[i] == lifecycle.DeclineWatch {
			all = append(all, i)
		}
	}
	stake := func(i int) float64 {
		if v := r.Value[i]; !math.IsNaN(v) {
			return v
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(stake(b), stake(a)) })
	return all
}

// Columns are what the stage says of each customer; empty where nothing is known.
func (r *Result) Columns() publication.Columns {
	if r.Value == nil {
		return publication.Columns{column.ValueAtRisk: publication.NoNumbers(len(r.ids))}
	}
	return publication.Columns{column.ValueAtRisk: publication.Numbers(r.Value)}
}

// Total is what the list comes to; nil where there is none.
func (r *Result) Total() *publication.AtRiskTotal {
	if r == nil || r.Value == nil {
		return nil
	}
	t := &publication.AtRiskTotal{}
	for _, i := range r.slipping {
		t.Customers++
		if v := r.Value[i]; !math.IsNaN(v) {
			t.Value = t.Value.Plus(money.FromFloat(v))
		}
	}
	return t
}

// Files are the list of who is slipping and what is at stake. tier is the name of a
// customer's tier; nil: there is no programme.
func (r *Result) Files(tier func(customer int) string) []night.File {
	if r.Value == nil {
		return nil
	}
	if tier == nil {
		tier = func(int) string { return "" }
	}
	return []night.File{{
		Name: column.AtRisk.File, Rows: len(r.listed),
		Some: func(from, to int) []publish.Col { return r.list(from, to, tier) },
	}}
}

// list makes the columns of some who are slipping, by their places in the list.
func (r *Result) list(from, to int, tier func(customer int) string) []publish.Col {
	of, size, listed := r.needs, len(r.ids), r.listed[from:to]
	rank := make([]int64, len(listed))
	for i := range rank {
		rank[i] = int64(from + i + 1)
	}
	return []publish.Col{
		{Name: "rank", Values: rank},
		publication.Texts(r.ids).Of("customer_id", listed),
		publication.Texts(of.Stage).Of("stage", listed),
		publication.TextsAt(size, tier).Of("tier", listed),
		publication.Numbers(of.Momentum).Of("momentum", listed),
		publication.Numbers(of.PNext).Of("p_next", listed),
		publication.Numbers(of.FormerPace).Of("value_at_former_pace", listed),
		publication.Numbers(of.Future).Of("future_value", listed),
		publication.Numbers(r.Value).Of("value_at_risk", listed),
		publication.Days(r.lastDay).Of("last_day", listed),
		publication.Numbers(of.UsualGap).Of("usual_gap_days", listed),
		publication.TextsMade(size, of.AppendReasons).Of("reasons", listed),
	}
}
