package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/engine/spark"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// onSpark is a ledger that a cluster has read.
type onSpark struct {
	connection *spark.Connection
	cluster    *spark.Engine
	plan       *ledger.Plan
}

// engineOf is the part of a job file that names the cluster of the tests.
func engineOf(t testing.TB) string {
	t.Helper()
	return "engine: {spark: '" + sparktest.Shared(t) + "', stage: " + t.TempDir() + "}\n"
}

// connectSpark opens a session of the test's own.
func connectSpark(t testing.TB, j *job.Job) *spark.Connection {
	t.Helper()
	target, err := spark.Target(j.Engine.Spark)
	require.NoError(t, err)
	c, err := spark.Connect(t.Context(), target, sparkconnect.Options{})
	require.NoError(t, err)
	return c
}

// prepareOnSpark is prepare on the cluster of the tests.
func (s *shop) prepareOnSpark(j *job.Job) (on onSpark, err error) {
	s.t.Helper()
	on.connection = connectSpark(s.t, j)
	listing, err := ledger.List(s.t.Context(), on.connection, j)
	require.NoError(s.t, err)
	stage, err := spark.OpenFolder(s.t.Context(), on.connection, spark.FolderOptions{Stage: j.Engine.StageFolder(), Job: "ledger", Run: "1"})
	require.NoError(s.t, err)
	on.cluster, err = spark.Open(s.t.Context(), on.connection, stage, openEngine(s.t, 1))
	require.NoError(s.t, err)
	here := openEngine(s.t, s.threads)
	s.t.Cleanup(func() {
		require.NoError(s.t, here.Close())
		require.NoError(s.t, on.cluster.Close())
		require.NoError(s.t, stage.Remove())
	})
	on.plan, err = ledger.PrepareOn(s.t.Context(), here, on.cluster, listing, j)
	return on, err
}

// loadOnSpark is load on the cluster of the tests.
func (s *shop) loadOnSpark(j *job.Job) onSpark {
	s.t.Helper()
	on, err := s.prepareOnSpark(j)
	require.NoError(s.t, err)
	require.NoError(s.t, on.plan.Load(s.t.Context(), j.AsOf.Day))
	return on
}

// sameOnSpark loads a job here and on a cluster, whose job file is there: the ledgers are the
// same, row by row, and so is all that is said of them. It gives the rows.
func (s *shop) sameOnSpark(here, there string) []string {
	s.t.Helper()
	on := s.loadOnSpark(s.job(there + engineOf(s.t)))
	plan := s.load(here)
	names, err := engine.Text(s.t.Context(), s.engine, "SELECT column_name FROM (DESCRIBE ledger) WHERE column_name NOT IN ('line', 'content', 'export_row', 'time_form')")
	require.NoError(s.t, err)
	var columns []string
	for _, n := range names {
		columns = append(columns, "CAST("+n[0]+" AS STRING)")
	}
	rows := func(e engine.Engine) []string {
		all, err := engine.Text(s.t.Context(), e, "SELECT "+strings.Join(columns, ", ")+" FROM ledger")
		require.NoError(s.t, err)
		joined := make([]string, len(all))
		for i, r := range all {
			joined[i] = strings.Join(r, "|")
		}
		slices.Sort(joined)
		return joined
	}
	want := rows(s.engine)
	require.Equal(s.t, want, rows(on.cluster))
	require.Equal(s.t, s.tally(plan), s.tally(on.plan))
	require.Equal(s.t, withoutLines(s.rejects(plan)), withoutLines(s.rejects(on.plan)))
	inputs := plan.Inputs()
	for i := range inputs {
		inputs[i].SHA256 = ""
	}
	found := on.plan.Inputs()
	for i := range found {
		found[i].SHA256, found[i].Encoding = "", inputs[i].Encoding
	}
	if here == there {
		require.Equal(s.t, inputs, found)
	}
	return want
}

func withoutLines(all []ledger.Reject) []ledger.Reject {
	for i := range all {
		all[i].Line = 0
		var object map[string]any
		if json.Unmarshal([]byte(all[i].Row), &object) == nil { // 1.50 and 1.5 are one number
			all[i].Row = fmt.Sprint(object)
		}
	}
	return all
}

