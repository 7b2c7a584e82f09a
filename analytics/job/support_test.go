package job_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// minimal has the required keys and nothing else.
const minimal = `name: shop
sources:
  - path: a.csv
    columns: {customer: c, time: t, amount: a}
`

// noon is the clock of the tests.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

// parse reads text that must be a valid job.
func parse(t *testing.T, text string, overrides ...string) *job.Job {
	t.Helper()
	j, err := job.Parse("conf/shop.yaml", []byte(text), overrides, noon)
	require.NoError(t, err)
	return j
}

// refused reads text that must not be a valid job and gives the message.
func refused(t *testing.T, text string, overrides ...string) string {
	t.Helper()
	j, err := job.Parse("f.yaml", []byte(text), overrides, noon)
	require.Nil(t, j)
	var all job.Errors
	require.ErrorAs(t, err, &all)
	require.NotEmpty(t, all)
	return err.Error()
}
