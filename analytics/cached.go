package analytics

import (
	"context"

	"clientele/analytics/cache"
	"clientele/analytics/job"
)

// openCache opens the cache of a job that has one. Where that fails unkept says why: a cache
// that fails stops no night.
func openCache(ctx context.Context, j *job.Job) (folder *cache.Folder, unkept string, err error) {
	if j.Cache == nil {
		return nil, "", nil
	}
	dir, own := j.CacheDir()
	folder, err = cache.Open(ctx, dir, own)
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case err != nil:
		return nil, err.Error(), nil //nolint:nilerr // a cache that cannot be opened is told of, and stops no night
	}
	return folder, "", nil
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
