package clv

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Purchases and time ahead of a customer who is alive, discounted and not, over
// short, long and endless horizons and parameters at their extremes, against 30
// digits. testdata/ahead.py made the table by another route and shows it.
func TestAhead(t *testing.T) {
	file, err := os.Open("testdata/ahead.csv")
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for i, record := range records[1:] {
		v := make([]float64, len(record))
		for j, text := range record {
			v[j], err = strconv.ParseFloat(text, 64)
			require.NoError(t, err)
		}
		m := betaGeometric{first: v[0], r: v[1], alpha: v[2], a: v[3], b: v[4]}
		purchases, time := m.after(v[5]).ahead(v[7], v[8], v[6])
		requireClose(t, v[9], purchases, 1e-12, "line %d, purchases: %v", i+2, record)
		requireClose(t, v[10], time, 1e-12, "line %d, time: %v", i+2, record)
	}
}
