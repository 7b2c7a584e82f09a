package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"clientele/analytics/activation"
	"clientele/analytics/publication"
	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// scene is a night of a shop's past, and what its customers bought before and after it.
type scene struct {
	shop    string
	night   published.Night
	history activation.History
	end     calendar.Day
}

// scenes are two nights of each real shop: the last that has a quarter after it, and one
// half a year before, or the first.
func (o options) scenes(ctx context.Context) (all []scene, err error) {
	dir := o.dir
	if dir == "" {
		if dir, err = os.MkdirTemp("", "activation"); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	folder, err := filepath.Abs(o.folder)
	if err != nil {
		return nil, err
	}
	for _, s := range published.Shops {
		if !s.Real {
			continue
		}
		of, err := o.scenesOf(ctx, s, folder, filepath.Join(dir, s.Name))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		all = append(all, of...)
	}
	return all, nil
}

func (o options) scenesOf(ctx context.Context, s published.Shop, folder, dir string) (all []scene, err error) {
	days := make([]calendar.Day, 3)
	for i, text := range []string{s.First, s.Last, s.End} {
		if days[i], err = published.Day(text); err != nil {
			return nil, err
		}
	}
	const halfYear = 182
	days[0] = max(days[0], days[1]-halfYear)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	job := published.Job{Text: s.JobText(folder), Dir: dir, Threads: o.workers}
	var nights []published.Night
	for _, day := range days {
		n, err := job.Publish(ctx, day)
		if err != nil {
			return nil, err
		}
		nights = append(nights, n)
	}
	history, err := historyOf(nights[2].Path)
	if err != nil {
		return nil, err
	}
	for _, n := range nights[:2] {
		all = append(all, scene{s.Name, n, history, days[2]})
	}
	return all, nil
}

// historyOf are the purchases of a publication. Of these shops margin is spend.
func historyOf(path string) (activation.History, error) {
	p, err := publication.Open(path)
	if err != nil {
		return nil, err
	}
	h := activation.History{}
	err = p.EachPurchases(func(customer string, of publication.Purchases) error {
		b := activation.Bought{Days: append([]calendar.Day(nil), of.Days...)}
		for _, a := range of.Spend {
			b.Margin = append(b.Margin, a.Float())
		}
		h[customer] = b
		return nil
	})
	return h, err
}

// between is what a customer spent after one day until another.
func (s scene) between(id string, after, until calendar.Day) (spent float64) {
	b := s.history[id]
	for i, day := range b.Days {
		if day > after && day <= until {
			spent += b.Margin[i]
		}
	}
	return spent
}

// windows are how long campaigns last, in days.
var windows = []calendar.Day{31, 91}
