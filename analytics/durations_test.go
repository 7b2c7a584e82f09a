package analytics_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever length of time the job file takes, a night can be run by: every key by
// every unit, and by every word that may stand in place of a length. A night has a value
// of each key.
func TestEveryLengthOfTimeRuns(t *testing.T) {
	file := programmeShop(t)
	words := map[string][]string{
		"rfm.window":              {"all"},
		"clv.horizon":             {"forever"},
		"stages.stability.tenure": {"auto"},
		"stages.lost.silence":     {"auto"},
		"stages.interests.window": {"all"},
		"tiers.window":            {"calendar-year", "membership-year", "tier-year", "lifetime"},
		"tiers.term":              nil,
		"tiers.grace":             {"none"},
		"tiers.warn":              {"none"},
		"guard.age":               nil,
	}
	for k := range 9 { // as many as tiers.window may be
		together := []string{}
		for _, key := range slices.Sorted(maps.Keys(words)) {
			if values := append(words[key], "40 days", "6 weeks", "2 months", "1 year", "100 years"); k < len(values) {
				together = append(together, key+"="+values[k])
			}
		}
		t.Run(strings.Join(together, ","), func(t *testing.T) {
			for _, night := range []string{"2026-03-01", "2026-03-02"} {
				publishJob(t, file, append([]string{
					"as_of=" + night, "output.dir=" + t.TempDir(), "rfm={}", "clv={model: nbd}", "stages={}", "sources.0.columns.category=customer",
				}, together...)...)
			}
		})
	}
}

// Without warnings of a fall there are none, and the file says so.
func TestWarnNone(t *testing.T) {
	file := programmeShop(t)
	r := publishJob(t, file, "as_of=2026-03-15", "tiers.warn=1 year")
	require.NotEmpty(t, tableOf(t, r.Path, "tiers_warnings.csv"))
	r = publishJob(t, file, "as_of=2026-03-15", "tiers.warn=none")
	require.Empty(t, tableOf(t, r.Path, "tiers_warnings.csv"))
	require.Zero(t, r.Tiers.Warnings)
}

// tierCase copies a case of the shared folder, whose runs are to be tried, and
// returns its job file.
func tierCase(t *testing.T, name string) string {
	t.Helper()
	from := filepath.Join("..", "..", "shared", "cases", name)
	if _, err := os.Stat(from); err != nil {
		t.Skip("no ../shared/cases beside the repository: ", err)
	}
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(from)))
	return filepath.Join(dir, "job.yaml")
}

func TestCaseWarnNone(t *testing.T) {
	r := publishJob(t, tierCase(t, "case31"))
	require.Empty(t, tableOf(t, r.Path, "tiers_warnings.csv"))
	require.Zero(t, r.Tiers.Warnings)
}

// The purchase that made a member does not count at the review of its own term.
func TestCaseTermsFromThe31st(t *testing.T) {
	file := tierCase(t, "case34")
	left := map[string]string{}
	for _, night := range []string{"2023-08-01", "2023-09-02", "2025-01-01"} {
		for _, c := range tableOf(t, publishJob(t, file, "as_of="+night).Path, "tiers_delta.csv") {
			require.NotEqual(t, "renew", c["op"], c)
			if c["op"] == "leave" {
				left[c["customer_id"]] = c["effective"]
			}
		}
	}
	require.Equal(t, map[string]string{"aug28": "2024-02-28", "aug31": "2024-02-29", "sep01": "2024-03-01"}, left)
}
