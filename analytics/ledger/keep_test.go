package ledger_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/cache"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// kept loads a job with a cache, and gives what was taken from it and what came of the rows.
func (s *shop) kept(text string) (cache.Use, ledger.Account, []ledger.Reject) {
	s.t.Helper()
	s.write("shop.yaml", text)
	j, err := job.Load(filepath.Join(s.dir, "shop.yaml"), nil, time.Now)
	require.NoError(s.t, err)
	if s.cache == "" {
		s.cache = s.t.TempDir()
	}
	folder, err := cache.Open(s.t.Context(), s.cache, "shop")
	require.NoError(s.t, err)
	e := openEngine(s.t, s.threads)
	defer func() { require.NoError(s.t, e.Close()) }()
	p, err := ledger.PrepareKept(s.t.Context(), e, j, folder, false)
	require.NoError(s.t, err)
	require.NoError(s.t, p.Load(s.t.Context(), j.AsOf.Day))
	account, err := p.Tally(s.t.Context())
	require.NoError(s.t, err)
	var rejects []ledger.Reject
	require.NoError(s.t, p.Rejects(s.t.Context(), func(r ledger.Reject) error {
		rejects = append(rejects, r)
		return nil
	}))
	use := folder.Use()
	require.Empty(s.t, use.Trouble)
	require.NoError(s.t, folder.Finish())
	return use, account, rejects
}

// same loads a job with a cache and one without, and gives how many files came from the cache.
func (s *shop) same(text string) int {
	s.t.Helper()
	use, account, rejects := s.kept(text)
	fresh := *s
	fresh.cache = ""
	none, want, wantRejects := fresh.kept(text)
	require.Zero(s.t, none.Unchanged)
	require.Equal(s.t, want, account)
	require.Equal(s.t, wantRejects, rejects)
	return use.Unchanged
}

// What a row is on one night may not be what it is on another: then its file is read again,
// and only then.
func TestKeptRowsHold(t *testing.T) {
	source := func(more string) string {
		return "sources:\n  - path: a.csv\n    malformed: 1\n    columns: {customer: id, time: day, amount: amount" + more + "}\n"
	}
	at := func(day, more string) string { return "name: shop\nas_of: " + day + "\n" + more }
	const all = "output: {rejects: all}\n"
	for name, of := range map[string]struct {
		rows   string
		nights []string
		from   []int // the cache
	}{
		"the night after": {"a,2024-01-01,5\n", []string{at("2024-02-01", source("")), at("2024-02-02", source(""))}, []int{0, 1}},
		"a later day":     {"a,2024-01-01,5\nb,2024-03-01,5\n", []string{at("2024-02-01", source("")), at("2024-04-02", source(""))}, []int{0, 1}},
		"an earlier day, with rows after it that have no text": {
			"a,2024-01-01,5\nb,2024-03-01,5\n", []string{at("2024-04-01", source("")), at("2024-02-02", source("")), at("2024-02-03", source(""))}, []int{0, 0, 1},
		},
		"an earlier day without": {"a,2024-01-01,5\n", []string{at("2024-04-01", source("")), at("2024-02-02", source(""))}, []int{0, 1}},
		"a row after the day that has no amount": {
			"a,2024-01-01,5\nb,2024-03-01,\n", []string{at("2024-02-01", source("")), at("2024-04-02", source(""))}, []int{0, 1},
		},
		"a row after the day that is anonymous": {
			"a,2024-01-01,5\n,2024-03-01,7\n", []string{at("2024-02-01", all+source("")), at("2024-04-02", all+source("")), at("2024-02-02", all+source(""))}, []int{0, 1, 1},
		},
		"digits of a later day": {
			"a,2024-01-01,5\nb,46053,5\n", []string{at("2024-02-01", source("")), at("2024-02-02", source("")), at("2026-02-01", source(""))}, []int{0, 0, 0},
		},
		"another mapping and back": {
			"a,2024-01-01,5\n", []string{at("2024-02-01", source("")), at("2024-02-01", source(", channel: id")), at("2024-02-01", source(""))}, []int{0, 0, 1},
		},
		"another zone": {
			"a,2024-01-01T23:30:00Z,5\n", []string{at("2024-02-01", source("")), at("2024-02-01", "timezone: Asia/Tokyo\n"+source(""))}, []int{0, 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			s.write("a.csv", "id,day,amount\n"+of.rows)
			for i, night := range of.nights {
				require.Equal(t, of.from[i], s.same(night), "night %d", i)
			}
		})
	}
}

// Rates by day may grow: a row has that of its day.
func TestKeptRowsAndRates(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "id,day,amount,currency\na,2024-01-02,5,USD\n")
	night := "name: shop\nas_of: 2024-02-01\ncurrency: EUR\nrates: rates.csv\nsources:\n  - path: a.csv\n    columns: {customer: id, time: day, amount: amount, currency: currency}\n"
	for i, of := range []struct {
		rates string
		from  int
	}{
		{"USD,2024-01-01,0.9\n", 0},
		{"USD,2024-01-01,0.9\nUSD,2024-01-03,0.8\n", 1},
		{"USD,2024-01-01,0.9\nUSD,2024-01-02,0.7\n", 0},
	} {
		s.write("rates.csv", "currency,day,rate\n"+of.rates)
		require.Equal(t, of.from, s.same(night), "night %d", i)
	}
}

// Files of every format are kept, and of every encoding.
func TestKeptFormats(t *testing.T) {
	s := newShop(t)
	s.write("a/1.csv", "id,day,amount\na,2024-01-01,5\n")
	s.write("a/2.jsonl", `{"id":"b","day":"2024-01-02","amount":6}`+"\n")
	s.copyTo("a/3.parquet", "SELECT 'c' AS id, DATE '2024-01-03' AS day, 7.5 AS amount", "FORMAT parquet")
	s.write("a/4.csv", "id,day,amount\n"+"Stra\xdfe,2024-01-04,8\nM\xfcller,2024-01-04,8\n")
	text := "name: shop\nas_of: 2024-02-01\nsources:\n  - path: a\n    columns: {customer: id, time: day, amount: amount}\n"
	require.Zero(t, s.same(text))
	require.Equal(t, 4, s.same(text))

	// Rows of a new file are looked for in those that are kept.
	s.write("a/5.csv", "id,day,amount\nd,2024-01-05,9\na,2024-01-01,5\n")
	require.Equal(t, 4, s.same(text))
	_, account, _ := s.kept(text)
	require.EqualValues(t, 1, account.Duplicates[0].Rows)
	require.Equal(t, 5, s.same(text+"    duplicates: warn\n"))
}
