package publish

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCommitPutsTheNightInPlace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "on", "the", "way")
	s := stage(t, dir, "2011-12-10")
	put(t, s, "segments.csv", "kind\nrfm\n")
	put(t, s, "customers.csv", "")
	sum := sha256.Sum256([]byte("kind\nrfm\n"))
	require.Equal(t, []FileInfo{
		{Path: "customers.csv", SHA256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}, // of nothing, FIPS 180-4
		{Path: "segments.csv", Rows: 2, Bytes: 9, SHA256: hex.EncodeToString(sum[:])},
	}, s.Files())

	path, err := s.Commit(map[string]any{"name": "a<b & c", "files": s.Files()[:1]})
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "shop", "2011-12-10"), path)
	require.Equal(t, []string{"_SUCCESS", "customers.csv", "run.json", "segments.csv"}, names(t, path))
	//nolint:testifylint // the layout is part of what is tested
	require.Equal(t, `{
  "files": [
    {
      "path": "customers.csv",
      "rows": 0,
      "bytes": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }
  ],
  "name": "a<b & c"
}
`, read(t, filepath.Join(path, "run.json")))
	require.Equal(t, []string{".lock", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))
	target, err := os.Readlink(filepath.Join(dir, "shop", "latest"))
	require.NoError(t, err)
	require.Equal(t, "2011-12-10", target, "the link must be relative")
	require.NoError(t, s.Abort())
	require.DirExists(t, path)
}

// A file whose writing has failed is not listed, though it is closed in good order, and its
// night is not committed.
func TestAFileThatFailedIsNotListed(t *testing.T) {
	s := stage(t, t.TempDir(), "2011-12-10")
	ctx, cancel := context.WithCancel(t.Context())
	s.StopWith(ctx)
	put(t, s, "whole.csv", "1\n")
	f, err := s.Create("broken.csv")
	require.NoError(t, err)
	_, err = f.Write([]byte("2\n"))
	require.NoError(t, err)
	require.Len(t, s.Files(), 1, "it is not closed")
	cancel()
	_, err = f.Write([]byte("3\n"))
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, f.Close(), context.Canceled)
	require.ErrorIs(t, f.Close(), context.Canceled, "closed twice")
	require.Len(t, s.Files(), 1)
	require.Equal(t, "whole.csv", s.Files()[0].Path)
	_, err = s.Commit(nil)
	require.ErrorIs(t, err, context.Canceled)
}

func TestAsOfIsTheDayOfItsOwnZone(t *testing.T) {
	tokyo := time.FixedZone("", 9*60*60)
	s, err := Begin(t.TempDir(), "shop", time.Date(2011, 12, 10, 1, 0, 0, 0, tokyo))
	require.NoError(t, err)
	path, err := s.Commit(nil)
	require.NoError(t, err)
	require.Equal(t, "2011-12-10", filepath.Base(path))
}

func TestAbortLeavesTheLastPublication(t *testing.T) {
	dir := t.TempDir()
	first := publishGeneration(t, dir, "2011-12-10", 1)
	s := stage(t, dir, "2011-12-10")
	generation(t, s, 2)
	open, err := s.Create("report.html")
	require.NoError(t, err)
	require.NoError(t, s.Abort())
	require.NoError(t, s.Abort(), "twice does no harm")
	requireGeneration(t, first, 1)
	require.Equal(t, []string{".lock", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))

	_, err = s.Commit(nil)
	require.ErrorIs(t, err, errClosed)
	_, err = s.Create("late.csv")
	require.ErrorIs(t, err, errClosed)
	_, err = open.Write(make([]byte, 2*bufferBytes))
	require.ErrorIs(t, err, os.ErrClosed)
}

func TestCommitTwice(t *testing.T) {
	s := stage(t, t.TempDir(), "2011-12-10")
	_, err := s.Commit(nil)
	require.NoError(t, err)
	_, err = s.Commit(nil)
	require.ErrorIs(t, err, errClosed)
}

func TestCommitRefusesAnUnfinishedFile(t *testing.T) {
	dir := t.TempDir()
	s := stage(t, dir, "2011-12-10")
	f, err := s.Create("customers.csv")
	require.NoError(t, err)
	require.Empty(t, s.Files())
	_, err = s.Commit(nil)
	require.ErrorContains(t, err, "customers.csv is still being written; close it before the commit")
	require.NoDirExists(t, filepath.Join(dir, "shop", "2011-12-10"))
	require.NoError(t, f.Close())
}

