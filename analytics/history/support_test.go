package history_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/lifecycle/outlook"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/scores/rfm"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/segment/lifecycle"
)

const name = "shop"

func day(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

// settings is a small job with more keys, one a line.
func settings(t testing.TB, more string) *job.Job {
	t.Helper()
	text := "name: shop\nsources:\n  - path: exports/*.csv\n    columns: {customer: id, time: at, amount: price * 1}\n" +
		"    where: price > 0 AND note <> '<&>'\n" + more
	j, err := job.Parse("job.yaml", []byte(text), nil, func() time.Time { return day(t, "2024-01-01") })
	require.NoError(t, err)
	return j
}

// cutPoints are cut points that can score, of any night.
func cutPoints(asOf string) *rfm.CutPoints {
	return &rfm.CutPoints{
		AsOf: asOf, Customers: 3, Method: rfm.MethodQuantile, EdgeType: rfm.EdgeType1, Closed: rfm.ClosedRight, Bins: 3,
		Recency: []float64{3, 30}, Frequency: []float64{1, 2}, Monetary: []float64{9.99, 100.01},
	}
}

// publishNight publishes a night of one customer as a run does; cuts nil: any. What
// the job has on has its file and its columns.
func publishNight(t testing.TB, dir, asOf string, j *job.Job, cuts *rfm.CutPoints) string {
	t.Helper()
	files := map[string]any{}
	if j.RFM != nil {
		if cuts == nil {
			cuts = cutPoints(asOf)
		}
		files["cutpoints.json"] = cuts
	}
	if j.CLV != nil {
		files["model.json"] = json.RawMessage(modelFile)
	}
	if j.Stages != nil {
		files[publication.PanelFile] = panel(t, asOf)
	}
	return publishFiles(t, dir, asOf, j, files, oneCustomer(t, asOf))
}

// nothing is the settings of a night that remembers what every night does and no more.
const nothing = "rfm: off\nclv: off\nstages: off\n"

// oneCustomer is a state with all columns, and one customer in it.
func oneCustomer(t testing.TB, asOf string) []publish.Col {
	t.Helper()
	var columns []publish.Col
	for _, c := range column.State {
		col := publish.Col{Name: c.Name}
		switch c.Type {
		case column.Text:
			col.Values = []string{"a"}
		case column.Count:
			col.Values = []int64{1}
		case column.Number:
			col.Values = []float64{1.5}
		case column.Day:
			col.Values = []time.Time{day(t, asOf)}
		case column.Amount:
			col.Values, col.Scale = []decimal128.Num{decimal128.FromI64(1_000_000)}, money.Scale
		}
		columns = append(columns, col)
	}
	return columns
}

// panel is what stages are judged by, of no particular shop.
func panel(t testing.TB, asOf string) lifecycle.Panel {
	t.Helper()
	last := calendar.DayOf(day(t, asOf))
	record, err := lifecycle.Tracker{Forecaster: outlook.Models{}, Workers: 1}.Follow(lifecycle.Purchases{
		Start: []int64{0, 3, 5}, Days: []int32{last - 90, last - 60, last - 31, last - 50, last - 20},
	}, nil, last)
	require.NoError(t, err)
	return record.Panel
}

// publishFiles publishes a night with JSON files and a state of some columns.
func publishFiles(t testing.TB, dir, asOf string, j *job.Job, files map[string]any, state []publish.Col) string {
	t.Helper()
	s, err := publish.Begin(dir, name, day(t, asOf))
	require.NoError(t, err)
	for file, content := range files {
		f, err := s.Create(file)
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(f).Encode(content))
		require.NoError(t, f.Close())
	}
	table, err := publish.NewTable(nil, state...)
	require.NoError(t, err)
	defer table.Release()
	f, err := s.Create(publication.StateFile)
	require.NoError(t, err)
	_, err = publish.WriteParquet(f, table.Schema(), publish.Batches(table), publish.ParquetOptions{RowGroupRows: 2})
	require.NoError(t, err)
	f.Rows(table.NumRows())
	require.NoError(t, f.Close())
	manifest := map[string]any{
		"run_id": "run of " + asOf, "name": name, "as_of": asOf, "settings": j,
		"rows": map[string]any{"read": 3, "used": 2, "rejected": map[string]int{"malformed": 1}}, "customers": table.NumRows(),
		"files": s.Files(), "versions": map[string]string{"clientele": "0.0.9"},
	}
	manifest["manifest_sha256"], err = publication.ChecksumOf(manifest)
	require.NoError(t, err)
	path, err := s.Commit(manifest)
	require.NoError(t, err)
	return path
}

// overwrite damages a file of a publication.
func overwrite(t testing.TB, night, file, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(night, file), []byte(content), 0o600))
}

// forge overwrites a file and has run.json say that it was always so.
func forge(t testing.TB, night, file, content string) {
	t.Helper()
	overwrite(t, night, file, content)
	sum := sha256.Sum256([]byte(content))
	edit(t, night, func(manifest map[string]any) {
		for _, f := range manifest["files"].([]any) {
			if f := f.(map[string]any); f["path"] == file {
				f["sha256"], f["bytes"] = hex.EncodeToString(sum[:]), len(content)
			}
		}
	})
}

// edit changes run.json, checksum and all.
func edit(t testing.TB, night string, change func(manifest map[string]any)) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(night, "run.json"))
	require.NoError(t, err)
	var manifest map[string]any
	require.NoError(t, json.Unmarshal(text, &manifest))
	change(manifest)
	manifest["manifest_sha256"], err = publication.ChecksumOf(manifest)
	require.NoError(t, err)
	var edited bytes.Buffer
	encoder := json.NewEncoder(&edited)
	encoder.SetEscapeHTML(false) // as a run writes it
	require.NoError(t, encoder.Encode(manifest))
	overwrite(t, night, "run.json", edited.String())
}

// wayOut ends every complaint about a night.
func wayOut(night string) string {
	return "; publish that night again (run with --as-of " + night + "), or leave it behind and begin a new history with --fresh"
}

// requireDamage requires that the night before 2024-01-03 cannot be followed.
func requireDamage(t testing.TB, dir, file, want string) {
	t.Helper()
	n, err := history.Before(dir, name, day(t, "2024-01-03"))
	if err == nil {
		err = n.Recall(column.State)
	}
	damage, ok := errors.AsType[*publication.Damage](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, file, damage.File)
	require.Equal(t, "the night before: "+filepath.Join(dir, name, "2024-01-02", file)+": "+want+wayOut("2024-01-02"), err.Error())
}
