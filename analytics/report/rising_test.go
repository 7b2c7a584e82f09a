package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

// TestWhoIsCloseToRising holds those who are named as near the next tier against their
// purchase days, the job's levels and the spend that is expected of them.
func TestWhoIsCloseToRising(t *testing.T) {
	n := bundledShop(t).second
	s, rows := secondReading(t, n), readPage(t, n.page).tables["rising"]
	p, err := publication.Open(n.publication)
	require.NoError(t, err)
	require.Greater(t, len(rows), 1)
	customers := map[string]map[string]string{}
	for _, c := range s.csv("customers.csv") {
		customers[c["customer_id"]] = c
	}
	for _, row := range rows[1:] {
		c := customers[row[0]]
		require.Equal(t, s.tier(c["tier"]), row[1])
		of, err := p.ReadPurchases(row[0])
		require.NoError(t, err)
		days, spend := 0, 0.
		for k, day := range of.Days {
			if dayText(day) >= row[7] {
				days, spend = days+1, spend+of.Spend[k].Float()
			}
		}
		need := s.asked(row[2], row[6])
		switch row[6] {
		case "spend":
			require.Equal(t, []string{commas(need-spend, 2), commas(spend, 2), commas(need, 2)}, row[3:6], row[0])
			require.LessOrEqual(t, need-spend, s.num(c["expected_spend"]))
		case "orders":
			require.Equal(t, []string{"1", commas(float64(days), 0), commas(need, 0)}, row[3:6], row[0])
		default:
			t.Fatalf("the job has no level that asks for %s", row[6])
		}
	}
}

// asked is what a level of the job asks for.
func (s *second) asked(level, metric string) float64 {
	for _, l := range at(s.run, "settings", "tiers", "levels").([]any) {
		if at(l, "name") == level {
			return number(s.t, at(l, "qualify", metric))
		}
	}
	s.t.Fatalf("the job has no level %s", level)
	return 0
}

// dayText is a day since 1970-01-01, as people write it.
func dayText(day int32) string {
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format(time.DateOnly)
}
