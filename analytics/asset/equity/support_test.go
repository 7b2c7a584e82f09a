package equity_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the second reader
	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/asset/equity"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// bundled is the job of the bundled shop.
var bundled = filepath.Join("..", "..", "..", "testdata", "shop.yaml")

// publish does a night of a job into a folder.
func publish(t *testing.T, file, out, night string, settings ...string) *publication.Publication {
	t.Helper()
	j, err := job.Load(file, append([]string{"output.dir=" + out, "as_of=" + night}, settings...), time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir(), Version: "test"})
	require.NoError(t, err)
	return opened(t, r.Path)
}

func opened(t *testing.T, path string) *publication.Publication {
	t.Helper()
	p, err := publication.Open(path)
	require.NoError(t, err)
	return p
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
}

func read(t *testing.T, p *publication.Publication) equity.Ledger {
	t.Helper()
	l, err := equity.Read(p)
	require.NoError(t, err)
	return l
}

func sum(amounts ...money.Amount) (all money.Amount) {
	for _, a := range amounts {
		all = all.Plus(a)
	}
	return all
}

// requireCloses holds a ledger to itself: every group closes, and the groups of each kind add
// up to the total, line by line, but for those who moved between them, who cancel.
func requireCloses(t *testing.T, l equity.Ledger) {
	t.Helper()
	total, kinds := l.Total(), map[string]equity.Lines{}
	require.Equal(t, [2]money.Amount{}, [2]money.Amount{total[equity.MovedIn], total[equity.MovedOut]})
	for _, g := range l {
		require.Equal(t, money.Amount{}, g.Lines.Left(), "%s %s", g.Kind, g.Name)
		of := kinds[g.Kind]
		for _, line := range equity.All {
			of[line] = of[line].Plus(g.Lines[line])
		}
		kinds[g.Kind] = of
	}
	for kind, of := range kinds {
		require.Equal(t, money.Amount{}, sum(of[equity.MovedIn], of[equity.MovedOut]), kind)
		of[equity.MovedIn], of[equity.MovedOut] = money.Amount{}, money.Amount{}
		require.Equal(t, total, of, kind)
	}
}

// amounts asks DuckDB, which knows nothing of this program, for amounts by name.
func amounts(t *testing.T, query string, args ...any) map[string]money.Amount {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), query, args...)
	require.NoError(t, err)
	defer rows.Close()
	found := map[string]money.Amount{}
	for rows.Next() {
		var name, text string
		require.NoError(t, rows.Scan(&name, &text))
		var a money.Amount
		require.NoError(t, a.UnmarshalText([]byte(text)))
		found[name] = a
	}
	require.NoError(t, rows.Err())
	return found
}
