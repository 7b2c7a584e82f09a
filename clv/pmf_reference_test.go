package clv

import (
	"encoding/csv"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Counts and survival under the beta-geometric models, at parameters from 1e-9 to
// 1e12 and from next to no time to a very long one, against 40 digits.
// testdata/pmf.py made the table and shows it.
func TestBetaGeometricCounts(t *testing.T) {
	file, err := os.Open("testdata/pmf.csv")
	require.NoError(t, err)
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	for i, record := range records[1:] {
		a, b, s := parseReference(t, record[0]), parseReference(t, record[1]), parseReference(t, record[2])
		u, n, want := parseReference(t, record[3]), parseReference(t, record[5]), parseReference(t, record[6])
		c := newSurvivor(a, b, s, 1)
		if record[4] == "pmf" {
			requireClose(t, want, c.pmf(n, u, 0), 1e-12, "line %d: %v", i+2, record)
		} else {
			// At s = 1e12 the counts that matter are 1e26 +- 1e20, and their
			// last digits 1e10.
			requireClose(t, want, c.survival(u, 0), 1e-10, "line %d: %v", i+2, record)
		}
	}
}

// The counts of a new customer of BG/NBD in 39 weeks and in other times, and of
// MBG/NBD, to ten digits (clv-models.md, 2.5; the latter by BTYDplus 1.2.0).
func TestPublishedCounts(t *testing.T) {
	bg := model(t, "bg-nbd", 0.243, 4.414, 0.793, 2.426)
	for n, p := range []float64{.5737863521, .1993952808, .0854297595, .0458603539} {
		want{p, 1e-10}.require(t, bg.PMF(float64(n), 39), "BG/NBD, n=%d", n)
	}
	requireClose(t, 1.07868964e-07, bg.PMF(10, 2), 5e-9)
	for i, p := range []float64{
		.0019995214, .0015170236, .0011633150, .0009003148, .0007023638,
		.0005517902, .0004361913, .0003467171, .0002769613, .0002222260,
	} {
		want{p, 1e-10}.require(t, bg.PMF(float64(11+i), 30), "BG/NBD, n=%d", 11+i)
	}
	mbg := model(t, "mbg-nbd", 0.525, 6.183, 0.891, 1.614)
	for n, p := range []float64{.5824731895, .1827830773, .0868948257, .0485704430, .0297741486} {
		want{p, 1e-10}.require(t, mbg.PMF(float64(n), 39), "MBG/NBD, n=%d", n)
	}
}
