package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Readers go round while one night is published again and again. They must
// find a whole publication at every look, by its date and through latest.
func TestReadersAlwaysFindAWholePublication(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("folders cannot be exchanged in one step on this system")
	}
	dir := t.TempDir()
	night := publishGeneration(t, dir, "2011-12-10", 1)
	var rounds atomic.Int64
	var over atomic.Bool
	var readers sync.WaitGroup
	failed := make(chan error, 2)
	for _, path := range []string{night, filepath.Join(dir, "shop", LatestLink)} {
		readers.Go(func() {
			for !over.Load() {
				if err := errors.Join(lookByPath(path), lookFromInside(path)); err != nil {
					failed <- err
					return
				}
				rounds.Add(1)
				time.Sleep(50 * time.Microsecond) // leaves the writer a processor
			}
		})
	}
	for n := 2; n <= 200; n++ {
		publishGeneration(t, dir, "2011-12-10", n)
	}
	over.Store(true)
	readers.Wait()
	close(failed)
	require.NoError(t, <-failed)
	require.Greater(t, rounds.Load(), int64(200))
	requireGeneration(t, night, 200)
}

// A reader follows latest while night after night appears. The link must lead
// somewhere at every look, and never back to an earlier night.
func TestReadersFollowLatestFromNightToNight(t *testing.T) {
	dir := t.TempDir()
	first := day(t, "2011-12-10")
	link := filepath.Join(dir, "shop", LatestLink)
	publishGeneration(t, dir, "2011-12-10", 0)
	var over atomic.Bool
	failed := make(chan error, 1)
	go func() {
		defer close(failed)
		for seen := 0; !over.Load(); {
			text, err := os.ReadFile(filepath.Join(link, "customers.csv"))
			if err != nil {
				failed <- err
				return
			}
			n, err := strconv.Atoi(string(text))
			if err != nil || n < seen {
				failed <- fmt.Errorf("generation %q after %d", text, seen)
				return
			}
			seen = n
		}
	}()
	for n := 1; n <= 100; n++ {
		publishGeneration(t, dir, first.AddDate(0, 0, n).Format(time.DateOnly), n)
	}
	over.Store(true)
	require.NoError(t, <-failed)
	requireGeneration(t, link, 100)
}

// lookByPath opens every file by its full path, as most programs do.
func lookByPath(path string) error {
	for _, file := range []string{"customers.csv", "segments.csv", ManifestFile, SuccessFile} {
		if _, err := os.ReadFile(filepath.Join(path, file)); err != nil {
			return fmt.Errorf("by path: %w", err)
		}
	}
	return nil
}

// lookFromInside holds the folder open. What it reads belongs together as long
// as _SUCCESS is there when it has read the last file.
func lookFromInside(path string) error {
	folder, err := os.OpenRoot(path)
	if err != nil {
		return fmt.Errorf("the folder: %w", err)
	}
	defer func() { _ = folder.Close() }()
	customers, err := folder.ReadFile("customers.csv")
	segments, err2 := folder.ReadFile("segments.csv")
	if _, gone := folder.Stat(SuccessFile); errors.Is(gone, fs.ErrNotExist) {
		return nil // a replaced night, and it says so
	}
	if err := errors.Join(err, err2); err != nil {
		return fmt.Errorf("from inside: %w", err)
	}
	if string(customers) != string(segments) {
		return fmt.Errorf("from inside: generations %s and %s", strconv.Quote(string(customers)), strconv.Quote(string(segments)))
	}
	return nil
}
