package job_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/publication/column"
)

func TestMetricsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/tiers.md")
	require.NoError(t, err)
	_, list, found := strings.Cut(string(text), "\nMetrics: ")
	require.True(t, found)
	list, _, _ = strings.Cut(list, "\n\n")
	for _, name := range job.Metrics() {
		require.Contains(t, list, "`"+name+"`")
	}
}

// A metric is refused where what it depends on is off, and its section is named.
func TestMetricsNeedTheirSection(t *testing.T) {
	for _, name := range job.Metrics() {
		text := minimal + "rfm: off\nclv: off\npyramid: off\ntiers: [{name: a, qualify: {" + name + ": 1}}]\n"
		c, isColumn := column.Named(column.Metrics, name)
		if !isColumn {
			require.Len(t, parse(t, text).Tiers.Levels, 1)
			continue
		}
		require.Contains(t, refused(t, text), `"`+name+`" needs `+c.Setting())
		require.Contains(t, []string{"rfm", "clv", "rfm.weights"}, c.Setting())
	}
}