// Files of every kind that a cluster reads, by a glob, a folder of folders and one by one, are
// read as they are here: with what their folders say, rows that stand in two files, rows that
// are set aside, and a table of the catalogue as the file that it was made of.
func TestSparkReadsFilesAsDuckDB(t *testing.T) {
	s := newShop(t)
	s.write("days/2024-01-01.csv", "id,order,day,amount,note\na,1,2024-01-01 10:00,5.10,\"two\nlines\"\nb,2,2024-01-01 11:00,7.00,x\nb,2,2024-01-01 11:00,7.00,x\n,3,2024-01-01 12:00,1,\"no \"\"body\"\", here\"\n")
	s.write("semicolons.csv", "id;day;amount;note\na;2024-01-01;1;\\\n;2024-01-01;2;\"a;b\"\n;2024-01-01;2; a,b\n")
	s.write("days/2024-01-02.csv", "id,order,day,amount,note\nb,2,2024-01-01 11:00,7, x\nc,4,2024-01-02 11:00:30,\"1,250.00\",y\nd,5,2024-01-02 11:00,8\n")
	s.write("days/_notes.csv", "nothing,of,ours\n")
	s.write("days/2024-01-03, late [1].csv", "id,order,day,amount,note\nc,4,2024-01-02 11:00:30,1250,y\ne,6,2024-13-02,1,z\ne,7,,1,z\n")
	s.write("lake/README.md", "no export")
	s.write("lake/shop=north/b/_SUCCESS", "")
	s.write("lake/shop=north/b/c", "")
	query := func(from, to int) string {
		return fmt.Sprintf(`SELECT 'p' || (n %% 4) AS id, n // 2 AS "order", TIMESTAMPTZ '2024-03-30 22:30:00+00' + INTERVAL (n) HOUR AS day,
			CAST(n * 1.25 AS DECIMAL(12, 3)) AS amount, CAST(n AS DOUBLE) / 2 AS weight, DATE '2024-01-01' + CAST(n AS INTEGER) AS paid, TIMESTAMP '2024-01-01 00:00:00' + INTERVAL (n) DAY AS sent, n %% 3 = 0 AS gift,
			CASE WHEN n %% 5 > 0 THEN 'k' || n END AS word FROM range(%d, %d) AS r(n)`, from, to)
	}
	s.write("lake/shop=south, by the sea/x", "")
	s.copyTo("lake/shop=north/b/1.parquet", query(0, 30), "FORMAT parquet")
	s.copyTo("lake/shop=north/2.parquet", query(20, 40), "FORMAT parquet")
	s.copyTo("lake/shop=south, by the sea/1.parquet", query(25, 35), "FORMAT parquet")
	s.write("objects.jsonl", `{"id": "a", "day": "2024-02-01", "amount": 12.50, "who": {"x": 1}}`+"\n"+`{"id": "b", "amount": "1e2", "day": "2024-02-02T10:20:30Z", "late": "1"}`+"\n\nno object\n"+`{"day": "2024-02-03", "amount": "x", "id": "ü"}`+"\n")
	s.copyTo("table.parquet", query(100, 120), "FORMAT parquet")
	typed := "    columns: {customer: id, order: order, time: day, amount: amount, attributes: {shop: shop, word: word}}\n    where: gift = FALSE OR amount > 3\n"
	yaml := head + "timezone: Europe/Zurich\ncurrency: CHF\nsources:\n" +
		"  - path: days/*.csv\n    columns: {customer: id, order: order, time: day, amount: amount}\n    duplicates: drop\n" +
		"  - path: lake\n" + typed +
		source("objects.jsonl") + source("semicolons.csv") +
		"  - path: table.parquet\n" + strings.Replace(typed, "shop: shop, ", "", 1)
	there := strings.Replace(yaml, "path: table.parquet", "table: spark_catalog.default."+tableOf(t, s), 1)
	rows := s.sameOnSpark(yaml, there)
	require.Greater(t, len(rows), 80)
	require.NotEmpty(t, slices.DeleteFunc(slices.Clone(rows), func(r string) bool { return !strings.Contains(r, "duplicate") }))
}

