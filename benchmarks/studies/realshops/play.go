package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/errgroup"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// wanted are the sets that are asked for.
func (o options) wanted() ([]set, error) {
	var wanted []set
	for _, s := range sets() {
		if len(o.sets) == 0 || slices.Contains(o.sets, s.Name) {
			wanted = append(wanted, s)
		}
	}
	if len(o.sets) > len(wanted) {
		return nil, fmt.Errorf("of the sets %q only %d are known", o.sets, len(wanted))
	}
	return wanted, nil
}

// play runs sets, as many nights at a time as there are workers. The result is the
// same for any number of them.
func (o options) play(ctx context.Context, wanted []set, folder string, log io.Writer) (results, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return results{}, err
	}
	dir, err := os.MkdirTemp(o.dir, "realshops")
	if err != nil {
		return results{}, err
	}
	if o.dir == "" {
		defer os.RemoveAll(dir)
	}
	var r results
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(o.workers, 1))
	r.Sets = make([]setResult, len(wanted))
	for i, s := range wanted {
		r.Sets[i] = setResult{Name: s.Name, Real: s.Real}
		if err := s.start(ctx, group, o, folder, dir, &r.Sets[i], log); err != nil {
			return r, fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	if err := group.Wait(); err != nil {
		return r, err
	}
	for i := range r.Sets {
		slices.SortFunc(r.Sets[i].Runs, func(a, b run) int {
			return cmp.Or(cmp.Compare(a.Origin, b.Origin), cmp.Compare(a.Days, b.Days))
		})
	}
	return r, nil
}

// start starts the nights of a set, those of each horizon in a folder of their own.
func (s set) start(ctx context.Context, group *errgroup.Group, o options, folder, dir string, to *setResult, log io.Writer) error {
	v, err := s.visits(folder)
	if err != nil {
		return err
	}
	a, err := s.agenda(o.origins, o.alone)
	if err != nil {
		return err
	}
	for _, h := range []horizon{threeMonths, sixMonths, rest} {
		group.Go(func() error {
			p := player{set: s, agenda: a, visits: v, horizon: h}
			p.job = published.Job{Text: s.JobText(folder), Dir: filepath.Join(dir, s.Name, string(h)), Threads: 1}
			if err := os.MkdirAll(p.job.Dir, 0o755); err != nil {
				return err
			}
			if err := p.play(ctx); err != nil {
				return fmt.Errorf("%s, %s: %w", s.Name, h, err)
			}
			fmt.Fprintf(log, "%s, %s: %d runs\n", s.Name, h, len(p.runs))
			o.lock.Lock()
			defer o.lock.Unlock()
			to.Runs = append(to.Runs, p.runs...)
			if h == threeMonths {
				to.Still, to.Flutter = p.still, p.flutter
			}
			return nil
		})
	}
	return nil
}

// player plays the nights of one set and horizon, in order.
type player struct {
	set
	agenda
	visits  visits
	horizon horizon
	job     published.Job

	runs    []run
	still   still
	flutter flutter
}

// play runs the month ends and the weeks of the shortest horizon, and of the
// others, which say nothing else of stages, the origins alone.
func (p *player) play(ctx context.Context) error {
	nights := p.origins
	if p.horizon == threeMonths {
		nights = p.nights()
	}
	var m months
	w := newWeeks()
	for _, day := range nights {
		days := p.horizon.days(day, p.end)
		if days == 0 {
			continue
		}
		n, err := p.job.Publish(ctx, day, fmt.Sprintf("clv.horizon=%d days", days))
		if err != nil {
			return err
		}
		if err := p.visits.check(n); err != nil {
			return fmt.Errorf("%s: %w", calendar.Format(day), err)
		}
		if slices.Contains(p.origins, day) {
			p.runs = append(p.runs, p.visits.judge(n, days))
		}
		if slices.Contains(p.months, day) {
			m.see(n)
		}
		if slices.Contains(p.weeks, day) {
			w.see(n)
		}
	}
	p.still, p.flutter = m.still, w.flutter()
	return nil
}
