package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// row is what became of the customers of one kind.
type row struct {
	Kind      string `json:"kind"`
	Customers int    `json:"n"`
	Purchases int    `json:"purchases"`
	Called    int    `json:"called"` // in decline on the last night
	Ever      int    `json:"ever"`   // on any of the nights
	Watched   int    `json:"watched"`
	steady    bool
}

// result is what became of one shop, over all seeds.
type result struct {
	Shop string `json:"shop"`
	Rows []row  `json:"rows"`
}

// study plays a shop with one seed, and runs nights a month apart, up to the last
// day.
func (s shop) study(ctx context.Context, o options, seed uint64) (r result, err error) {
	dir, err := os.MkdirTemp("", "manykinds")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	of := s.play(rand.New(rand.NewPCG(seed, 0)), o.customers)
	j, err := export(of, dir)
	if err != nil {
		return r, err
	}
	ever := make([]bool, len(of))
	var last []published.Customer
	for night := range o.nights {
		const month = 30
		n, err := j.Publish(ctx, epoch+span-month*int32(o.nights-1-night))
		if err != nil {
			return r, err
		}
		last = n.Customers
		for _, c := range last {
			i, err := strconv.Atoi(c.ID)
			if err != nil {
				return r, err
			}
			ever[i] = ever[i] || c.Stage == "decline"
		}
	}
	r = s.empty()
	return r, r.count(of, last, ever)
}

// epoch is the first day of all shops.
var epoch = calendar.Date{Year: 2024, Month: 1, Day: 1}.Number()

// export writes the purchases of customers, who are named by their numbers, so that
// the order of names tells nothing of the kind.
func export(of []customer, dir string) (j published.Job, err error) {
	path := filepath.Join(dir, "purchases.csv")
	f, err := os.Create(path)
	if err != nil {
		return j, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriter(f)
	fmt.Fprintln(out, "customer,day,amount")
	for i, c := range of {
		for _, p := range c.purchases {
			fmt.Fprintf(out, "%d,%s,%.2f\n", i, calendar.Format(epoch+p.day), p.spend)
		}
	}
	j = published.Job{Dir: dir, Threads: 1, Text: fmt.Sprintf(
		"name: shop\nsources:\n  - path: %q\n    columns: {customer: customer, time: day, amount: amount}\n", path)}
	return j, out.Flush()
}

func (s shop) empty() result {
	r := result{Shop: s.name, Rows: make([]row, len(kinds))}
	for i, k := range kinds {
		r.Rows[i] = row{Kind: k.name, steady: k.truth == steady}
	}
	return r
}

func (r *result) count(of []customer, last []published.Customer, ever []bool) error {
	if len(last) != len(of) {
		return fmt.Errorf("%d customers were published, expected %d", len(last), len(of))
	}
	for _, c := range last {
		i, err := strconv.Atoi(c.ID)
		if err != nil {
			return err
		}
		k := &r.Rows[of[i].kind]
		k.Customers++
		k.Purchases += len(of[i].purchases)
		k.Called += one(c.Stage == "decline")
		k.Ever += one(ever[i])
		k.Watched += one(c.Decline == "watch")
	}
	return nil
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// merge adds the same shop by another seed.
func (r *result) merge(o result) {
	for i := range r.Rows {
		a, b := &r.Rows[i], o.Rows[i]
		a.Customers += b.Customers
		a.Purchases += b.Purchases
		a.Called += b.Called
		a.Ever += b.Ever
		a.Watched += b.Watched
	}
}
