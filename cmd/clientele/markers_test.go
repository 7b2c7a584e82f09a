package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publish"
)

// A marked file has a word or a number of its own in every place where a
// customer's data could stand: MARK17 and 917000017.17 are markers. No message
// may hold one. Days are not marked: to say one is to say when, not who.
var marker = regexp.MustCompile(`(?i)mark\d+|9170+\d+`)

// marks makes text from a pattern in which every # is a word that is a marker
// and every $ a number that is one.
func marks(pattern string) string {
	var text strings.Builder
	for i := range len(pattern) { // bytes: some are not UTF-8
		switch c := pattern[i]; c {
		case '#':
			fmt.Fprintf(&text, "MARK%d", i)
		case '$':
			fmt.Fprintf(&text, "9170%05d", i)
		default:
			text.WriteByte(c)
		}
	}
	return text.String()
}

// rows repeats a pattern, each time with other markers.
func rows(n int, pattern string) string { return marks(strings.Repeat(pattern, n)) }

const (
	markedJob = "name: shop\nas_of: 2026-03-31\nclv: {model: nbd}\nsources:\n  - path: shop.csv\n" +
		"    columns: {customer: id, time: day, amount: amount, order: no, region: region, attributes: {points: points}}\n"
	markedHeader = "id,day,amount,no,region,points\n"
	markedRow    = "#,2026-01-02,$,#,#,#\n"
	pinnedJob    = markedJob + "tiers: {pins: pins.csv, levels: [{name: gold, qualify: {spend: 1}}]}\n"
	summary      = "customer_id,x,t_x,t,spend,weight\n"
)

// markedShop is an export that can be used.
var markedShop = markedHeader + rows(30, markedRow)

// markedCase is a command over marked files.
type markedCase struct {
	files  map[string]string
	args   string // of the command line; job.yaml is markedJob unless files has another
	status int    // or anyStatus
}

// anyStatus is of exports: what is made of them has tests of its own.
const anyStatus = -1

