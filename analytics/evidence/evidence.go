package evidence

import (
	"maps"
	"math"
	"slices"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/clv/backtest"
	"clientele/internal/money"
	"clientele/internal/number"
	"clientele/internal/wording"
)

// Needs are what the stage takes of earlier ones.
type Needs struct {
	// Tested is how forecasts came true; nil: Untested says why there is none.
	Tested   *publication.Tested
	Untested wording.Message

	// Repeats is how many customers the models expect to have 0, 1, ... repeat purchase days;
	// nil: none says.
	Repeats func(most int) []float64
	// Spend is what customers who came back spent on a repeat purchase day, and ExpectedSpend
	// how many of them the model of spend expects between edges; it may give nil.
	Spend         []float64
	ExpectedSpend func(edges []float64) []float64

	// R and F are scores, Monetary what is scored as money; nil where rfm is off. Future is
	// what customers are expected to bring; nil where clv is off.
	R, F     []int8
	Monetary []money.Amount
	Future   []float64
}

// Ask says what the stage needs of each customer.
func Ask(_ *night.Frame, r *customers.Request) { r.KeepDays = true }

// Run gathers the evidence.
func Run(n night.Context, needs Needs) *publication.Evidence {
	return &publication.Evidence{
		Tested: needs.Tested, Untested: n.Say().Word(needs.Untested),
		Repeats: repeats(n.Customers, needs), Gaps: gaps(n.Customers), Spend: spend(needs), Grid: grid(needs),
	}
}

// Files are the evidence.
func Files(e *publication.Evidence) []night.File {
	return []night.File{{Name: publication.EvidenceFile, JSON: e}}
}

// repeats counts customers by their repeat purchase days, beside what is expected.
func repeats(t *customers.Table, needs Needs) []publication.RepeatCount {
	const most = backtest.MostRepeats
	rows := make([]publication.RepeatCount, most+1)
	for i := range rows {
		rows[i] = publication.RepeatCount{Repeats: int32(i), Expected: number.Float(math.NaN())}
	}
	for _, days := range t.PurchaseDays {
		rows[min(days-1, most)].Customers++
	}
	expected := needs.Repeats(most - 1)
	if expected == nil {
		return rows
	}
	more := float64(t.Len())
	for i, v := range expected {
		rows[i].Expected = number.Float(v)
		more -= v
	}
	rows[most].Expected = number.Float(max(0, more))
	return rows
}

// gaps counts the days between each purchase day of a customer and the next.
func gaps(t *customers.Table) *publication.Histogram {
	of := map[int32]int64{}
	for i := range t.ID {
		days := t.Days[t.DayStart[i]:t.DayStart[i+1]]
		for k := 1; k < len(days); k++ {
			of[days[k]-days[k-1]]++
		}
	}
	var values []counted
	for _, gap := range slices.Sorted(maps.Keys(of)) {
		values = append(values, counted{float64(gap), of[gap]})
	}
	return histogram(values, dayWidth)
}

// spend counts customers by what they spend on a repeat purchase day, beside what the model
// expects.
func spend(needs Needs) *publication.Histogram {
	sorted := slices.Sorted(slices.Values(needs.Spend))
	values := make([]counted, len(sorted))
	for i, v := range sorted {
		values[i] = counted{v, 1}
	}
	h := histogram(values, niceWidth)
	if h == nil {
		return nil
	}
	edges := make([]float64, len(h.Bins))
	for i, b := range h.Bins {
		edges[i] = b.From
	}
	for i, v := range needs.ExpectedSpend(edges) {
		h.Bins[i].Expected = number.Float(v)
	}
	return h
}

// grid sums up customers by their scores of recency and frequency; nil without scores.
func grid(needs Needs) []publication.GridCell {
	type cell struct{ r, f int8 }
	of := map[cell]*publication.GridCell{}
	for i, r := range needs.R {
		at := cell{r, needs.F[i]}
		if of[at] == nil {
			of[at] = &publication.GridCell{R: at.r, F: at.f}
		}
		c := of[at]
		c.Customers++
		c.Monetary = c.Monetary.Plus(needs.Monetary[i])
		if needs.Future != nil {
			c.FutureValue = c.FutureValue.Plus(money.FromFloat(needs.Future[i]))
		}
	}
	cells := slices.SortedFunc(maps.Keys(of), func(a, b cell) int {
		if a.r != b.r {
			return int(a.r) - int(b.r)
		}
		return int(a.f) - int(b.f)
	})
	var rows []publication.GridCell
	for _, at := range cells {
		c := *of[at]
		c.MeanMonetary = c.Monetary.Over(c.Customers)
		rows = append(rows, c)
	}
	return rows
}
