package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"clientele/analytics/asset/whatif"
	"clientele/analytics/publication"
	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
	"clientele/simulate"
)

// night is that of all shops: the day after the last of their history.
var night = time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC)

// answer is what was said of a change, and what came.
type answer struct {
	Foretold, Low, High       float64 // equity under the change
	Brought                   float64 // by the customers
	Change, ChangeLow, Higher float64 // of equity, with its interval
	True                      float64 // change of what customers bring in the mean
}

// study plays a shop, and asks of each change. No answer: the night refused to have a model.
func (w world) study(ctx context.Context, o options, seed uint64) (found []answer, err error) {
	dir, err := os.MkdirTemp("", "whatif")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	sim := w.options(o, seed)
	alive, err := export(ctx, dir, sim)
	if err != nil {
		return nil, err
	}
	j := published.Job{Dir: dir, Threads: 1, Text: fmt.Sprintf(
		"name: shop\nsources:\n  - path: %q\n    columns: {customer: customer_id, order: order_id, time: time, amount: amount}\n"+
			"clv: {margin: %v, discount_rate: %v, horizon: %d days}\n", filepath.Join(dir, "sales.csv"), margin, rate, horizon)}
	n, err := j.Publish(ctx, calendar.DayOf(night))
	if err != nil || n.Equity == nil {
		return nil, err
	}
	p, err := publication.Open(n.Path)
	if err != nil {
		return nil, err
	}
	shop, err := whatif.Open(p, 1)
	if err != nil {
		return nil, err
	}
	for i, c := range changes {
		a, err := w.ask(shop, c, alive, sim.Spend.P, rand.New(rand.NewPCG(seed, uint64(i))))
		if err != nil {
			return nil, err
		}
		found = append(found, a)
	}
	return found, nil
}

// ask asks of one change, and plays the customers on.
func (w world) ask(shop *whatif.Shop, c change, alive []truth, p float64, dice *rand.Rand) (a answer, err error) {
	moves := whatif.Changes{}
	for name, by := range map[string]float64{whatif.Retention: c.retention, whatif.Frequency: c.frequency} {
		if by != 0 {
			if moves[name], err = whatif.ParseMove(name, fmt.Sprintf("%+g%%", 100*by)); err != nil {
				return a, err
			}
		}
	}
	equity, err := shop.Equity(moves)
	if err != nil {
		return a, err
	}
	then, more := equity.Then, equity.Change
	a = answer{
		Foretold: then.Value.Float(), Low: then.Low.Float(), High: then.High.Float(),
		Change: more.Value.Float(), ChangeLow: more.Low.Float(), Higher: more.High.Float(),
	}
	before, after := behaviour{coin: w.coin, rate: 1, dropout: 1}, w.after(c, alive)
	for _, customer := range alive {
		a.Brought += after.play(dice, customer, p)
		a.True += after.expected(customer) - before.expected(customer)
	}
	return a, nil
}

// export writes the history of a shop, and gives what is true of those who are still there.
func export(ctx context.Context, dir string, sim simulate.Options) (alive []truth, err error) {
	f, err := os.Create(filepath.Join(dir, "sales.csv"))
	if err != nil {
		return nil, err
	}
	var table bytes.Buffer
	_, err = simulate.WriteCSV(ctx, f, &table, sim)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return readTruth(&table)
}

// readTruth reads the customers who have not left by the end.
func readTruth(table io.Reader) (alive []truth, err error) {
	rows, err := csv.NewReader(table).ReadAll()
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for _, r := range rows[1:] {
		if r[at["left"]] != "" {
			continue
		}
		var c truth
		for name, into := range map[string]*float64{"lambda": &c.rate, "dropout": &c.leave, "mean_spend": &c.spend} {
			if *into, err = strconv.ParseFloat(r[at[name]], 64); err != nil {
				return nil, fmt.Errorf("truth: %s: %w", name, err)
			}
		}
		alive = append(alive, c)
	}
	return alive, nil
}