// tableOf makes a table of the file table.parquet of a shop, in the catalogue of the cluster.
func tableOf(t *testing.T, s *shop) string {
	t.Helper()
	name := "t" + strings.ReplaceAll(filepath.Base(s.dir)+filepath.Base(filepath.Dir(s.dir)), "-", "_")
	name = strings.ToLower(name)
	j := s.job(head + engineOf(t) + "sources:\n" + source("table.parquet"))
	c := connectSpark(t, j)
	require.NoError(t, c.Exec(t.Context(), "CREATE TABLE spark_catalog.default."+name+" USING parquet AS SELECT * FROM parquet.`file://"+s.dir+"/table.parquet`"))
	t.Cleanup(func() {
		require.NoError(t, c.Exec(context.WithoutCancel(t.Context()), "DROP TABLE spark_catalog.default."+name))
		require.NoError(t, c.Close())
	})
	return name
}

// What is looked up for each row, joined files and rates, gives what it gives here.
func TestSparkLooksUpAsDuckDB(t *testing.T) {
	s := newShop(t)
	s.write("lines.csv", "id,nr,day,amount,cur,item\n"+
		"a,1,2024-01-01,\"1.234,56\",EUR,i1\nb,2,2024-01-02,\"0,333333\",usd, i2 \nc,3,2024-01-05,7,JPY,i9\nd,4,2024-01-06,\"999.999.999.999,00\",JPY,i1\ne,5,2024-01-07,12,$,\nf,6,2024-01-09,\"2,5\",CHF,i3\ng,7,2023-12-31,0,JPY,i3\n")
	s.copyTo("items.parquet", "SELECT 'i' || n AS item, CAST(n * 1.5 AS DECIMAL(10, 2)) AS cost, 'kind ' || n AS kind, n AS shelf FROM range(1, 5) AS r(n)", "FORMAT parquet")
	s.write("people.csv", "customer;town;discount\na;Bern;10\nb;Basel;\nc;;5\n")
	s.write("rates.csv", "currency,day,rate\nUSD,2024-01-01,0.857142857143\nUSD,2024-01-03,0.9\nJPY,2024-01-04,0.006\nEUR,2024-01-01,0.95\n")
	yaml := head + "currency: CHF\nrates: rates.csv\nsources:\n  - path: lines.csv\n" +
		"    columns: {customer: id, order: nr, time: day, amount: amount, currency: cur, cost: cost, category: kind, attributes: {town: town, shelf: shelf, off: discount}}\n" +
		"    numbers: '1.234,56'\n    join:\n      - {path: items.parquet, on: item}\n      - {path: people.csv, on: {left: id, right: customer}}\n" +
		"    where: town IS NULL OR town <> 'Basel' OR amount > 0\n"
	rows := s.sameOnSpark(yaml, yaml)
	require.Len(t, rows, 7)
}

// A wall clock of another zone says what it says here, an hour at a time through the days on
// which clocks are put back and forward.
func TestSparkReadsClocksAsDuckDB(t *testing.T) {
	s := newShop(t)
	var csv strings.Builder
	csv.WriteString("id,day,amount\n")
	for _, day := range []string{"2024-03-09", "2024-03-10", "2024-03-11", "2024-11-02", "2024-11-03", "2024-11-04"} {
		for half := range 48 {
			fmt.Fprintf(&csv, "c%s%d,%s %02d:%02d:00,1\n", day, half, day, half/2, half%2*30)
		}
	}
	s.write("clock.csv", csv.String())
	// Midnight is in the hour that New York leaves out in March, and in that which it has twice
	// in November.
	for _, zone := range []string{"America/Phoenix", "America/Costa_Rica"} {
		yaml := head + "timezone: " + zone + "\nsources:\n" + source("clock.csv", "timezone: America/New_York")
		require.Len(t, s.sameOnSpark(yaml, yaml), 6*48)
	}
}

