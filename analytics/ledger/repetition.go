package ledger

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"clientele/analytics/engine"
)

// An export that repeats the order's total on each of its lines looks like any other. Read
// line by line, an order of ten lines counts ten times. It shows in this: the lines of one
// order have one amount, though those of different orders differ.

// Repetition is what a source shows of amounts that repeat.
type Repetition struct {
	Several int64 // orders with several lines, of those that were looked at
	Equal   int64 // of them, those whose lines all have one amount

	chance       float64 // that two amounts of different orders are the same
	small, large float64 // median amounts of lines of orders with one line, and with several
	products     bool    // Several are orders of several products
	orders, long int64   // of them: all, and those of several lines
}

const (
	// mostOrders is the share of orders whose lines agree from which on they are said to
	// repeat a total: some orders of such exports were changed by hand.
	mostOrders = 0.9
	// fewPrices is the chance that two orders have the same amount by themselves. Above it
	// the shop has few prices, and lines that agree say nothing.
	fewPrices = 0.5
	// luck is the probability at which as many agreements are no accident.
	luck = 0.001
	// growth is how much larger an order of several lines is than one of a single line,
	// where amounts are totals. Where they are prices it is not: who buys two tickets of
	// one kind has two lines of one amount, and it is the amount of who buys one.
	growth = 1.2
)

// Suspicious tells whether the amounts look like totals that are repeated.
func (r Repetition) Suspicious() bool {
	n := float64(r.Several)
	switch {
	case r.Equal == 0 || float64(r.Equal) < mostOrders*n:
		return false
	case r.chance > fewPrices || math.Pow(max(r.chance, 1/(n+1)), n) > luck:
		return false
	}
	return r.products || r.small > 0 && r.large >= growth*r.small
}

// OrderLines is what the lines of one order tell of amounts that repeat.
type OrderLines struct {
	Lines  int
	Tells  bool    // it has several lines or, where products are known, several products
	Equal  bool    // all lines have one amount
	Amount string  // of the first line, as it is written
	Value  float64 // of the amount; 0: not known
}

// RepetitionOf is what some orders show, as repetition.sql has it of those in the ledger.
func RepetitionOf(orders []OrderLines, products bool) Repetition {
	r := Repetition{products: products, orders: int64(len(orders))}
	of := map[string]float64{} // orders by their amount
	var single, several []float64
	for _, o := range orders {
		of[o.Amount]++
		if o.Tells {
			r.Several++
		}
		if o.Tells && o.Equal {
			r.Equal++
		}
		if o.Lines > 1 {
			r.long++
			several = append(several, o.Value)
		} else {
			single = append(single, o.Value)
		}
	}
	n, pairs := float64(len(orders)), 0.0
	for _, k := range of {
		pairs += k * (k - 1) // whole numbers: their sum is the same in any order
	}
	r.chance = pairs / max(1, n*(n-1))
	r.small, r.large = median(single), median(several)
	return r
}

// median is that of some values, 0 where there are none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

// lookedAt is about how many rows are looked at: the share of orders is known to a
// hundredth by some thousand of them.
const lookedAt = 200_000

// noticeRepetition looks for sources that seem to repeat totals and do not say so.
func (p *Plan) noticeRepetition(ctx context.Context) error {
	p.repetitions = make([]Repetition, len(p.job.Sources))
	if p.saysNoTotals() == "" {
		return nil
	}
	fates, err := p.fates(ctx)
	if err != nil {
		return err
	}
	var n int64
	for _, of := range fates {
		for _, rows := range of {
			n += rows
		}
	}
	p.sample = sampleOf(n)
	lines, err := p.repetitionPart()
	if err != nil {
		return err
	}
	orders, err := p.whole(ctx, lines)
	if err != nil {
		return err
	}
	sql, err := p.statement("repetition.sql", struct{ Orders, WithProducts string }{orders, p.listed(p.namesProducts)})
	if err != nil {
		return err
	}
	rows, err := engine.Text(ctx, p.at, sql)
	if err != nil {
		return fmt.Errorf("ledger: repeated amounts: %w", err)
	}
	for _, r := range rows {
		var source int
		var found Repetition
		for i, into := range []any{&source, &found.Several, &found.Equal, &found.chance, &found.small, &found.large, &found.orders, &found.long} {
			if _, err := fmt.Sscan(r[i], into); err != nil {
				return fmt.Errorf("ledger: repeated amounts: %w", err)
			}
		}
		found.products = p.namesProducts(source)
		p.repetitions[source] = found
	}
	return nil
}

// SeemOneLine tells whether all sources name orders, and none of those that were looked at has
// several lines. On a cluster, which has to read all rows to make sure of it, nobody asks.
func (p *Plan) SeemOneLine() bool {
	if p.onCluster() {
		return false
	}
	for i := range p.job.Sources {
		if i >= len(p.repetitions) || p.repetitions[i].orders == 0 || p.repetitions[i].long > 0 {
			return false
		}
	}
	return true
}

// saysNoTotals lists the sources that do not say what their amounts are; empty: none.
func (p *Plan) saysNoTotals() string {
	return p.listed(func(i int) bool { return p.job.Sources[i].AmountIs == "" && p.job.Sources[i].Columns.Order != "" })
}

// sampleOf is of how many customers one is looked at, where there are so many rows: a power of
// two, so that those of a larger one are among those of a smaller.
func sampleOf(rows int64) int64 {
	sample := int64(1)
	for sample*lookedAt <= rows {
		sample *= 2
	}
	return sample
}

// repetitionPart are the amounts of the lines of each order, of the customers who are looked at.
func (p *Plan) repetitionPart() (part, error) {
	of := struct {
		Sources, Looked string
		Products        bool
	}{Sources: p.saysNoTotals(), Products: p.keepsProduct()}
	by, err := p.statement("order_lines.sql", of)
	if err != nil {
		return part{}, err
	}
	if p.sample > 1 {
		of.Looked = p.at.Dialect().Write("one_in", "customer", strconv.FormatInt(p.sample, 10))
	}
	sql, err := p.statement("order_lines.sql", of)
	adds := engine.Adds{Keys: []string{"source", "customer", "order_id"}, Least: []string{"least", "least_product"}, Most: []string{"most", "most_product"}}
	return part{name: "order_lines", sql: sql, adds: adds, of: of.Looked, by: by}, err
}

// namesProducts tells whether the ledger says which product a line of a source is about.
func (p *Plan) namesProducts(source int) bool {
	return p.keepsProduct() && p.job.Sources[source].Columns.Product != ""
}
