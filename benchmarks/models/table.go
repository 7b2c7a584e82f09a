package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"clientele/clv"
	"clientele/simulate"
)

// table is what a model is fitted to and scores: one row per customer.
type table struct {
	clv.Panel
	meanSpend []float64 // of the repeat purchase days; 0 where there are none
}

// readTable reads a table that makeTable wrote.
func readTable(path string) (table, error) {
	columns, err := readColumns(path)
	if err != nil {
		return table{}, err
	}
	return table{Panel: clv.Panel{X: columns[0], TX: columns[1], T: columns[2]}, meanSpend: columns[3]}, nil
}

// tablePath is where a model's table of some size is kept. Its name holds the
// model and the number alone: clear the folder after a change to the simulation
// or to the populations.
func tablePath(dir, model string, customers int) string {
	return filepath.Join(dir, model+"-"+strconv.Itoa(customers)+".npy")
}

// isThere reports whether there is a file.
func isThere(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// makeTable simulates customers by a model's population and reduces their rows to a
// table, one customer at a time.
func makeTable(ctx context.Context, path, model string, customers int) error {
	s, err := populationOf(model)
	if err != nil {
		return err
	}
	o := s.options(customers)
	r := reducer{population: s, start: o.Start, end: int(o.End.Sub(o.Start).Hours() / 24)}
	if _, err := simulate.Generate(ctx, nil, o, func(row simulate.Row) error {
		r.add(row)
		return nil
	}); err != nil {
		return err
	}
	r.finish()
	// Renamed when it is whole, so that a benchmark that was stopped leaves no
	// half a table to the next.
	unfinished := path + ".part"
	if err := writeColumns(unfinished, r.X, r.TX, r.T, r.meanSpend); err != nil {
		return err
	}
	return os.Rename(unfinished, path)
}

// reducer turns purchases, which come customer by customer in order of time,
// into a table.
type reducer struct {
	table
	population population
	start      time.Time
	end        int // day of the end of observation; the first day is 0
	customer   string
	days       []int            // of purchase, of this customer
	money      []simulate.Cents // of each day
}

func (r *reducer) add(row simulate.Row) {
	if row.Customer != r.customer {
		r.finish()
		r.customer, r.days, r.money = row.Customer, r.days[:0], r.money[:0]
	}
	day := int(row.Time.Sub(r.start).Hours() / 24)
	if n := len(r.days); n == 0 || r.days[n-1] != day {
		r.days, r.money = append(r.days, day), append(r.money, 0)
	}
	r.money[len(r.money)-1] += row.Amount
}

// finish adds the row of the customer whose purchases have all come.
func (r *reducer) finish() {
	if len(r.days) == 0 {
		return
	}
	x, tx, t := r.population.row(r.days, r.end)
	r.X, r.TX, r.T = append(r.X, x), append(r.TX, tx), append(r.T, t)
	var repeat simulate.Cents
	for _, amount := range r.money[1:] {
		repeat += amount
	}
	const centsPerUnit = 100
	r.meanSpend = append(r.meanSpend, float64(repeat)/centsPerUnit/float64(max(len(r.days)-1, 1)))
}
