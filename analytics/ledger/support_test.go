package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// shop is a folder with exports and a job file, and an engine to read them.
type shop struct {
	t       testing.TB
	dir     string
	threads int
	engine  engine.Engine // of the plan made last
	outside engine.Engine // makes exports
	cache   string        // folder of one; empty: none yet
}

func newShop(t testing.TB) *shop {
	t.Helper()
	return shopWith(t, 2)
}

// shopWith reads its exports on so many threads.
func shopWith(t testing.TB, threads int) *shop {
	t.Helper()
	s := &shop{t: t, dir: t.TempDir(), threads: threads}
	t.Cleanup(func() {
		for _, e := range []engine.Engine{s.engine, s.outside} {
			if e != nil {
				require.NoError(t, e.Close())
			}
		}
	})
	return s
}

func openEngine(t testing.TB, threads int) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: threads})
	require.NoError(t, err)
	return e
}

// write puts a file into the shop's folder.
func (s *shop) write(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	require.NoError(s.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(s.t, os.WriteFile(path, []byte(content), 0o600))
}

// sql runs a statement that makes an export.
func (s *shop) sql(statement string) {
	s.t.Helper()
	if s.outside == nil {
		s.outside = openEngine(s.t, 1)
	}
	require.NoError(s.t, s.outside.Exec(s.t.Context(), statement))
}

// copyTo has the engine write the rows of a query to an export.
func (s *shop) copyTo(name, query, options string) {
	s.t.Helper()
	s.sql("COPY (" + query + ") TO " + engine.Literal(filepath.Join(s.dir, name)) + " (" + options + ")")
}

// head is the start of a job file whose night is long after every export.
const head = "name: shop\nas_of: 2030-01-01\n"

// columns are the usual mapping of a source.
const columns = "{customer: id, time: day, amount: amount}"

// source is the part of a job file about one source with the usual mapping.
func source(path string, more ...string) string {
	return "  - path: " + path + "\n    columns: " + columns + "\n" + indented(more)
}

func indented(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("    " + l + "\n")
	}
	return b.String()
}

// job reads a job file that stands in the shop's folder as job.yaml. Unless it
// says otherwise, it bears any number of malformed lines, and lists all rows
// set aside.
func (s *shop) job(yaml string) *job.Job {
	s.t.Helper()
	j, err := job.Parse(filepath.Join(s.dir, "job.yaml"), []byte(yaml), nil, func() time.Time { return time.Unix(0, 0) })
	require.NoError(s.t, err)
	if !strings.Contains(yaml, "malformed:") {
		for i := range j.Sources {
			j.Sources[i].Malformed = 1
		}
	}
	if !strings.Contains(yaml, "rejects:") {
		j.Output.Rejects = job.AllRejects
	}
	return j
}

// prepare is what Prepare says of a job file, in an engine of its own, as a run
// has.
func (s *shop) prepare(j *job.Job) (*ledger.Plan, error) {
	s.t.Helper()
	if s.engine != nil {
		require.NoError(s.t, s.engine.Close())
	}
	s.engine = openEngine(s.t, s.threads)
	return ledger.Prepare(s.t.Context(), s.engine, j)
}

// refusal is the error of Prepare or, after it, of Load.
func (s *shop) refusal(yaml string) error {
	s.t.Helper()
	j := s.job(yaml)
	plan, err := s.prepare(j)
	if err == nil {
		err = plan.Load(s.t.Context(), j.AsOf.Day)
	}
	require.Error(s.t, err)
	return err
}

// load prepares and loads.
func (s *shop) load(yaml string) *ledger.Plan {
	s.t.Helper()
	j := s.job(yaml)
	plan, err := s.prepare(j)
	require.NoError(s.t, err)
	require.NoError(s.t, plan.Load(s.t.Context(), j.AsOf.Day))
	return plan
}

// loadOne loads one CSV export with the usual mapping, columns id, day and
// amount, and whatever else it has.
func (s *shop) loadOne(csv string, more ...string) *ledger.Plan {
	s.t.Helper()
	s.write("export.csv", csv)
	return s.load(head + "sources:\n" + source("export.csv", more...))
}

// cells are the ledger's rows: the named columns, each row joined by |.
func (s *shop) cells(columns string) []string {
	s.t.Helper()
	rows, err := engine.Text(s.t.Context(), s.engine, "SELECT "+columns+" FROM ledger ORDER BY file, line")
	require.NoError(s.t, err)
	joined := make([]string, len(rows))
	for i, r := range rows {
		joined[i] = strings.Join(r, "|")
	}
	return joined
}

// rejects are the rows set aside.
func (s *shop) rejects(plan *ledger.Plan) []ledger.Reject {
	s.t.Helper()
	var all []ledger.Reject
	require.NoError(s.t, plan.Rejects(s.t.Context(), func(r ledger.Reject) error {
		all = append(all, r)
		return nil
	}))
	return all
}

func (s *shop) tally(plan *ledger.Plan) ledger.Account {
	s.t.Helper()
	a, err := plan.Tally(s.t.Context())
	require.NoError(s.t, err)
	return a
}

// openEngineFor gives an engine that is closed when the test ends.
func openEngineFor(t testing.TB) engine.Engine {
	t.Helper()
	e := openEngine(t, 1)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}
