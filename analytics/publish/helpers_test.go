package publish

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"
)

// day parses an as_of.
func day(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return at
}

// stage begins a night that is aborted when the test ends.
func stage(t testing.TB, dir, night string) *Staging {
	t.Helper()
	s, err := Begin(dir, "shop", day(t, night))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Abort()) })
	return s
}

// put writes one file of a night.
func put(t testing.TB, s *Staging, name, content string) {
	t.Helper()
	f, err := s.Create(name)
	require.NoError(t, err)
	_, err = f.Write([]byte(content))
	require.NoError(t, err)
	f.Rows(int64(bytes.Count([]byte(content), []byte("\n"))))
	require.NoError(t, f.Close())
}

// generation fills a night whose files all carry the number n, so that a mix
// of two generations shows.
func generation(t testing.TB, s *Staging, n int) {
	t.Helper()
	put(t, s, "customers.csv", strconv.Itoa(n))
	put(t, s, "segments.csv", strconv.Itoa(n))
}

// publishGeneration commits generation n of a night.
func publishGeneration(t testing.TB, dir, night string, n int) string {
	t.Helper()
	s := stage(t, dir, night)
	generation(t, s, n)
	path, err := s.Commit(map[string]int{"generation": n})
	require.NoError(t, err)
	return path
}

// requireGeneration checks that path is whole and of generation n.
func requireGeneration(t testing.TB, path string, n int) {
	t.Helper()
	for _, file := range []string{"customers.csv", "segments.csv"} {
		require.Equal(t, strconv.Itoa(n), read(t, filepath.Join(path, file)))
	}
	require.FileExists(t, filepath.Join(path, ManifestFile))
	require.FileExists(t, filepath.Join(path, SuccessFile))
}

func read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// names lists a folder.
func names(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	require.NoError(t, err)
	found := []string{}
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}

// checked gives an allocator that fails the test when memory leaks.
func checked(t *testing.T) memory.Allocator {
	t.Helper()
	mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
	t.Cleanup(func() { mem.AssertSize(t, 0) })
	return mem
}

// table makes a batch that is released when the test ends.
func table(t *testing.T, cols ...Col) arrow.RecordBatch {
	t.Helper()
	batch, err := NewTable(checked(t), cols...)
	require.NoError(t, err)
	t.Cleanup(batch.Release)
	return batch
}

// toCSV writes batches with the given options.
func toCSV(t testing.TB, o CSVOptions, batches ...arrow.RecordBatch) string {
	t.Helper()
	var out bytes.Buffer
	rows, err := WriteCSV(&out, batches[0].Schema(), Batches(batches...), o)
	require.NoError(t, err)
	want := int64(0)
	for _, b := range batches {
		want += b.NumRows()
	}
	require.Equal(t, want, rows)
	return out.String()
}

// parse reads CSV with the standard library.
func parse(t testing.TB, text string) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewBufferString(text)).ReadAll()
	require.NoError(t, err)
	return records
}