func TestCommitRefusesAManifestThatIsNoJSON(t *testing.T) {
	dir := t.TempDir()
	s := stage(t, dir, "2011-12-10")
	_, err := s.Commit(map[string]float64{"equity": math.NaN()})
	require.ErrorContains(t, err, "publish: run.json: ")
	require.NoDirExists(t, filepath.Join(dir, "shop", "2011-12-10"))
}

func TestNamesThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"", ".", "..", ".hidden", "a/b", `a\b`, "a\x00"} {
		_, err := Begin(dir, name, day(t, "2011-12-10"))
		require.ErrorContains(t, err, "cannot be a folder's name")
		_, _, err = Previous(dir, name, day(t, "2011-12-10"))
		require.ErrorContains(t, err, "cannot be a folder's name")
	}
	for _, at := range []time.Time{{}, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)} {
		_, err := Begin(dir, "shop", at)
		require.ErrorContains(t, err, "want a calendar day")
		_, _, err = Previous(dir, "shop", at)
		require.ErrorContains(t, err, "want a calendar day")
	}
	s := stage(t, dir, "2011-12-10")
	for _, file := range []string{"", ".", "..", ".x", "a/b/../c", "a//b", "a/.b/c", "/a", "a/", "../a", "a/..", ".a/b", "a/.b", `a\b`, "a\x00b"} {
		_, err := s.Create(file)
		require.ErrorContains(t, err, "want a plain name")
	}
	for _, file := range []string{"run.json", "_SUCCESS"} {
		_, err := s.Create(file)
		require.ErrorContains(t, err, file+" is written by the commit")
	}
	put(t, s, "customers.csv", "")
	_, err := s.Create("customers.csv")
	require.ErrorIs(t, err, os.ErrExist)
}

func TestSecondRunIsTurnedAway(t *testing.T) {
	dir := t.TempDir()
	s := stage(t, dir, "2011-12-10")
	generation(t, s, 1)
	_, err := Begin(dir, "shop", day(t, "2011-12-11"))
	require.ErrorIs(t, err, ErrBusy)
	require.EqualError(t, err, "publish: "+filepath.Join(dir, "shop")+": another run is publishing here; wait for it to end")
	other, err := Begin(dir, "another", day(t, "2011-12-10"))
	require.NoError(t, err, "another job is none of its business")
	require.NoError(t, other.Abort())

	path, err := s.Commit(nil)
	require.NoError(t, err, "the second run must not have touched the first")
	requireGeneration(t, path, 1)
	publishGeneration(t, dir, "2011-12-11", 2)
}

// A run that keeps its lock has it beyond the commit.
func TestLockIsKept(t *testing.T) {
	dir := t.TempDir()
	s := stage(t, dir, "2011-12-10")
	generation(t, s, 1)
	s.KeepLock()
	path, err := s.Commit(nil)
	require.NoError(t, err)
	_, err = Begin(dir, "shop", day(t, "2011-12-11"))
	require.ErrorIs(t, err, ErrBusy)
	require.NoError(t, s.Abort())
	requireGeneration(t, path, 1)
	publishGeneration(t, dir, "2011-12-11", 2)
}

// Of many runs that begin at once, one gets in and the others are told.
func TestOneOfManyRunsGetsIn(t *testing.T) {
	dir := t.TempDir()
	const runs = 16
	stagings, errs := make([]*Staging, runs), make([]error, runs)
	var all sync.WaitGroup
	for i := range runs {
		all.Go(func() { stagings[i], errs[i] = Begin(dir, "shop", time.Date(2011, 12, 10, 0, 0, 0, 0, time.UTC)) })
	}
	all.Wait()
	in := 0
	for i, err := range errs {
		if err != nil {
			require.ErrorIs(t, err, ErrBusy)
			continue
		}
		in++
		require.NoError(t, stagings[i].Abort())
	}
	require.Equal(t, 1, in)
}

func TestFilesMayBeWrittenAtOnce(t *testing.T) {
	s := stage(t, t.TempDir(), "2011-12-10")
	content := []byte(strings.Repeat("0123456789", 100_000))
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			f, err := s.Create(string(rune('a' + i)))
			if err == nil {
				_, err = f.Write(content)
				_ = s.Files()
				err = errors.Join(err, f.Close())
			}
			errs[i] = err
		})
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	require.Len(t, s.Files(), len(errs))
	for _, info := range s.Files() {
		require.Equal(t, s.Files()[0].SHA256, info.SHA256)
		require.EqualValues(t, len(content), info.Bytes)
	}
}
