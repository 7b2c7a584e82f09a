package analytics

import (
	"context"
	"fmt"
	"path/filepath"

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
