package ledger_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// documentedTime is a line of the table of times in docs/exports.md.
type documentedTime struct{ written, means, zone string }

func documentedTimes(t *testing.T) (all []documentedTime) {
	t.Helper()
	page, err := os.ReadFile("../../docs/exports.md")
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(page), "\n## Times\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.TrimSpace(line), " |")
		if written := strings.Trim(cells[0], "| `"); len(cells) == 4 && strings.HasPrefix(cells[0], "| `2") || strings.Contains(cells[0], "`") && len(cells) == 4 {
			if strings.Contains(written, "4") {
				all = append(all, documentedTime{written, strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])})
			}
		}
	}
	return all
}

// Every way to write times that the documentation names is read as a whole column, to the
// hour: in two zones between which midnight lies.
func TestDocumentedTimes(t *testing.T) {
	all := documentedTimes(t)
	require.Greater(t, len(all), 45)
	for _, c := range all {
		t.Run(c.written, func(t *testing.T) {
			s := newShop(t)
			times := []string{c.written, " " + c.written + " ", c.written}
			if day, err := time.Parse(time.DateOnly, c.means); err == nil {
				want := day.Format(time.DateOnly)
				require.Equal(t, []string{want, want, want}, s.days(times, "Pacific/Auckland", c.zone))
				return
			}
			instant, err := time.Parse(time.RFC3339, c.means)
			require.NoError(t, err)
			for _, hours := range midnight(instant) {
				want := instant.In(time.FixedZone("", hours*3600)).Format(time.DateOnly)
				zone, source := fmt.Sprintf("Etc/GMT%+d", -hours), c.zone
				if source == "" {
					source = "UTC"
				}
				require.Equal(t, []string{want, want, want}, s.days(times, zone, source), zone)
			}
		})
	}
}

// midnight gives two offsets from UTC, in hours, between which a time is of two days.
func midnight(at time.Time) [2]int {
	h := at.UTC().Hour()
	if h < 12 {
		return [2]int{-h, -h - 1}
	}
	return [2]int{24 - h, 23 - h}
}
