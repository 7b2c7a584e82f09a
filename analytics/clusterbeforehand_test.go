package analytics_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// nobody is the address of a server that is not there.
func nobody(t *testing.T) string {
	t.Helper()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, gone.Close())
	return gone.Addr().String()
}

// Whatever the job file and the files of this machine tell by themselves is told before anybody
// waits for a server.
func TestMistakesAreToldBeforeTheClusterIsAsked(t *testing.T) {
	const columns = "    columns: {customer: id, time: day, amount: amount}\n"
	for name, c := range map[string]struct{ source, more, want string }{
		"expression":        {"    columns: {customer: id, time: day, amount: amount / 0.9}\n", "", "job.yaml:6:48: sources.0.columns.amount: has a division by something else"},
		"function":          {columns + "    where: upper(shop) = 'X'\n", "", "job.yaml:7:12: sources.0.where: has upper of a column"},
		"key of a join":     {columns + "    join: [{path: people.csv, on: {left: 'upper(id)', right: id}}]\n", "", "sources.0.join.0.on: has upper of a column"},
		"file of a join":    {columns + "    join: [{path: none.csv, on: id}]\n", "", `sources.0.join.0.path: no such file "none.csv"`},
		"pattern of times":  {columns + "    dates: '%d %B %Y'\n", "", `sources.0.dates: "%d %B %Y" has parts that are not read on Spark`},
		"no pattern":        {columns + "    dates: '%d.%m.%Q'\n", "", `"%d.%m.%Q" is no pattern of strptime`},
		"file of rates":     {"    columns: {customer: id, time: day, amount: amount, currency: c}\n", "currency: CHF\nrates: none.csv\n", "none.csv"},
		"rule of a segment": {columns, "activation: {campaigns: [{name: a, audience: 'nothing > 1', channels: [phone], starts: 2024-03-01, ends: 2024-04-01, cost: 1}]}\n", `customers have no column "nothing"`},
		"pins":              {columns, "tiers: {levels: [{name: gold, qualify: {spend: 1}}], pins: none.csv}\n", "none.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "people.csv"), []byte("id,town\na,Bern\n"), 0o600))
			text := "name: small\nas_of: 2024-02-01\nengine: {spark: 'sc://" + nobody(t) + "', stage: " + t.TempDir() + "}\n" +
				"sources:\n  - path: lines.csv\n" + c.source + c.more
			file := filepath.Join(dir, "job.yaml")
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			j, err := job.Load(file, nil, time.Now)
			require.NoError(t, err)
			ctx, stop := context.WithCancelCause(t.Context())
			o := analytics.Options{SpillDir: t.TempDir(), Waiting: func(error, time.Duration) { stop(errors.New("the server is waited for")) }}
			_, err = analytics.Run(ctx, j, o)
			require.ErrorContains(t, err, c.want)
			if name != "pins" { // a check has no use for them
				_, err = analytics.Check(ctx, j, o)
				require.ErrorContains(t, err, c.want)
			}
		})
	}
}