// A source without files, one of files of several kinds and files of other columns are told
// as such.
func TestSparkRefusesFiles(t *testing.T) {
	s := newShop(t)
	s.write("two/a.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("two/b.jsonl", "{}\n")
	s.write("differ/a.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("differ/b.csv", "day,id,amount\n2024-01-01,a,1\n")
	require.NoError(t, os.MkdirAll(filepath.Join(s.dir, "none"), 0o755))
	for path, want := range map[string]string{
		"nowhere.csv": `sources.0.path: no such file "nowhere.csv"`,
		"none/*.csv":  `sources.0.path: no file matches "none/*.csv"`,
		"none":        `sources.0.path: no such file "none"`,
		"two":         "names files of several kinds, such as two/a.csv and two/b.jsonl",
	} {
		_, err := s.prepareOnSpark(s.job(head + engineOf(t) + "sources:\n" + source(path)))
		require.ErrorContains(t, err, want)
	}
	on, err := s.prepareOnSpark(s.job(head + engineOf(t) + "sources:\n" + source("differ/*.csv")))
	if err == nil {
		err = on.plan.Load(t.Context(), s.job(head+engineOf(t)+"sources:\n"+source("differ/*.csv")).AsOf.Day)
	}
	require.ErrorContains(t, err, "columns")
}

// Times in numbers are read as strptime does, whatever the order of their parts; what is
// written otherwise, or says nothing of its order, is refused and not set aside.
func TestSparkReadsDatesAsDuckDB(t *testing.T) {
	s := newShop(t)
	file := func(name string, times ...string) {
		var text strings.Builder
		text.WriteString("id,day,amount\n")
		for i, at := range times {
			fmt.Fprintf(&text, "c%d,%s,1\n", i, at)
		}
		s.write(name, text.String())
	}
	file("dmy.csv", "31.12.2023", "1.2.2024", "02.01.24", "29.2.2023", "31.1.2024 23:59", "01.02.2024 00:00:30", "2024-03-04", "", "none", "1.2.69", "1.2.68", "3.4.7")
	file("mdy.csv", "12/31/2023 11:59 PM", "1/2/2024 12:00 AM", "1/2/2024 12:30 PM", "1/2/2024 1:05 pm", "02/30/2024 1:05 AM", "2/29/2024 10:00 am", "2024-01-31T10:20:30Z")
	file("stated.csv", "01.02.2024", "20240229 101112", "20230229 101112", "2024-01-01", "1/2/2024", "x")
	file("compact.csv", "20240131", "20240201", "20240230")
	yaml := head + "timezone: Europe/Zurich\nsources:\n" +
		source("dmy.csv", "timezone: Pacific/Auckland") + source("mdy.csv", "dates: mdy", "timezone: America/New_York") +
		source("stated.csv", "dates: ['%d.%m.%Y', '%Y%m%d %H%M%S']") + source("compact.csv")
	require.Len(t, s.sameOnSpark(yaml, yaml), 12+7+6+3)

	file("words.csv", "31.12.2023", "3 Jan 2024")
	file("open.csv", "1.2.2024", "3.4.2024")
	for source, want := range map[string]string{
		source("words.csv"):                      "words.csv: 1 times are written neither as ISO 8601 does",
		source("open.csv"):                       "sources.0.columns.time: its values may be read in more than one order of day, month and year",
		source("words.csv", "dates: '%d %b %Y'"): `sources.0.dates: "%d %b %Y" has parts that are not read on Spark`,
	} {
		j := s.job(head + engineOf(t) + "sources:\n" + source)
		on, err := s.prepareOnSpark(j)
		require.NoError(t, err)
		require.ErrorContains(t, on.plan.Load(t.Context(), j.AsOf.Day), want)
	}
}

// The head of a file is its first lines, also where the cluster reads it in several parts at
// once.
func TestSparkReadsHeadsOfLargeFiles(t *testing.T) {
	s := newShop(t)
	var text strings.Builder
	text.WriteString("id,day,amount,note\n")
	for n := range 200_000 { // 20 MB; a part has at least 4
		fmt.Fprintf(&text, "c%d,2024-01-02,%d,%s\n", n, n, strings.Repeat("x", 80))
	}
	s.write("large.csv", text.String())
	on, err := s.prepareOnSpark(s.job(head + "sources:\n" + source("large.csv") + engineOf(t)))
	require.NoError(t, err)
	require.NoError(t, on.plan.LoadSample(t.Context(), time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)))
	total := s.tally(on.plan).Total
	require.Positive(t, total.Used.Rows)
	require.Equal(t, total.Read.Rows, total.Used.Rows)
}
