package analytics_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/cache"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// sumShop is a shop of whose exports a file comes each night.
type sumShop struct {
	t   *testing.T
	dir string
	job string
	set []string // over the job file
}

const sumShopJob = `name: shop
as_of: 2026-01-31
cache: kept
output: {report: false}
sources:
  - path: data
    columns: {customer: customer, order: id, time: day, amount: amount, channel: channel, category: category, product: product}
tiers: {levels: [{name: gold, qualify: {spend: 50}}]}
`

func newSumShop(t *testing.T) *sumShop {
	s := &sumShop{t: t, dir: t.TempDir(), job: sumShopJob}
	s.write("a", "ann,1,2026-01-02,10,web,tea,green", "bob,2,2026-01-03,20,shop,tea,black", ",3,2026-01-03,5,shop,tea,black")
	s.write("b", "ann,4,2026-01-09,11,shop,cups,mug", "cid,5,2026-01-10,7,web,tea,green", "bob,6,,9,web,tea,green")
	s.write("c", "dan,7,2026-01-12,30,web,cups,mug", "ann,8,2026-01-12,5,web,tea,black", "eva,9,2026-01-13,x,web,tea,black")
	return s
}

func (s *sumShop) write(name string, rows ...string) {
	s.t.Helper()
	require.NoError(s.t, os.MkdirAll(filepath.Join(s.dir, "data"), 0o700))
	text := "customer,id,day,amount,channel,category,product\n" + strings.Join(rows, "\n") + "\n"
	require.NoError(s.t, os.WriteFile(filepath.Join(s.dir, "data", name+".csv"), []byte(text), 0o600))
}

// night runs a night with the cache and one without, by so many threads, and compares them.
func (s *sumShop) night(threads int) cache.Use {
	s.t.Helper()
	path := filepath.Join(s.dir, "shop.yaml")
	require.NoError(s.t, os.WriteFile(path, []byte(s.job), 0o600))
	run := func(out string, more ...string) *analytics.Result {
		settings := slices.Concat([]string{"output.dir=" + out}, s.set, more)
		j, err := job.Load(path, settings, func() time.Time { return time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) })
		require.NoError(s.t, err)
		r, err := analytics.Run(s.t.Context(), j, analytics.Options{Threads: threads})
		require.NoError(s.t, err)
		return r
	}
	with, without := run("with"), run("without", "cache=off")
	entries, err := os.ReadDir(without.Path)
	require.NoError(s.t, err)
	for _, e := range entries {
		if e.Name() == "run.json" {
			continue
		}
		want, err := os.ReadFile(filepath.Join(without.Path, e.Name()))
		require.NoError(s.t, err)
		got, err := os.ReadFile(filepath.Join(with.Path, e.Name()))
		require.NoError(s.t, err)
		require.Equal(s.t, string(want), string(got), e.Name())
	}
	require.Equal(s.t, without.Rows, with.Rows)
	require.Equal(s.t, without.Warnings, with.Warnings)
	require.Empty(s.t, with.Cache.Trouble)
	return *with.Cache
}

// piece has the rows of a piece of the sum in a cache.
func (s *sumShop) piece(cache, name string) [][]string {
	s.t.Helper()
	e, err := engine.OpenDuckDB(s.t.Context(), engine.Options{Threads: 1})
	require.NoError(s.t, err)
	defer func() { require.NoError(s.t, e.Close()) }()
	found, err := filepath.Glob(filepath.Join(s.dir, cache, "*", "0-*-"+name+"-*.parquet"))
	require.NoError(s.t, err)
	require.Len(s.t, found, 1)
	rows, err := engine.Text(s.t.Context(), e, "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "+engine.ReadParquet(found[0])+" ORDER BY ALL")
	require.NoError(s.t, err)
	require.NotEmpty(s.t, rows)
	return rows
}

// Rows of files that did not change are not read, whatever comes beside them.
func TestNightReadsWhatIsNew(t *testing.T) {
	for _, threads := range []int{1, 3} {
		s := newSumShop(t)
		require.Zero(t, s.night(threads).Summed)
		require.Equal(t, 3, s.night(threads).Summed)
		// An order has lines in two files, a customer is new, and a row is set aside.
		s.write("d", "dan,7,2026-01-12,1,web,cups,mug", "fay,10,2026-01-14,8,web,tea,green", ",11,2026-01-14,8,web,tea,green")
		require.Equal(t, 3, s.night(threads).Summed)
		require.Equal(t, 4, s.night(threads).Summed, "a new sum has what was new")
	}
}

