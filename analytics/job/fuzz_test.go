package job_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// Whatever the text: no panic, and either a job or violations that each fit on
// a line, say where they are and say something.
func FuzzParse(f *testing.F) {
	everyKey, err := os.ReadFile("testdata/every-key.yaml")
	require.NoError(f, err)
	f.Add(string(everyKey), "tiers.levels.2.limit.by=f")
	f.Add(minimal, "rfm.bins=5")
	f.Add(minimal+"tiers:\n  - {name: a, qualify: {spend: 5}, limit: {share: 0.1}}\n", "tiers.0.limit.by=orders")
	f.Add("name: &n shop\nsources: [*n, {path: a, columns: {customer: c, attributes: {b: c}}}]\n", "sources.1={")
	f.Add("name: |\n  shop\n? [a]\n: !!str 2\n<<: *x\n", `output="a`)
	f.Fuzz(func(t *testing.T, text, override string) {
		j, err := job.Parse("f.yaml", []byte(text), []string{override}, noon)
		if err == nil {
			require.NotEmpty(t, j.Name)
			require.NotEmpty(t, j.Sources)
			return
		}
		require.Nil(t, j)
		var all job.Errors
		require.ErrorAs(t, err, &all)
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
		for _, v := range all {
			require.NotEmpty(t, v.Message)
			require.NotContains(t, v.String(), "\n")
			require.LessOrEqual(t, v.At.Line, lines)
			if v.At.Line == 0 {
				require.Contains(t, v.At.File, "--set")
			} else {
				require.Positive(t, v.At.Column)
			}
		}
	})
}
