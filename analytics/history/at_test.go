package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
)

// The night of a day is the newest one up to it, if it is less than a week old.
func TestNightOfADay(t *testing.T) {
	dir, j := t.TempDir(), settings(t, "")
	publishNight(t, dir, "2024-03-01", j, nil)
	publishNight(t, dir, "2024-03-20", j, nil)
	for on, want := range map[string]string{
		"2024-02-29": "", "2024-03-01": "2024-03-01", "2024-03-07": "2024-03-01", "2024-03-08": "",
		"2024-03-19": "", "2024-03-20": "2024-03-20", "2024-03-26": "2024-03-20", "2024-03-27": "",
	} {
		n, err := history.At(dir, name, day(t, on))
		require.NoError(t, err)
		if want == "" {
			require.Nil(t, n, on)
			continue
		}
		require.NotNil(t, n, on)
		require.Equal(t, want, n.AsOf, on)
		require.Equal(t, day(t, want), n.Day())
	}
}