// TestMessagesHoldNoValue provokes what can go wrong with files, and looks for
// what stood in them.
func TestMessagesHoldNoValue(t *testing.T) {
	export := func(text string) map[string]string { return map[string]string{"shop.csv": text} }
	pins := func(text string) map[string]string {
		return map[string]string{"shop.csv": markedShop, "job.yaml": pinnedJob, "pins.csv": marks(text)}
	}
	table := func(text string) map[string]string { return map[string]string{"table.csv": marks(text)} }
	for name, c := range map[string]markedCase{
		"fit/no header":       {table("#,$,$,$\n#,$,$,$\n"), "clv fit table.csv", exitData},
		"fit/other header":    {table("customer_id,#,#,t\n#,$,$,$\n"), "clv fit table.csv", exitData},
		"fit/no number":       {table(summary + "#,#,#,#,#,#\n"), "clv fit table.csv", exitData},
		"fit/spend":           {table(summary + "#,1,2,3,#,1\n"), "clv fit table.csv", exitData},
		"fit/huge spend":      {table(summary + "#,1,2,3,$e30,1\n"), "clv fit table.csv", exitData},
		"fit/weight":          {table(summary + "#,1,2,3,4,-$\n"), "clv fit table.csv", exitData},
		"fit/x":               {table(summary + "#,$.5,$,$,1,1\n"), "clv fit table.csv", exitData},
		"fit/t":               {table(summary + "#,1,2,-$,1,1\n"), "clv fit table.csv", exitData},
		"fit/t_x":             {table(summary + "#,1,-$,2,1,1\n"), "clv fit table.csv", exitData},
		"fit/order":           {table(summary + "#,1,$,2,1,1\n"), "clv fit table.csv", exitData},
		"fit/never came back": {table(summary + "#,0,$,$,1,1\n"), "clv fit table.csv", exitData},
		"fit/ragged":          {table(summary + "#,$,#\n"), "clv fit table.csv", exitData},
		"fit/quote":           {table(summary + "#\"#,1,2,3,4,1\n"), "clv fit table.csv", exitData},
		"fit/open quote":      {table(summary + "\"#,1,2,3,4,1\n"), "clv fit table.csv", exitData},
		"fit/not UTF-8":       {table(summary + "#,1,2,3,4,1\n\xff#,1,2,3,4,1\n"), "clv fit table.csv", exitData},
		"fit/units":           {table("customer_id,x,t_x,t\n#,$,$.5,$.5\n"), "clv fit --model bg-bb table.csv", exitData},
		"fit/contracts":       {table("customer_id,x,t_x,t\n#,1,$,$1\n"), "clv fit --model sbg table.csv", exitData},
		"fit/money":           {table(summary + "#,1,2,3,$9999,1\n"), "clv fit --model gamma-gamma table.csv", exitData},
		"fit/no spend":        {table("customer_id,x,t_x,t\n#,1,2,3\n"), "clv fit --model gamma-gamma table.csv", exitData},
		"predict/not a model": {table(summary + "#,1,2,3,4,1\n"), "clv predict --model table.csv table.csv", exitData},
		"predict/no number":   {table(summary + "#,#,2,3,4,1\n"), "clv predict --model model.json table.csv", exitData},
		"predict/units":       {table("customer_id,x,t_x,t\n#,1,1.5,$.5\n"), "clv predict --model bgbb.json table.csv", exitData},
		"fit/parquet":         {map[string]string{"table.parquet": markedParquet(t, "customer_id", "x", "t_x", "t")}, "clv fit table.parquet", exitData},
		"fit/parquet damaged": {map[string]string{"table.parquet": marks("#,#,#")}, "clv fit table.parquet", exitData},
		"pins/no header":      {pins("#,gold,2026-12-31\n#,gold,2026-12-31\n"), "run job.yaml", exitUsage},
		"pins/cells":          {pins("customer_id,tier,until\n#,#,#\n"), "run job.yaml", exitUsage},
		"pins/twice":          {pins("customer_id,tier,until\n" + strings.Repeat("#,gold,2026-12-31\n", 1) + "x,gold,2026-12-31\nx,#,2026-12-31\n"), "run job.yaml", exitUsage},
		"pins/ragged":         {pins("customer_id,tier,until\n#,#\n"), "run job.yaml", exitUsage},
		"pins/quote":          {pins("customer_id,tier,until\n#\"#,gold,#\n"), "check job.yaml", exitUsage},
		"pins/strangers":      {pins("customer_id,tier,until\n#9,gold,2026-12-31\n"), "run job.yaml", exitDone},
		"job/an export":       {map[string]string{"job.yaml": rows(3, markedRow)}, "run job.yaml", exitUsage},
		"job/quoted export":   {map[string]string{"job.yaml": marks("\"#\",\"#\"\n\"#\",\"#\"\n")}, "run job.yaml", exitUsage},
		"job/pairs":           {map[string]string{"job.yaml": marks("{\"a\":\"#\",\"b\":\"#\"}\n{\"a\":\"#\"}\n")}, "run job.yaml", exitUsage},
		"job/list":            {map[string]string{"job.yaml": marks("[\"#\",\"#\"]\n")}, "run job.yaml", exitUsage},
		"run/fine":            {export(markedShop), "run job.yaml", exitDone},
		"run/check":           {export(markedShop), "check job.yaml --no-examples", exitDone}, // examples are values, on purpose
		"run/faults of rows":  {export(markedShop + marks("#,2026-01-02,#,#,#,#\n#,#,$,#,#,#\n#,2026-01-02,$\n,2026-01-02,$,#,#,#\n#,2027-01-02,$,#,#,#\n")), "run job.yaml --set sources.0.malformed=5%", exitDone},
		"run/far":             {export(markedShop), "run job.yaml --as-of 2031-01-01", exitDone},
		"run/latest":          {export(markedShop + marks("#,2096-01-02,$,#,#,#\n")), "run job.yaml --as-of latest", exitData},
		"run/points":          {map[string]string{"shop.csv": markedShop, "job.yaml": markedJob + "tiers: {levels: [{name: gold, qualify: {points: 5}}]}\n"}, "run job.yaml", exitDone},
		"run/interests":       {export(markedShop), "run job.yaml --set sources.0.columns.category=region", exitDone},
		"run/auto":            {export(markedShop), "run job.yaml --set clv.model=auto", exitDone},
		"run/json":            {export(markedShop), "run job.yaml --json", exitDone},
		"run/log":             {export(markedShop), "run job.yaml --log-format json --quiet", exitDone},
		"run/backtest":        {export(markedShop), "backtest job.yaml", exitDone},
		"run/guard":           {export(markedShop), "run job.yaml --set guard.age=5~days", exitData},
		"run/nested":          {export(markedShop), "run job.yaml --set rfm.method=nested", exitDone},
		"export/no header":    {export(rows(9, markedRow)), "run job.yaml", anyStatus},
		"export/no header c":  {export(rows(9, markedRow)), "check job.yaml", anyStatus},
		"export/one a day":    {map[string]string{"shop.csv": markedShop, "shop2.csv": rows(9, markedRow)}, "run job.yaml --set sources.0.path=shop*.csv", anyStatus},
		"export/no times":     {export(markedHeader + rows(9, "#,#,$,#,#,#\n")), "run job.yaml", anyStatus},
		"export/two orders":   {export(markedHeader + rows(9, "#,01/02/2026 #,$,#,#,#\n")), "run job.yaml", anyStatus},
		"export/no amounts":   {export(markedHeader + rows(9, "#,2026-01-02,#,#,#,#\n")), "run job.yaml", anyStatus},
		"export/huge amounts": {export(markedHeader + rows(9, "#,2026-01-02,$e30,#,#,#\n")), "run job.yaml", anyStatus},
		"export/no customers": {export(markedHeader + rows(9, ",2026-01-02,$,#,#,#\n")), "run job.yaml", anyStatus},
		"export/all filtered": {export(markedShop), "run job.yaml --set sources.0.where=region='x'", anyStatus},
		"export/where casts":  {export(markedShop), "run job.yaml --set sources.0.where=CAST(region~AS~INTEGER)>0", anyStatus},
		"export/amount casts": {export(markedShop), "run job.yaml --set sources.0.columns.amount=CAST(no~AS~DOUBLE)", anyStatus},
		"export/time casts":   {export(markedShop), "run job.yaml --set sources.0.columns.time=strptime(no,'%d.%m.%Y')", anyStatus},
		"export/time casts2":  {export(markedShop), "run job.yaml --set sources.0.columns.time=CAST(no~AS~DATE)", anyStatus},
		"export/error()":      {export(markedShop), "run job.yaml --set sources.0.columns.amount=error(no)", anyStatus},
		"export/open quote":   {export(markedShop + marks("\"#,2026-01-02,$,#,#,#\n") + rows(5, markedRow)), "run job.yaml", anyStatus},
		"export/malformed":    {export(markedHeader + rows(2, markedRow) + rows(40, "#,#\n")), "run job.yaml", anyStatus},
		"export/line ends":    {export(markedShop + strings.ReplaceAll(rows(20, markedRow), "\n", "\r") + rows(20, markedRow)), "run job.yaml", anyStatus},
		"export/not UTF-8":    {export(markedShop + "\xff\xfe" + rows(9, markedRow)), "run job.yaml", anyStatus},
		"export/UTF-16":       {export("\xff\xfe" + strings.Join(strings.Split(markedShop, ""), "\x00")), "run job.yaml", anyStatus},
		"export/cut gz":       {map[string]string{"shop.csv.gz": zipped(t, markedShop)[:200]}, "run job.yaml --set sources.0.path=shop.csv.gz", anyStatus},
		"export/no json":      {map[string]string{"shop.jsonl": rows(9, markedRow)}, "run job.yaml --set sources.0.path=shop.jsonl", anyStatus},
		"export/bad json":     {map[string]string{"shop.jsonl": marks(`{"id": "#", "day": "2026-01-02", "amount": $, "no": "#", "region": "#", "points": "#"}` + "\n" + `{"id": "#", "day": #` + "\n")}, "run job.yaml --set sources.0.path=shop.jsonl", anyStatus},
		"export/json array":   {map[string]string{"shop.jsonl": marks(`[{"id": "#"}]`)}, "run job.yaml --set sources.0.path=shop.jsonl", anyStatus},
		"export/parquet":      {map[string]string{"shop.parquet": markedParquet(t, "id", "day", "amount", "no", "region", "points")}, "run job.yaml --set sources.0.path=shop.parquet", anyStatus},
		"export/not parquet":  {map[string]string{"shop.parquet": markedShop}, "run job.yaml --set sources.0.path=shop.parquet", anyStatus},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); c.run(t) })
	}
}

