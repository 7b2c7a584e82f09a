package analytics_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

// Nights that were missed make no difference: stages after five nights are
// those after one run that catches up, and so is what the next night goes on
// from. One of them is a Sunday, on which the shop's rhythm is fitted anew.
func TestStagesCatchUp(t *testing.T) {
	shop := filepath.Join("..", "testdata", "shop.yaml")
	daily, once := t.TempDir(), t.TempDir()
	run := func(dir, night string) string {
		return publishJob(t, shop, "output.dir="+dir, "output.formats=[csv]", "clv=off", "tiers=off", "rfm=off", "as_of="+night).Path
	}
	run(daily, "2026-05-29")
	run(once, "2026-05-29")
	var last string
	for night := time.Date(2026, 5, 30, 0, 0, 0, 0, time.UTC); night.Day() != 4; night = night.AddDate(0, 0, 1) {
		last = run(daily, night.Format(time.DateOnly))
	}
	caughtUp := run(once, "2026-06-03")
	for _, file := range []string{"customers.csv", publication.PanelFile, publication.StateFile} {
		want, err := os.ReadFile(filepath.Join(caughtUp, file))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(last, file))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), file)
	}
}

// Stages remember: who is in decline since an earlier night still is, since then.
func TestStagesRemember(t *testing.T) {
	shop, dir := filepath.Join("..", "testdata", "shop.yaml"), t.TempDir()
	since := map[string]string{}
	for _, night := range []string{"2026-06-01", "2026-06-30"} {
		kept, changed := 0, 0
		r := publishJob(t, shop, "output.dir="+dir, "output.formats=[csv]", "clv=off", "tiers=off", "rfm=off", "as_of="+night)
		for _, row := range customersOf(t, r) {
			require.LessOrEqual(t, row["stage_since"], night)
			before, known := since[row["customer_id"]+row["stage"]]
			switch {
			case known && before == row["stage_since"]:
				kept++
			case known: // left and came back
			case night == "2026-06-30":
				require.Greater(t, row["stage_since"], "2026-06-01", row["customer_id"])
				changed++
			}
			since[row["customer_id"]+row["stage"]] = row["stage_since"]
		}
		if night == "2026-06-30" {
			require.Positive(t, kept)
			require.Positive(t, changed)
		}
	}
}