// Returns take back sales of other files: all rows of customers with returns are there, and those
// of others are not read.
func TestNightWithReturnsReadsWhatIsNew(t *testing.T) {
	s := newSumShop(t)
	s.write("a", "ann,1,2026-01-02,10,web,tea,green", "bob,2,2026-01-03,20,shop,tea,black", "bob,2,2026-01-04,-5,shop,tea,black", ",3,2026-01-03,5,shop,tea,black")
	require.Zero(t, s.night(2).Summed)
	require.Equal(t, 3, s.night(2).Summed)
	for name, rows := range map[string][]string{
		"of who is in the sum":             {"dan,7,2026-01-20,-30,web,cups,mug"},
		"of a part of an order":            {"ann,4,2026-01-20,-3,web,cups,mug"},
		"of two, one of whom had a return": {"ann,1,2026-01-20,-10,web,tea,green", "bob,2,2026-01-20,-15,shop,tea,black", "cid,14,2026-01-21,3,web,tea,green"},
		"of nothing that is known":         {"dan,99,2026-01-20,-4,web,cups,mug"},
		"of who is new":                    {"fay,10,2026-01-14,8,web,tea,green", "fay,10,2026-01-15,-8,web,tea,green"},
		"of the future":                    {"dan,7,2026-02-20,-30,web,cups,mug"},
	} {
		t.Run(name, func(t *testing.T) {
			c := &sumShop{t: t, dir: t.TempDir(), job: s.job}
			require.NoError(t, os.CopyFS(c.dir, os.DirFS(s.dir)))
			c.write("d", append(rows, "zoe,20,2026-01-14,8,web,tea,green")...) // enough rows for the sum to be made again
			require.Equal(t, 3, c.night(2).Summed)
			c.night(2)
			fresh := &sumShop{t: t, dir: c.dir, job: strings.Replace(c.job, "cache: kept", "cache: fresh", 1)}
			require.Zero(t, fresh.night(2).Summed)
			require.Equal(t, fresh.piece("fresh", "product_category"), c.piece("kept", "product_category"), "a sum that customers left is as one without them")
			c.write("e", "eva,9,2026-01-15,2,web,tea,black", "dan,7,2026-01-22,-1,web,cups,mug")
			require.Positive(t, c.night(2).Summed, "the sum is that of a night with returns")
			c.write("f", "ann,1,2026-01-23,-1,web,tea,green")
			require.Positive(t, c.night(1).Summed)
		})
	}
}

// A return that names the order it takes back does so across files, too.
func TestReturnsThatNameOrdersBesideASum(t *testing.T) {
	s := newSumShop(t)
	s.job = strings.Replace(s.job, "category: category", "original_order: category", 1)
	s.night(2)
	require.Equal(t, 3, s.night(2).Summed)
	s.write("d", "dan,20,2026-01-20,-30,web,7,mug", "cid,21,2026-01-20,4,web,5,mug")
	require.Equal(t, 3, s.night(2).Summed)
	require.Equal(t, 4, s.night(2).Summed)
	s.write("e", "ann,22,2026-01-21,-2,web,4,mug")
	require.Equal(t, 4, s.night(2).Summed)
}

// Who leaves a sum has the rows of tonight: those in the cache may have been read since at other
// rates.
func TestRatesOfCustomersWhoLeaveASum(t *testing.T) {
	s := newSumShop(t)
	s.job = strings.Replace(s.job, "category: category", "currency: category", 1) + "currency: EUR\nrates: rates.csv\n"
	rate := func(of string) {
		text := "currency,rate\nUSD," + of + "\nGBP," + of + "\n"
		require.NoError(t, os.WriteFile(filepath.Join(s.dir, "rates.csv"), []byte(text), 0o600))
	}
	s.write("a", "ann,1,2026-01-02,10,web,USD,green", "bob,2,2026-01-03,20,shop,USD,black")
	s.write("b", "ann,4,2026-01-09,11,shop,GBP,mug", "cid,5,2026-01-10,7,web,USD,green")
	s.write("c", "dan,7,2026-01-12,30,web,GBP,mug", "ann,8,2026-01-12,5,web,USD,black")
	rate("0.5")
	s.night(2)
	require.Equal(t, 3, s.night(2).Summed)
	rate("2")
	require.Zero(t, s.night(2).Summed)
	rate("0.5")
	s.write("d", "dan,7,2026-01-20,-10,web,GBP,mug")
	s.night(2)
}

