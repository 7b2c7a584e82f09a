package analytics_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// hostileNumbers are what a number in a file may have become.
var hostileNumbers = []float64{1e308, 1e-308, -1, 1 << 31}

// earlierNight is a copy of the job under testdata, and the night of its publication.
func earlierNight(t *testing.T) (dir, night string) {
	t.Helper()
	dir = t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "earlier"))))
	return dir, filepath.Join(dir, "shop", "2026-06-30")
}

// soon is how long a night of twelve customers may take with whatever numbers.
const soon = 20 * time.Second

// refused tells whether the night after refuses what is there when it is read. What is
// refused need not be run.
func refused(t *testing.T, dir string) bool {
	t.Helper()
	before, err := history.Before(dir, "shop", time.Date(2026, 7, 20, 0, 0, 0, 0, time.UTC))
	if err == nil {
		err = before.Recall(column.State)
	}
	if err != nil {
		require.ErrorContains(t, err, "the night before: ")
	}
	return err != nil
}

// requireEnds requires that the night after ends, well or with an error, and is no
// fault of the program. It tells whether it ended well.
func requireEnds(t *testing.T, dir, what string) bool {
	t.Helper()
	j, err := job.Load(filepath.Join(dir, "job.yaml"), []string{"as_of=2026-07-20", "output.report=false", "output.purchases=false"}, time.Now)
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	_, err = analytics.Run(ctx, j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, ctx.Err(), "%s: it does not end", what)
	if err != nil {
		require.NotContains(t, err.Error(), "panic", what)
		require.ErrorAs(t, err, new(*publication.Damage), "%s: which names the file and the way out", what)
	}
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "shop", "2026-07-20")))
	return err == nil
}

// forgery is a file of a publication with one number changed.
type forgery struct {
	name, what string
	text       []byte
}

// Every number of the JSON files that a night leaves to the next, be it as it may. A night
// has one of each file, and where it does not end well, each of them has a night.
func TestHostileNumbersInJSON(t *testing.T) {
	dir, night := earlierNight(t)
	wholes := map[string][]byte{}
	for _, name := range []string{"run.json", publication.PanelFile, "model.json", "cutpoints.json"} {
		whole, err := os.ReadFile(filepath.Join(night, name))
		require.NoError(t, err)
		wholes[name] = whole
	}
	forge := func(together ...forgery) {
		for name, whole := range wholes {
			require.NoError(t, os.WriteFile(filepath.Join(night, name), whole, 0o600))
		}
		slices.SortFunc(together, func(a, b forgery) int { return strings.Compare(b.name, a.name) }) // run.json before those that it lists
		for _, f := range together {
			forgeFile(t, night, f.name, f.text)
		}
	}
	var nights [][]forgery
	for name, whole := range wholes {
		n := 0
		for _, f := range forgeries(t, name, whole) {
			forge(f)
			if refused(t, dir) {
				continue
			}
			if n == len(nights) {
				nights = append(nights, nil)
			}
			nights[n] = append(nights[n], f)
			n++
		}
	}
	require.NotEmpty(t, nights)
	t.Logf("%d nights", len(nights))
	for _, together := range nights {
		forge(together...)
		if requireEnds(t, dir, fmt.Sprint(together)) || len(together) == 1 {
			continue
		}
		for _, f := range together {
			forge(f)
			requireEnds(t, dir, f.what)
		}
	}
}

// forgeries are a file with each of its numbers changed.
func forgeries(t *testing.T, name string, whole []byte) (all []forgery) {
	t.Helper()
	var content any
	require.NoError(t, json.Unmarshal(whole, &content))
	fields := numbersIn(content, nil)
	require.NotEmpty(t, fields)
	for _, path := range fields {
		for _, v := range hostileNumbers {
			var changed any
			require.NoError(t, json.Unmarshal(whole, &changed))
			put(changed, path, v)
			text, err := json.Marshal(changed)
			require.NoError(t, err)
			all = append(all, forgery{name, fmt.Sprintf("%s: %v = %v", name, path, v), text})
		}
	}
	return all
}

func (f forgery) String() string { return f.what }

// numbersIn are the paths of the numbers in a JSON value that a night reads: of long
// lists the first two and the last.
func numbersIn(v any, path []any) (found [][]any) {
	switch v := v.(type) {
	case float64:
		return [][]any{path}
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			// Results that no later night looks at, and the list that is forged.
			if len(path) == 0 && slices.Contains([]string{
				"segments", "files", "timings", "drift", "concentration", "declines", "inputs", "money", "sources", "returns", "anonymous",
				"returns_only", "equity", "tiers", "interests", "model",
			}, key) && v["run_id"] != nil {
				continue
			}
			found = append(found, numbersIn(v[key], append(slices.Clone(path), key))...)
		}
	case []any:
		for i := range v {
			if i < 2 || i == len(v)-1 {
				found = append(found, numbersIn(v[i], append(slices.Clone(path), i))...)
			}
		}
	}
	return found
}

