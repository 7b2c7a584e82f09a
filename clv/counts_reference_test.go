package clv

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The models of countModels over tiny, huge and equal parameters, gamma = 1 and
// up to 2e5 opportunities, against sums term by term with 50 digits, which
// testdata/counts.py made and shows.
func TestCounts(t *testing.T) {
	file, err := os.Open("testdata/counts.csv")
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for i, record := range records[1:] {
		var theta []float64
		for text := range strings.FieldsSeq(record[1]) {
			theta = append(theta, parseReference(t, text))
		}
		m := model(t, record[0], theta...)
		v := make(map[string]float64)
		for j, text := range record {
			if j > 1 && records[0][j] != "what" {
				v[records[0][j]] = parseReference(t, text)
			}
		}
		requireCounts(t, m, record[5], v, "line %d: %v", i+2, record)
	}
}

// parseReference reads a number, as 0 where it is below the smallest float64.
func parseReference(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		require.ErrorIs(t, err, strconv.ErrRange)
	}
	return v
}

// requireCounts compares one line of the table.
func requireCounts(t *testing.T, m *Model, what string, v map[string]float64, line ...any) {
	t.Helper()
	x, tx, end, h, want := v["x"], v["tx"], v["t"], v["h"], v["value"]
	var got float64
	switch what {
	case "ll":
		got = m.LogLikelihood(x, tx, end)
	case "p_alive":
		got = m.PAlive(x, tx, end)
	case "ahead":
		got, _ = m.after(x).ahead(h, v["delta"], end)
	case "time":
		_, got = m.after(x).ahead(h, v["delta"], end)
	case "pmf":
		got = m.after(x).pmf(v["n"], h, end)
	case "later":
		got = m.after(x).survival(h, end)
	}
	tolerance := 2e-12 * math.Abs(want)
	switch {
	case what == "ll": // of which the exponential counts
		tolerance += 1e-14
	case want < 1e-290: // floats lose digits there
		tolerance = 1e-300
	}
	require.InDelta(t, want, got, tolerance, line...)
}
