package pictures_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/pictures"
	"clientele/analytics/publication"
)

// made are the two nights of the bundled shop, published once for all tests.
var made struct {
	sync.Once
	dir string
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(made.dir)
	os.Exit(code)
}

// shop opens the second night of the bundled shop, and the first.
func shop(t *testing.T) (night, before *publication.Publication) {
	t.Helper()
	made.Do(func() {
		if made.dir, made.err = os.MkdirTemp("", "pictures"); made.err != nil { //nolint:usetesting // it outlives the test that asks first
			return
		}
		for _, day := range []string{"2026-05-31", "2026-06-30"} {
			if made.err = publish(t, made.dir, "as_of="+day); made.err != nil {
				return
			}
		}
	})
	require.NoError(t, made.err)
	return opened(t, filepath.Join(made.dir, "shop", "2026-06-30"))
}

// publish runs the bundled job.
func publish(t *testing.T, dir string, overrides ...string) error {
	t.Helper()
	j, err := job.Load("../../testdata/shop.yaml", append(overrides, "output.dir="+dir), func() time.Time { return time.Time{} })
	if err != nil {
		return err
	}
	_, err = analytics.Run(t.Context(), j, analytics.Options{Threads: 2, SpillDir: t.TempDir()})
	return err
}

func opened(t *testing.T, path string) (night, before *publication.Publication) {
	t.Helper()
	night, err := publication.Open(path)
	require.NoError(t, err)
	before, err = night.OpenPrevious()
	require.NoError(t, err)
	return night, before
}

// picture draws one picture of the shop.
func picture(t *testing.T, name string) pictures.Picture {
	t.Helper()
	night, before := shop(t)
	p, err := pictures.Of(night, before, name, pictures.Options{})
	require.NoError(t, err)
	return p
}

// row is a row of a CSV file, by the names of its columns.
type row map[string]string

func (r row) number(t *testing.T, column string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(r[column], 64)
	require.NoError(t, err, "column %s of %v", column, r)
	return v
}

// halfCent and halfPlace are what the CSV files leave out: money has two places in them, and
// shares and chances have four.
const halfCent, halfPlace = 0.005 + 1e-9, 0.00005 + 1e-9

func rowsOf(t *testing.T, text []byte) (rows []row) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	for _, cells := range all[1:] {
		r := row{}
		for i, name := range all[0] {
			r[name] = cells[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// file reads a CSV file of a publication, without the program's own readers.
func file(t *testing.T, p *publication.Publication, name string) []row {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.Path, name))
	require.NoError(t, err)
	return rowsOf(t, text)
}

// tableOf is the table behind a picture, as a program reads it.
func tableOf(t *testing.T, p pictures.Picture) []row {
	t.Helper()
	var text bytes.Buffer
	require.NoError(t, p.Table.WriteCSV(&text))
	return rowsOf(t, text.Bytes())
}