func put(v any, path []any, number float64) {
	for _, at := range path[:len(path)-1] {
		switch at := at.(type) {
		case string:
			v = v.(map[string]any)[at]
		case int:
			v = v.([]any)[at]
		}
	}
	switch at := path[len(path)-1].(type) {
	case string:
		v.(map[string]any)[at] = number
	case int:
		v.([]any)[at] = number
	}
}

// forgeFile writes a file of a publication, and has run.json say that it was always so.
func forgeFile(t *testing.T, night, name string, content []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(night, name), content, 0o600))
	if name == "run.json" {
		return
	}
	path := filepath.Join(night, "run.json")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var manifest map[string]any
	require.NoError(t, json.Unmarshal(text, &manifest))
	sum := sha256.Sum256(content)
	for _, f := range manifest["files"].([]any) {
		if f := f.(map[string]any); f["path"] == name {
			f["sha256"], f["bytes"] = hex.EncodeToString(sum[:]), len(content)
		}
	}
	text, err = json.Marshal(manifest)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, text, 0o600))
}

// Every column of numbers and days of the state, be they as they may.
func TestHostileNumbersInTheState(t *testing.T) {
	dir, night := earlierNight(t)
	table := readState(t, filepath.Join(night, publication.StateFile))
	changed := 0
	for i, field := range table.Schema().Fields() {
		for _, cells := range hostileCells(field.Type, int(table.NumRows())) {
			columns := slices.Clone(table.Columns())
			columns[i] = cells
			var text bytes.Buffer
			altered := array.NewRecordBatch(table.Schema(), columns, table.NumRows())
			_, err := publish.WriteParquet(&text, altered.Schema(), publish.Batches(altered), publish.ParquetOptions{})
			require.NoError(t, err)
			forgeFile(t, night, publication.StateFile, text.Bytes())
			changed++
			if !refused(t, dir) {
				requireEnds(t, dir, fmt.Sprintf("%s = %.60s", field.Name, strings.Join(strings.Fields(fmt.Sprint(cells)), " ")))
			}
		}
	}
	require.Greater(t, changed, 100)
}

func readState(t *testing.T, path string) arrow.RecordBatch {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	parquet, err := file.NewParquetReader(f)
	require.NoError(t, err)
	defer func() { require.NoError(t, parquet.Close()) }()
	reader, err := pqarrow.NewFileReader(parquet, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	require.NoError(t, err)
	table, err := reader.ReadTable(t.Context())
	require.NoError(t, err)
	batches := array.NewTableReader(table, table.NumRows())
	require.True(t, batches.Next())
	batch := batches.RecordBatch()
	batch.Retain()
	return batch
}

// hostileCells are columns of a type in which all customers, or every other, have
// something that no night writes.
func hostileCells(kind arrow.DataType, rows int) (found []arrow.Array) {
	build := func(b array.Builder, set func(i int)) {
		for i := range rows {
			set(i)
		}
		found = append(found, b.NewArray())
	}
	switch kind.(type) {
	case *arrow.Int64Type:
		for _, v := range []int64{0, -1, math.MaxInt32, math.MinInt64} {
			b := array.NewInt64Builder(memory.DefaultAllocator)
			build(b, func(int) { b.Append(v) })
		}
		b := array.NewInt64Builder(memory.DefaultAllocator)
		build(b, func(int) { b.AppendNull() })
	case *arrow.Float64Type:
		for _, v := range hostileNumbers {
			b := array.NewFloat64Builder(memory.DefaultAllocator)
			build(b, func(int) { b.Append(v) })
		}
	case *arrow.Date32Type:
		for _, v := range []arrow.Date32{0, 2932896, math.MaxInt32, 20634} {
			b := array.NewDate32Builder(memory.DefaultAllocator)
			build(b, func(i int) {
				if i%2 == 0 {
					b.Append(v)
				} else {
					b.AppendNull()
				}
			})
		}
	case *arrow.StringType:
		for _, v := range []string{"", "nonsense", "decline"} {
			b := array.NewStringBuilder(memory.DefaultAllocator)
			build(b, func(int) { b.Append(v) })
		}
	}
	return found
}
