package rfm

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// golden reads a table of the R package rfm 0.3.0: one row per customer with
// recency_days, transaction_count, amount and R's scores.
func golden(t *testing.T, name string) func(column string) []float64 {
	t.Helper()
	file, err := os.Open("../../../shared/data/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("reference data are not here: " + name)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, file.Close()) })
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	return func(column string) []float64 {
		values := make([]float64, 0, len(rows)-1)
		for at, header := range rows[0] {
			if header != column {
				continue
			}
			for _, row := range rows[1:] {
				v, err := strconv.ParseFloat(row[at], 64)
				require.NoError(t, err)
				values = append(values, v)
			}
		}
		require.NotEmpty(t, values, column)
		return values
	}
}

func counts(scores []int8) []int {
	size := make([]int, 5)
	for _, s := range scores {
		size[s-1]++
	}
	return size
}

// TestOrdersScoreAsInR needs no tolerance: R's frequency quantiles on these
// data are whole, so that `x < q+1` there is `x ≤ q` here. Counts by score were
// published with the data (R rfm 0.3.0).
func TestOrdersScoreAsInR(t *testing.T) {
	tests := []struct {
		file   string
		edges  []float64 // R shows these plus 1
		counts []int
	}{
		{"uci-online-retail.rfm-r-golden.csv", []float64{1, 2, 3, 6}, []int{1493, 835, 508, 802, 700}},
		{"rfm-r-orders.golden-0.3.0.csv", []float64{3, 4, 5, 7}, []int{268, 187, 176, 244, 120}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			get := golden(t, tt.file)
			orders := get("transaction_count")
			c, _, err := Fit("", get("recency_days"), orders, get("amount"), Options{})
			require.NoError(t, err)
			require.Equal(t, tt.edges, c.Frequency)
			require.Equal(t, tt.counts, counts(c.Score(nil, orders, nil).F))
		})
	}
}

// TestSpendAndRecencyStayNextToR bounds the known difference: edges of type 1
// against type 7 plus 1 move customers near an edge, by one score.
func TestSpendAndRecencyStayNextToR(t *testing.T) {
	for _, file := range []string{"uci-online-retail.rfm-r-golden.csv", "rfm-r-orders.golden-0.3.0.csv"} {
		t.Run(file, func(t *testing.T) {
			get := golden(t, file)
			days, orders, amount := get("recency_days"), get("transaction_count"), get("amount")
			c, warnings, err := Fit("", days, orders, amount, Options{})
			require.NoError(t, err)
			require.Empty(t, warnings)
			s := c.Score(days, orders, amount)
			r, m := get("recency_score"), get("monetary_score")
			moved := 0
			for i := range days {
				require.InDelta(t, r[i], float64(s.R[i]), 1)
				require.InDelta(t, m[i], float64(s.M[i]), 1)
				if r[i] != float64(s.R[i]) || m[i] != float64(s.M[i]) {
					moved++
				}
			}
			require.Less(t, moved, len(days)/50, "customers that score differently")
		})
	}
}