// Where rows of several files bear on each other, or the sum is not that of tonight, all rows are
// there.
func TestNightReadsAllWhereItMust(t *testing.T) {
	for name, change := range map[string]func(s *sumShop){
		"rows of a file are gone, and a customer has a first return": func(s *sumShop) {
			entries, err := filepath.Glob(filepath.Join(s.dir, "kept", "*", "[1-9]*.parquet"))
			require.NoError(s.t, err)
			require.NotEmpty(s.t, entries)
			for _, path := range entries {
				require.NoError(s.t, os.Remove(path))
			}
			s.write("d", "dan,7,2026-01-20,-30,web,cups,mug")
		},
		"a row that is there before": func(s *sumShop) { s.write("d", "ann,1,2026-01-02,10,web,tea,green") },
		"a file changed":             func(s *sumShop) { s.write("b", "ann,4,2026-01-09,12,shop,cups,mug") },
		"a file removed": func(s *sumShop) {
			require.NoError(s.t, os.Remove(filepath.Join(s.dir, "data", "b.csv")))
		},
		"an earlier night": func(s *sumShop) { s.set = []string{"as_of=2026-01-11"} },
		"another mapping":  func(s *sumShop) { s.job = strings.Replace(s.job, "channel: channel, ", "", 1) },
		"other parts":      func(s *sumShop) { s.job += "stages: off\n" },
		"an identity by a key": func(s *sumShop) {
			s.job = strings.Replace(s.job, "product: product", "product: product, keys: {email: channel}", 1) + "identity: {keys: [email]}\n"
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSumShop(t)
			s.night(2)
			require.Equal(t, 3, s.night(2).Summed)
			change(s)
			require.Zero(t, s.night(2).Summed)
		})
	}
}

// A damaged sum is made again, and said to be.
func TestDamagedSumIsMadeAgain(t *testing.T) {
	s := newSumShop(t)
	s.night(2)
	pieces, err := filepath.Glob(filepath.Join(s.dir, "kept", "*", "0-*.parquet"))
	require.NoError(t, err)
	require.NotEmpty(t, pieces)
	for _, path := range pieces[:1] { // the names of the next are others
		require.NoError(t, os.Truncate(path, 10))
		use := s.night(2)
		require.True(t, use.Rebuilt, path)
		require.Zero(t, use.Summed)
		use = s.night(2)
		require.Equal(t, 3, use.Summed)
		require.False(t, use.Rebuilt)
	}
}

// A night that is stopped, or that fails, leaves nothing half written in the cache.
func TestNightsThatEndEarlyLeaveNothingHalfWritten(t *testing.T) {
	s := newSumShop(t)
	path := filepath.Join(s.dir, "shop.yaml")
	require.NoError(t, os.WriteFile(path, []byte(s.job), 0o600))
	night := func(ctx context.Context, o analytics.Options) error {
		j, err := job.Load(path, nil, func() time.Time { return time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC) })
		require.NoError(t, err)
		_, err = analytics.Run(ctx, j, o)
		return err
	}
	parts := func() []string {
		all, err := filepath.Glob(filepath.Join(s.dir, "kept", "*", "*.part"))
		require.NoError(t, err)
		return all
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var begun bool
	require.ErrorIs(t, night(ctx, analytics.Options{Step: func(name string) {
		if name == "reduce" { // which begins with a sum
			begun = true
			stop()
		}
	}}), context.Canceled)
	require.True(t, begun)
	require.Empty(t, parts(), "of the sum")

	s.write("d", "gus,12,2026-01-14,8,web,tea,green", `gus,13,"2026-01-14,8`)
	require.ErrorAs(t, night(t.Context(), analytics.Options{}), new(*ledger.DataError))
	require.Empty(t, parts(), "of files that were read")
}
