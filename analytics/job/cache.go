package job

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
)

// Cache is where the rows of files that did not change are kept between nights.
type Cache struct {
	Dir   string    `json:"dir"` // as written
	Trust TrustRule `json:"trust"`
}

// TrustRule is by what a file is taken for unchanged.
type TrustRule string

// The rules of trust.
const (
	TrustContent TrustRule = "content" // by the fingerprint of its bytes
	TrustMtime   TrustRule = "mtime"   // by its size and the times of writing, where these are as in the night before
)

// readCache reads where rows are kept: a folder, or a mapping that says more.
func readCache(s *section, j *Job) {
	v := s.value("cache")
	if v == nil || v.isOff() {
		j.Cache = nil
		return
	}
	if j.Engine.OnSpark() {
		s.fail("cache", "keeps what this program reads, and with engine.spark a cluster reads the exports; remove it, or write cache: off")
		return
	}
	j.Cache = &Cache{Trust: TrustContent}
	if v.kind == scalar {
		s.text("cache", &j.Cache.Dir)
		refuseRemote(s, "cache", j.Cache.Dir)
		return
	}
	c := newSection(s.reader, "cache", v, s.at, "a folder, a mapping with dir and trust, or off")
	c.required("dir", "the folder in which rows are kept, such as .clientele-cache", &j.Cache.Dir)
	refuseRemote(c, "dir", j.Cache.Dir)
	choice(c, "trust", "trust", &j.Cache.Trust, TrustContent, TrustMtime)
	c.done()
}

// refuseRemote refuses a folder that is not of this machine.
func refuseRemote(s *section, key, path string) {
	if scheme := url.FindString(path); scheme != "" {
		s.fail(key, "%s is no folder of this machine; want one such as .clientele-cache", scheme)
	}
}

// CacheDir is the folder of the cache, and the job's own folder in it: several jobs may
// share a cache. What is removed from it goes by the files of one job.
func (j *Job) CacheDir() (dir, own string) {
	if dir = j.Cache.Dir; !filepath.IsAbs(dir) {
		dir = filepath.Join(j.Dir, dir)
	}
	place := j.Dir
	if from, err := filepath.Rel(dir, j.Dir); err == nil { // a cache beside the job may be moved with it
		place = from
	}
	return dir, fmt.Sprintf("%s-%.4x", j.Name, sha256.Sum256([]byte(filepath.ToSlash(place))))
}

// shown is what the settings in force say of the cache: nothing where it cannot matter to
// what is published.
func (c *Cache) shown() *Cache {
	if c == nil || c.Trust == TrustContent {
		return nil
	}
	return c
}
