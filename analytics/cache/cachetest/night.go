package cachetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"clientele/analytics"
	"clientele/analytics/cache"
	"clientele/analytics/job"
)

// Seen is what came of the nights of a shop.
type Seen struct {
	Nights, Failed         int // Failed: with a cache and without, for the same reason
	Files, Unchanged       int
	Damaged, Forgotten     int
	NightsWithAllFromThere int
	// Summed are nights on which the rows of unchanged files were not read, and SummedFiles these.
	Summed, SummedFiles int
	Rebuilt             int // sums that were damaged
}

// Add adds what came of other nights.
func (s *Seen) Add(o Seen) {
	s.Nights, s.Failed = s.Nights+o.Nights, s.Failed+o.Failed
	s.Files, s.Unchanged = s.Files+o.Files, s.Unchanged+o.Unchanged
	s.Damaged, s.Forgotten = s.Damaged+o.Damaged, s.Forgotten+o.Forgotten
	s.NightsWithAllFromThere += o.NightsWithAllFromThere
	s.Summed, s.SummedFiles, s.Rebuilt = s.Summed+o.Summed, s.SummedFiles+o.SummedFiles, s.Rebuilt+o.Rebuilt
}

// Nights plays a shop through nights. An error says on which night what differed.
func Nights(ctx context.Context, dir string, seed uint64, nights int) (Seen, error) {
	s := New(dir, seed)
	var seen Seen
	for n := range nights {
		if n > 0 {
			if err := s.Change(); err != nil {
				return seen, err
			}
		}
		if err := s.Night(ctx, &seen); err != nil {
			return seen, fmt.Errorf("shop %d, night %d after %s: %w\n%s", seed, n, strings.Join(s.what, ", "), err, s.jobFile())
		}
	}
	return seen, nil
}

// Night runs a night twice, and compares.
func (s *Shop) Night(ctx context.Context, seen *Seen) error {
	if err := s.write(); err != nil {
		return err
	}
	threads := 1 + s.draw.IntN(3)
	cached, err := s.run(ctx, "cached", threads)
	with := errorText(err)
	plain, err := s.run(ctx, "plain", 2)
	without := errorText(err)
	seen.Nights++
	switch {
	case with != without:
		return fmt.Errorf("with a cache: %s\nwithout: %s", with, without)
	case with != "":
		seen.Failed++
		return nil
	}
	use := cached.Cache
	if use.Trouble != "" {
		return errors.New(use.Trouble)
	}
	seen.Files, seen.Unchanged = seen.Files+use.Files, seen.Unchanged+use.Unchanged
	seen.Damaged, seen.Forgotten = seen.Damaged+len(use.Damaged), seen.Forgotten+use.Forgotten
	if seen.SummedFiles += use.Summed; use.Summed > 0 {
		seen.Summed++
	}
	if use.Rebuilt {
		seen.Rebuilt++
	}
	if use.Files == use.Unchanged {
		seen.NightsWithAllFromThere++
	}
	if err := samePublication(cached.Path, plain.Path, s.job.trust == "mtime"); err != nil {
		return err
	}
	return s.nothingOfOthers(*use)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (s *Shop) run(ctx context.Context, folder string, threads int) (*analytics.Result, error) {
	j, err := job.Load(s.path(folder, "job.yaml"), nil, func() time.Time { return s.night })
	if err != nil {
		return nil, err
	}
	return analytics.Run(ctx, j, analytics.Options{Threads: threads})
}

// samePublication compares two publications byte for byte, but for how long they took and
// for what is trusted, which run.json tells.
func samePublication(one, other string, trusts bool) error {
	names := map[string]bool{}
	for _, dir := range []string{one, other} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			names[e.Name()] = true
		}
	}
	for name := range names {
		texts := [2][]byte{}
		for i, dir := range []string{one, other} {
			var err error
			if texts[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
				return err
			}
			if name == "run.json" {
				if texts[i], err = timeless(texts[i], trusts); err != nil {
					return err
				}
			}
		}
		if !bytes.Equal(texts[0], texts[1]) {
			return fmt.Errorf("%s differs: %s", name, firstDifference(texts[0], texts[1]))
		}
	}
	return nil
}

// firstDifference shows two texts where they part.
func firstDifference(one, other []byte) string {
	at := 0
	for at < len(one) && at < len(other) && one[at] == other[at] {
		at++
	}
	const before, after = 60, 200
	part := func(text []byte) []byte { return text[max(0, at-before):min(len(text), at+after)] }
	return fmt.Sprintf("at byte %d: %q, and without a cache %q", at, part(one), part(other))
}

// timeless is a manifest without what differs: timings, and the settings of a cache that
// trusts times, on which the id and the checksum depend.
func timeless(manifest []byte, trusts bool) ([]byte, error) {
	var m map[string]any
	if err := json.Unmarshal(manifest, &m); err != nil {
		return nil, err
	}
	delete(m, "timings")
	settings, _ := m["settings"].(map[string]any)
	if settings["cache"] != nil {
		delete(settings, "cache")
	}
	if trusts {
		delete(m, "run_id")
	}
	for _, key := range []string{"manifest_sha256", "previous"} { // these depend on timings
		delete(m, key)
	}
	return json.Marshal(m)
}

// nothingOfOthers makes sure that the cache holds nothing of files that are not there, and
// that nobody else can read it.
func (s *Shop) nothingOfOthers(use cache.Use) error {
	there := map[string]bool{}
	for name := range s.files {
		text, err := os.ReadFile(s.path(name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		there[hex.EncodeToString(sum[:])[:32]] = true
	}
	return filepath.WalkDir(s.path("cached", ".cache"), func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 && e.Name() != ".cache" {
			return fmt.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		parts := strings.Split(e.Name(), "-")
		if !strings.HasSuffix(e.Name(), ".parquet") {
			return nil
		}
		if parts[0] == "0" { // of several files, which its manifest names
			return sumOfThese(path, there)
		}
		if len(parts) < 3 || !there[parts[1]] {
			return fmt.Errorf("%s is of a file that is gone (%d entries removed)", path, use.Forgotten)
		}
		return nil
	})
}

// sumOfThese makes sure that data of several files are of none that is gone.
func sumOfThese(path string, there map[string]bool) error {
	name := strings.Join(strings.Split(filepath.Base(path), "-")[:3], "-")
	text, err := os.ReadFile(filepath.Join(filepath.Dir(path), name+".json"))
	if err != nil {
		return err
	}
	var manifest struct {
		Facts struct {
			Files []struct {
				Name string `json:"name"`
			} `json:"files"`
		} `json:"facts"`
	}
	body, _, _ := bytes.Cut(text, []byte("\n"))
	if err := json.Unmarshal(body, &manifest); err != nil {
		return err
	}
	for _, f := range manifest.Facts.Files {
		if parts := strings.Split(f.Name, "-"); len(parts) < 2 || !there[parts[1]] {
			return fmt.Errorf("%s has rows of a file that is gone", path)
		}
	}
	return nil
}
