package pictures_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/pictures"
	"clientele/internal/chart"
)

func TestBarsCountScores(t *testing.T) {
	night, _ := shop(t)
	want := count(file(t, night, "customers.csv"), func(r row) string { return r["r"] + r["f"] + r["m"] })
	p := picture(t, pictures.RFMBars)
	got := map[string]int{}
	for _, r := range tableOf(t, p) {
		got[r["r"]+r["f"]+r["m"]] = int(r.number(t, "customers"))
	}
	require.Equal(t, want, got)
	form := p.Figure.Form.(chart.Facets)
	require.InDelta(t, want["155"], form.Bars[0][0][4], 0, "frequency goes up, recency to the right, money within")
	require.InDelta(t, want["511"], form.Bars[4][4][0], 0)
}

// Every customer is in the one bin of each picture that the file says.
func TestPairsCountAllCustomers(t *testing.T) {
	night, _ := shop(t)
	customers := file(t, night, "customers.csv")
	within := func(bin row, name string, v float64) bool {
		from, below := math.Inf(-1), math.Inf(1)
		if bin[name+"_from"] != "" {
			from = bin.number(t, name+"_from")
		}
		if bin[name+"_below"] != "" {
			below = bin.number(t, name+"_below")
		}
		return v >= from && v < below
	}
	for name, columns := range map[string][2]string{
		pictures.RecencyMonetary: {"recency_days", "monetary"}, pictures.FrequencyMonetary: {"frequency", "monetary"}, pictures.RecencyFrequency: {"recency_days", "frequency"},
	} {
		bins, sum := tableOf(t, picture(t, name)), 0
		for _, bin := range bins {
			n := 0
			for _, c := range customers {
				if within(bin, columns[0], c.number(t, columns[0])) && within(bin, columns[1], c.number(t, columns[1])) {
					n++
				}
			}
			require.InDelta(t, n, bin.number(t, "customers"), 0, "%s: %v", name, bin)
			sum += n
		}
		require.Equal(t, len(customers), sum, name)
		grid := picture(t, name).Figure.Form.(chart.Grid)
		require.LessOrEqual(t, max(len(grid.Rows), len(grid.Columns)), 30, name)
	}
}
