package clv

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// readTable reads a CSV file of ../../shared as maps from column to text, and
// skips the test where the shared data are not at hand.
func readTable(t *testing.T, path ...string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(append([]string{"..", "..", "shared"}, path...)...))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("no reference data here: %v", err)
	}
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = make(map[string]string, len(record))
		for j, name := range records[0] {
			rows[i][name] = record[j]
		}
	}
	return rows
}

// number reads a cell. One below the smallest float64 (1e-858) comes out as 0,
// which is what the models should give for it too.
func number(t *testing.T, row map[string]string, column string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(row[column], 64)
	if !errors.Is(err, strconv.ErrRange) {
		require.NoError(t, err)
	}
	return v
}

// requireClose wants got within tolerance of want, relative to its size.
func requireClose(t *testing.T, want, got, tolerance float64, what ...any) {
	t.Helper()
	require.InDelta(t, want, got, tolerance*math.Abs(want), what...)
}

// TestGolden holds the models to 60-digit arithmetic over huge, tiny and equal
// parameters, a = 1, x up to 10,000 and t up to 1e5 (shared/golden).
func TestGolden(t *testing.T) {
	for _, test := range []struct{ model, file string }{{"pareto-nbd", "pnbd.csv"}, {"bg-nbd", "bgnbd.csv"}, {"mbg-nbd", "mbgnbd.csv"}} {
		t.Run(test.model, func(t *testing.T) {
			for i, row := range readTable(t, "golden", test.file) {
				at := func(column string) float64 { return number(t, row, column) }
				f, err := familyOf(test.model)
				require.NoError(t, err)
				var theta []float64
				for _, param := range f.params {
					theta = append(theta, at(param.name))
				}
				m := model(t, test.model, theta...)
				x, tx, end := at("x"), at("t_x"), at("T")

				ll := at("ll")
				require.InDelta(t, ll, m.LogLikelihood(x, tx, end), 1e-12*max(1, math.Abs(ll)), "row %d %v", i, row)
				requireGolden(t, at("p_alive"), m.PAlive(x, tx, end), i)
				if _, found := row["cet_39"]; found {
					requireGolden(t, at("cet_39"), m.CET(39, x, tx, end), i)
				}
				if test.model == "pareto-nbd" {
					requireGolden(t, at("cet_52"), m.CET(52, x, tx, end), i)
					requireGolden(t, at("dert_0.0027"), m.DECT(math.Inf(1), 0.0027, x, tx, end), i)
				}
			}
		})
	}
}

// requireGolden wants eleven digits where a float64 has them all.
func requireGolden(t *testing.T, want, got float64, row int) {
	t.Helper()
	if want < 1e-300 {
		require.InDelta(t, want, got, 1e-300, "row %d", row)
		return
	}
	requireClose(t, want, got, 1e-11, "row %d", row)
}
