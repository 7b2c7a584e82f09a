package job_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func TestMetricsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/tiers.md")
	require.NoError(t, err)
	_, list, found := strings.Cut(string(text), "\nMetrics: ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	for _, m := range job.Metrics() {
		require.Contains(t, list, "`"+m.Name+"`")
	}
}

// A metric is refused where what it depends on is off, and its section is named.
func TestMetricsNeedTheirSection(t *testing.T) {
	for _, m := range job.Metrics() {
		text := minimal + "rfm: off\nclv: off\npyramid: off\ntiers: [{name: a, qualify: {" + m.Name + ": 1}}]\n"
		if m.From == "" {
			require.Len(t, parse(t, text).Tiers.Levels, 1)
			continue
		}
		require.Contains(t, refused(t, text), `"`+m.Name+`" needs `+m.From)
		require.Contains(t, []string{"rfm", "clv"}, m.Section())
	}
}
