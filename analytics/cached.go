package analytics

import (
	"context"
	"fmt"
	"path/filepath"

	"clientele/analytics/cache"
	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/internal/calendar"
)

// openCache opens the cache of a job that has one. Where that fails unkept says why: a cache
// that fails stops no night.
func openCache(ctx context.Context, j *job.Job) (folder *cache.Folder, unkept string, err error) {
	if j.Cache == nil {
		return nil, "", nil
	}
	dir, own := j.CacheDir()
	published := filepath.Join(j.OutputDir(), j.Name)
	if within(published, dir) {
		return nil, "", job.Errors{{Key: "cache", Message: fmt.Sprintf("lies in %s, where publications come and go; name a folder beside the job file, such as .clientele-cache", published)}}
	}
	if _, err = cache.Program(); err == nil {
		folder, err = cache.Open(ctx, dir, own)
	}
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		return nil, err.Error(), nil //nolint:nilerr // a cache that cannot be opened is told of, and stops no night
	}
	return folder, "", nil
}

// addUp says before the exports are read what customers will be made of. The night and the first
// day are not known yet. No part depends on them: any day will do.
func (s *session) addUp() error {
	if s.kept == nil {
		return nil
	}
	f := night.Frame{
		Job: s.job, AsOf: calendar.TimeOf(0), FirstDay: calendar.TimeOf(0), Threads: s.threads, Warnings: &night.Warnings{}, Spend: s.spend,
		HasCost: s.plan.HasCost, HasCategory: s.plan.HasCategory, HasProduct: s.plan.HasProduct,
	}
	parts, err := customers.Parts(s.request(f, stageAsks), s.home().Dialect())
	if err == nil {
		s.plan.AddUp(parts)
	}
	return err
}

// reduceRows reduces the rows in the ledger, with what is kept of others, and keeps what they come
// to.
func (s *session) reduceRows(ctx context.Context, r customers.Request) (*customers.Table, customers.Oddities, error) {
	sums := s.plan.Sums()
	if sums == nil {
		return customers.Reduce(ctx, s.home(), r)
	}
	r.Kept = sums
	if err := sums.Begin(ctx); err != nil {
		return nil, customers.Oddities{}, err
	}
	t, odd, err := customers.Reduce(ctx, s.home(), r)
	if err != nil {
		return nil, odd, err
	}
	return t, odd, sums.Finish(ctx)
}

// within tells whether a path is a folder, or lies in it.
func within(folder, path string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	if path, err = filepath.Abs(path); err != nil {
		return false
	}
	from, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(from)
}

// tidyCache removes from the cache what the exports of tonight do not need, and says what was
// taken from it; nil: there is none.
func (s *session) tidyCache() *cache.Use {
	switch {
	case s.unkept != "":
		return &cache.Use{Trouble: s.unkept}
	case s.kept == nil:
		return nil
	}
	if err := s.kept.Finish(); err != nil {
		s.kept.Fail(err)
	}
	use := s.kept.Use()
	return &use
}
