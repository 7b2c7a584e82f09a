package analytics_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// requireOneNumber reads a whole publication: whoever is warned has the same
// number, asked for on the same day, in customers.
func requireOneNumber(t *testing.T, publication string) (warned int) {
	t.Helper()
	reasons := map[string]string{}
	for _, row := range tableOf(t, publication, "customers.csv") {
		reasons[row["customer_id"]] = row["tier_reason"]
	}
	for _, w := range tableOf(t, publication, "tiers_warnings.csv") {
		if w["status"] == "pinned" {
			continue
		}
		require.Contains(t, reasons[w["customer_id"]], "to keep it on "+w["due"]+": ")
		require.Contains(t, reasons[w["customer_id"]], fmt.Sprintf("%s of %s (so far %s)", w["metric"], w["need"], w["have"]))
		warned++
	}
	return warned
}

func TestReasonsAndWarningsSayOneNumber(t *testing.T) {
	file := programmeShop(t)
	warned := 0
	for day := range 12 {
		night := time.Date(2026, 2, 10, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 5*day)
		warned += requireOneNumber(t, publishJob(t, file, "as_of="+night.Format(time.DateOnly), "tiers.warn=3 weeks").Path)
	}
	require.Greater(t, warned, 10)
}

func TestCaseOneNumberForAReview(t *testing.T) {
	file := tierCase(t, "case46")
	var path string
	for _, night := range []string{"2024-02-27", "2024-03-01", "2025-02-28"} {
		path = publishJob(t, file, "as_of="+night).Path
	}
	require.Equal(t, 1, requireOneNumber(t, path))
	w := tableOf(t, path, "tiers_warnings.csv")[0]
	require.Equal(t, []string{"m", "2025-03-01", "0", "500", "500"}, []string{w["customer_id"], w["due"], w["have"], w["need"], w["shortfall"]})
	left := tableOf(t, publishJob(t, file, "as_of=2025-03-01").Path, "tiers_delta.csv")
	require.Len(t, left, 1)
	require.Equal(t, "spend 0 in the 12 months to 2025-03-01, 500 would have kept silver", left[0]["reason"])
}