// run runs the command and looks for markers in all that it says.
func (c markedCase) run(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"job.yaml":   markedJob,
		"model.json": `{"model": "bg-nbd", "unit": "week", "params": {"r": 0.2, "alpha": 4.4, "a": 0.8, "b": 2.4}}`,
		"bgbb.json":  `{"model": "bg-bb", "unit": "day", "params": {"alpha": 1.2, "beta": 0.8, "gamma": 0.7, "delta": 2.8}}`,
	}
	maps.Copy(files, c.files)
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	args := strings.Fields(c.args)
	for i, arg := range args {
		if _, ok := files[arg]; ok {
			args[i] = filepath.Join(dir, arg)
		}
		args[i] = strings.ReplaceAll(args[i], "~", " ")
	}
	var stdout, stderr bytes.Buffer
	status := run(args, nil, &stdout, &stderr)
	said := stderr.String()
	if !strings.Contains(c.args, "--json") { // which is all results
		said += stdout.String()
	}
	require.Empty(t, marker.FindString(said), "%s", said)
	if c.status != anyStatus {
		require.Equal(t, c.status, status, "%s", said)
	}

	manifest, err := filepath.Glob(filepath.Join(dir, "out", "shop", "latest", "run.json"))
	require.NoError(t, err)
	for _, path := range manifest {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		var m struct {
			Warnings []string `json:"warnings"`
		}
		require.NoError(t, json.Unmarshal(text, &m))
		require.NotRegexp(t, marker, strings.Join(m.Warnings, "\n"))
	}
}

// markedParquet is a Parquet file of text in all columns.
func markedParquet(t *testing.T, names ...string) string {
	t.Helper()
	columns := make([]publish.Col, len(names))
	for i, name := range names {
		columns[i] = publish.Col{Name: name, Values: strings.Fields(rows(9, "# "))}
	}
	batch, err := publish.NewTable(nil, columns...)
	require.NoError(t, err)
	defer batch.Release()
	var out bytes.Buffer
	_, err = publish.WriteParquet(&out, batch.Schema(), publish.Batches(batch), publish.ParquetOptions{})
	require.NoError(t, err)
	return out.String()
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return out.String()
}
