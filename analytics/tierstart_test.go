package analytics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The first night knows what runs on every other night from the first day of the
// exports on would know: tier, since when, until when, how and why. That the nights
// between make no difference is shown by TestDailyRunsEqualOneCatchUp.
func TestAFirstNightIsAllNightsBeforeIt(t *testing.T) {
	file := programmeShop(t)
	often := t.TempDir()
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	since := map[string]bool{}
	const end = 78
	for day := range end + 1 {
		if day%2 == 1 && day != end-1 { // a pin counts from the day after the last night on
			continue
		}
		night := "as_of=" + first.AddDate(0, 0, day).Format(time.DateOnly)
		pins := "tiers.apply=next-review"
		if day == end {
			pins = "tiers.pins=pins.csv"
		}
		// What the first of all nights is makes no difference to the others.
		last := publishJob(t, file, night, pins, "output.dir="+often, "tiers.start=tonight")
		if day%26 != 0 {
			continue
		}
		once := publishJob(t, file, night, pins, "output.dir="+t.TempDir())
		require.Equal(t, programmes(t, last.Path), programmes(t, once.Path), night)
		members := 0
		for _, row := range tableOf(t, once.Path, "customers.csv") {
			if row["tier"] != "" {
				members++
				since[row["tier_since"]] = true
			}
		}
		delta := tableOf(t, once.Path, "tiers_delta.csv")
		require.Len(t, delta, members)
		for _, c := range delta {
			require.Empty(t, c["from"])
		}
		require.Equal(t, tableOf(t, last.Path, "tiers_warnings.csv"), tableOf(t, once.Path, "tiers_warnings.csv"))
	}
	require.Greater(t, len(since), 3)
}

// Without the history everybody is a member since the first night, and all terms
// end on one day.
func TestStartTonight(t *testing.T) {
	file := programmeShop(t)
	r := publishJob(t, file, "as_of=2026-02-10", "tiers.start=tonight")
	members := 0
	for _, row := range customersOf(t, r) {
		if row["tier"] != "" {
			members++
			require.Equal(t, []string{"2026-02-10", "2026-03-10"}, []string{row["tier_since"], row["tier_until"]})
		}
	}
	require.Equal(t, 3, members)
}

// A programme that is switched on later begins like any other, whatever was
// published before it.
func TestAProgrammeThatComesLaterIsReplayedToo(t *testing.T) {
	file := programmeShop(t)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	plain := filepath.Join(filepath.Dir(file), "plain.yaml")
	without, _, _ := strings.Cut(string(text), "tiers:")
	require.NoError(t, os.WriteFile(plain, []byte(without), 0o600))
	out := "output.dir=" + t.TempDir()
	publishJob(t, plain, "as_of=2026-02-09", out)
	later := publishJob(t, file, "as_of=2026-02-10", out)
	alone := publishJob(t, file, "as_of=2026-02-10", "output.dir="+t.TempDir())
	require.Equal(t, programmes(t, alone.Path), programmes(t, later.Path))
	require.NotContains(t, fmt.Sprint(programmes(t, later.Path)), "2026-02-10 enter")
}
