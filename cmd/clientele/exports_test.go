package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	_ "github.com/duckdb/duckdb-go/v2" // reads Parquet beside us
	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/internal/money"
	"clientele/simulate/exports"
)

// all has the suite try each way to vary an export by itself too.
var all = flag.Bool("all", false, "also vary the exports in one way at a time, which shows where a fault lies")

// Every kind of export, written as its product writes it: init and run, with no
// edit between them, give every customer's orders, money and last day, at one thread
// and at four.
func TestExportsGiveTheTruth(t *testing.T) {
	for _, kind := range exports.Kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := draftOf(t, kind)
			dir := t.TempDir()
			require.NoError(t, d.export.Save(dir))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(d.job), 0o600))
			one, four := nightOf(t, dir, d.export, 1), nightOf(t, dir, d.export, 4)
			requireTruth(t, d.export, one)
			for _, file := range []string{"customers.csv", "rejects.csv"} {
				require.Equal(t, one.file(t, file), four.file(t, file), "%s at four threads", file)
			}
			require.Equal(t, one.manifest(t).Sources, four.manifest(t).Sources)
		})
	}
}

// The same kinds as other shops have them: other customers, columns in another
// order, without those that not every export has, under another name.
func TestVariedExportsGiveTheTruth(t *testing.T) {
	for _, kind := range exports.Kinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for i, v := range []exports.Variation{{Shuffle: true}, {Drop: true}, {Rename: true}, {Shuffle: true, Drop: true, Rename: true}} {
				if i < 3 && !*all {
					continue
				}
				t.Run(strconv.Itoa(i), func(t *testing.T) {
					t.Parallel()
					e, err := exports.Write(exports.Options{Kind: kind, Customers: 60, Seed: uint64(20 + i), Variation: v})
					require.NoError(t, err)
					dir := t.TempDir()
					require.NoError(t, e.Save(dir))
					drafted(t, dir, e)
					requireTruth(t, e, nightOf(t, dir, e, 4))
				})
			}
		})
	}
}

// draftedExport is an export of a kind, and the job file that init writes for it.
type draftedExport struct {
	export *exports.Export
	job    string
}

// draftedExports are made once and looked at by several tests: kinds to draftedExport.
var draftedExports sync.Map

func draftOf(t *testing.T, kind string) draftedExport {
	t.Helper()
	if d, made := draftedExports.Load(kind); made {
		return d.(draftedExport)
	}
	e, err := exports.Write(exports.Options{Kind: kind, Customers: 120, Seed: 1})
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, e.Save(dir))
	drafted(t, dir, e)
	job, err := os.ReadFile(filepath.Join(dir, "job.yaml"))
	require.NoError(t, err)
	d := draftedExport{e, string(job)}
	draftedExports.Store(kind, d)
	return d
}

// requireTruth holds what is published of an export against the truth.
func requireTruth(t *testing.T, e *exports.Export, n night) {
	t.Helper()
	requireCustomers(t, e, n)
	requireBooks(t, e, n)
}

// command runs the program and fails the test where it does not end well.
func command(t *testing.T, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(args, strings.NewReader(""), &out, &errs)
	require.Equal(t, exitDone, status, "clientele %s\n%s%s", strings.Join(args, " "), out.String(), errs.String())
}

// drafted has init write the job file of an export.
func drafted(t *testing.T, dir string, e *exports.Export) {
	t.Helper()
	args := []string{"init", "-o", filepath.Join(dir, "job.yaml"), "--name", "shop"}
	if e.Zone != "UTC" {
		args = append(args, "--timezone", e.Zone)
	}
	if currency := e.Answers["currency"]; currency != "" {
		args = append(args, "--currency", currency)
	}
	if numbers := e.Answers["sources.0.numbers"]; numbers != "" {
		args = append(args, "--numbers", numbers)
	}
	command(t, append(args, given(dir, e)...)...)
}

// given are what a person names: the files and folders of the export.
func given(dir string, e *exports.Export) (paths []string) {
	for _, f := range e.Files {
		first, _, _ := strings.Cut(f.Path, "/")
		if path := filepath.Join(dir, first); !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// night is a publication of a test.
type night string

// nightOf runs the job. Nothing is estimated: the suite is about what was read.
func nightOf(t *testing.T, dir string, e *exports.Export, threads int) night {
	t.Helper()
	end, err := time.Parse(time.DateOnly, e.LastDay)
	require.NoError(t, err)
	out := filepath.Join(dir, fmt.Sprintf("out%d", threads))
	args := []string{
		"run", filepath.Join(dir, "job.yaml"), "--quiet", "--out", out, "--threads", strconv.Itoa(threads),
		"--as-of", end.AddDate(0, 0, 1).Format(time.DateOnly),
		"--set", "clv=off", "--set", "stages=off", "--set", "output.formats=[parquet, csv]",
	}
	job, err := os.ReadFile(filepath.Join(dir, "job.yaml"))
	require.NoError(t, err)
	for _, key := range slices.Sorted(maps.Keys(e.Answers)) {
		// A person answers only what init did not find.
		if !inForce(string(job), key) {
			args = append(args, "--set", key+"="+e.Answers[key])
		}
	}
	command(t, args...)
	return night(filepath.Join(out, "shop", "latest"))
}

// inForce tells whether a line of a job file sets a key, given with those above
// it, and is no comment.
func inForce(job, key string) bool {
	name := key[strings.LastIndex(key, ".")+1:]
	for line := range strings.Lines(job) {
		if strings.HasPrefix(strings.TrimSpace(line), name+":") {
			return true
		}
	}
	return false
}

func (n night) file(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(string(n), name))
	require.NoError(t, err)
	return string(data)
}

func (n night) manifest(t *testing.T) (m publication.Manifest) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(n.file(t, "run.json")), &m))
	return m
}

