package job_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// A cache is a folder. What is published does not depend on it, and its settings say so,
// unless it trusts the times of files.
func TestCache(t *testing.T) {
	settings := func(j *job.Job) string {
		text, err := json.Marshal(j)
		require.NoError(t, err)
		return string(text)
	}
	require.Nil(t, parse(t, minimal).Cache)
	require.Nil(t, parse(t, minimal+"cache: off\n").Cache)
	j := parse(t, minimal+"cache: .clientele-cache\n")
	require.Equal(t, &job.Cache{Dir: ".clientele-cache", Trust: job.TrustContent}, j.Cache)
	require.Equal(t, settings(parse(t, minimal)), settings(j))
	j = parse(t, minimal+"cache: {dir: kept, trust: mtime}\n")
	require.Equal(t, &job.Cache{Dir: "kept", Trust: job.TrustMtime}, j.Cache)
	require.Contains(t, settings(j), `"cache":{"dir":"kept","trust":"mtime"}`)
}

// Each job has a folder of its own in a cache that several share.
func TestCacheDir(t *testing.T) {
	own := func(dir, cache string) string {
		j := &job.Job{Name: "shop", Dir: dir, Cache: &job.Cache{Dir: cache}}
		in, name := j.CacheDir()
		require.True(t, filepath.IsAbs(in))
		return name
	}
	shared := t.TempDir()
	one, other := filepath.Join(shared, "one"), filepath.Join(shared, "other")
	require.NotEqual(t, own(one, shared), own(other, shared))
	require.Equal(t, own(one, ".cache"), own(other, ".cache"), "what lies beside the job moves with it")
}

func TestCacheViolations(t *testing.T) {
	for text, want := range map[string]string{
		"cache: s3://bucket/kept\n":         "f.yaml:5:8: cache: s3:// is no folder of this machine; want one such as .clientele-cache",
		"cache: {trust: mtime}\n":           "f.yaml:5:8: cache.dir: missing; give the folder in which rows are kept, such as .clientele-cache",
		"cache: {dir: kept, trust: size}\n": `f.yaml:5:27: cache.trust: unknown trust "size"; want content or mtime`,
		"cache: [kept]\n":                   "f.yaml:5:8: cache: a list is not a folder, a mapping with dir and trust, or off",
		"cache: {dir: kept, size: 1 GB}\n":  `f.yaml:5:20: cache: unknown key "size"; the keys here are dir, trust`,
		"engine: {spark: \"sc://host:15002\", stage: /mnt/stage}\ncache: kept\n": "f.yaml:6:8: cache: keeps what this program reads, and with engine.spark a cluster reads the exports; remove it, or write cache: off",
	} {
		require.Equal(t, want, refused(t, minimal+text), text)
	}
}