// requireCustomers holds each customer against the truth: who there is, how many
// orders count, the money to the last place, and the last day. customers.parquet has
// all places; customers.csv rounds to those of the currency.
func requireCustomers(t *testing.T, e *exports.Export, n night) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), `SELECT customer_id, orders || ' orders, ' || monetary || ', last on ' || last_day
		FROM read_parquet(?)`, filepath.Join(string(n), "customers.parquet"))
	require.NoError(t, err)
	defer rows.Close()
	got, want := map[string]string{}, map[string]string{}
	for rows.Next() {
		var id, is string
		require.NoError(t, rows.Scan(&id, &is))
		got[id] = is
	}
	require.NoError(t, rows.Err())
	for id, b := range e.Truth.Customers {
		want[id] = fmt.Sprintf("%d orders, %s, last on %s", b.Orders, decimal128.FromI64(int64(b.Net)).ToString(6), b.LastDay)
	}
	require.Empty(t, differences(want, got))
}

// differences are the first customers of whom two tables say different things.
func differences(want, got map[string]string) (some []string) {
	ids := map[string]bool{}
	for _, table := range []map[string]string{want, got} {
		for id := range table {
			ids[id] = true
		}
	}
	all := 0
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if want[id] == got[id] {
			continue
		}
		if all++; len(some) < 4 {
			some = append(some, fmt.Sprintf("%s: want %q, got %q", id, want[id], got[id]))
		}
	}
	if all > 0 {
		some = append(some, fmt.Sprintf("%d of %d differ", all, len(ids)))
	}
	return some
}

// written is an amount as publications have it.
func written(m exports.Money) string {
	return money.Of(decimal128.FromI64(int64(m))).String()
}

// requireBooks holds what run.json accounts for against the files: every row of
// every file, and every cent.
func requireBooks(t *testing.T, e *exports.Export, n night) {
	t.Helper()
	m := n.manifest(t)
	rows := map[string]int64{}
	for _, in := range m.Inputs {
		rows[filepath.ToSlash(in.Path)] += in.Rows
	}
	for _, f := range e.Files {
		if f.Spare && rowsOf(rows, f.Path) < 0 {
			continue // init said that it is not used
		}
		want := int64(f.Rows)
		if len(e.Files) == 1 {
			want += m.Rows.Rejected[string(ledger.Footer)] // below the rows, and none of them
		}
		require.Equal(t, want, rowsOf(rows, f.Path), "rows of %s", f.Path)
	}
	var net exports.Money
	for _, b := range e.Truth.Customers {
		net += b.Net
	}
	require.Equal(t, written(net), m.Money.Used, "money that counts")
	require.Equal(t, m.Rows.Read, m.Rows.Used+sumOf(m.Rows.Rejected), "every row has a fate")
	require.Equal(t, written(e.Truth.Unknown), m.Anonymous.Money.String(), "money without a customer")
	var read int64
	for _, s := range m.Sources {
		require.Equal(t, s.Rows.Read, s.Rows.Used+sumOf(s.Rows.Rejected), s.Path)
		read += s.Rows.Read
	}
	require.Equal(t, m.Rows.Read, read, "every row is of a source")
	requireMoneyAddsUp(t, m.Money)
}

// rowsOf are the rows of an input by the end of its path.
func rowsOf(rows map[string]int64, path string) int64 {
	for full, n := range rows {
		if full == path || strings.HasSuffix(full, "/"+path) {
			return n
		}
	}
	return -1
}

func sumOf(rejected map[string]int64) (n int64) {
	for _, rows := range rejected {
		n += rows
	}
	return n
}

// requireMoneyAddsUp holds the money read against the money of all fates.
func requireMoneyAddsUp(t *testing.T, m publication.MoneyFates) {
	t.Helper()
	total := centsOf(t, m.Used)
	for _, amount := range m.Rejected {
		if amount != nil {
			total += centsOf(t, *amount)
		}
	}
	require.Equal(t, centsOf(t, m.Read), total, "money read is the money of all fates")
}

// centsOf reads an amount of run.json.
func centsOf(t *testing.T, text string) int64 {
	t.Helper()
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	require.NoError(t, err)
	return n
}
