package ledger_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal256"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// three is one export in CSV; the last row has no customer.
const three = "id,day,amount\n007,2024-01-01,1.50\n8,2024-01-02,2\n,2024-01-03,3.25\n"

// threeRows is what the ledger makes of it in every format.
var threeRows = []string{"007|2024-01-01|1.5|", "8|2024-01-02|2|", "|2024-01-03|3.25|anonymous"}

const threeCells = "customer, day, amount, reason"

// threeTyped is the same export as a query, with the types a database has.
const threeTyped = `SELECT * FROM (VALUES ('007', DATE '2024-01-01', 1.50::DECIMAL(10, 2)), ('8', DATE '2024-01-02', 2), (NULL, DATE '2024-01-03', 3.25)) t(id, day, amount)`

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func zstandard(t *testing.T, text string) string {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, z.Close()) }()
	return string(z.EncodeAll([]byte(text), nil))
}

func TestFormats(t *testing.T) {
	const jsonLines = `{"id": "007", "day": "2024-01-01", "amount": 1.50}` + "\n" +
		`{"day": "2024-01-02", "amount": "2", "id": 8}` + "\n" + `{"day": "2024-01-03", "amount": 3.25}` + "\n"
	for _, c := range []struct {
		name, content, more string
		line                int64
		row                 string
	}{
		{"a.csv", three, "", 4, ",2024-01-03,3.25"},
		{"a.CSV", three, "", 4, ",2024-01-03,3.25"},
		{"a.txt", "id;day;amount\n007;2024-01-01;1.50\n8;2024-01-02;2\n;2024-01-03;3.25\n", "", 4, ";2024-01-03;3.25"},
		{"a.tsv", "id\tday\tamount\n007\t2024-01-01\t1.50\n8\t2024-01-02\t2\n\t2024-01-03\t3.25\n", "", 4, "\t2024-01-03\t3.25"},
		{"pipe.csv", "id|day|amount\n007|2024-01-01|1.50\n8|2024-01-02|2\n|2024-01-03|3.25\n", "", 4, "|2024-01-03|3.25"},
		{"bom.csv", "\ufeff" + three, "", 4, ",2024-01-03,3.25"},
		{"crlf.csv", "id,day,amount\r\n007,2024-01-01,1.50\r\n8,2024-01-02,2\r\n,2024-01-03,3.25\r\n", "", 4, ",2024-01-03,3.25"},
		{"cr.csv", "id,day,amount\r007,2024-01-01,1.50\r8,2024-01-02,2\r,2024-01-03,3.25\r", "", 4, ",2024-01-03,3.25"},
		{"no-end.csv", three[:len(three)-1], "", 4, ",2024-01-03,3.25"},
		{"title.csv", "My shop, all sales\n\n" + three, "", 6, ",2024-01-03,3.25"},
		{"sep.csv", "sep=;\nid;day;amount\n007;2024-01-01;1.50\n8;2024-01-02;2\n;2024-01-03;3.25\n", "", 5, ";2024-01-03;3.25"},
		{"quoted.csv", "\"id\",\"day\",\"amount\"\n\"007\",\"2024-01-01\",\"1.50\"\n\"8\",\"2024-01-02\",\"2\"\n\"\",\"2024-01-03\",\"3.25\"\n", "", 4, `"","2024-01-03","3.25"`},
		{"a.csv.gz", gzipped(t, three), "", 4, ",2024-01-03,3.25"},
		{"a.csv.zst", zstandard(t, three), "", 4, ",2024-01-03,3.25"},
		{"a.jsonl", jsonLines, "", 3, `{"day": "2024-01-03", "amount": 3.25}`},
		{"a.ndjson.gz", gzipped(t, jsonLines), "", 3, `{"day": "2024-01-03", "amount": 3.25}`},
		{"a.json.zst", zstandard(t, jsonLines), "", 3, `{"day": "2024-01-03", "amount": 3.25}`},
		{"part-0001", three, "format: csv", 4, ",2024-01-03,3.25"},
		{"brackets [1].csv", three, "", 4, ",2024-01-03,3.25"},
		{"it's.csv", three, "", 4, ",2024-01-03,3.25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			s.write(c.name, c.content)
			plan := s.load(head + "sources:\n" + source("\""+c.name+"\"", c.more))
			require.Equal(t, threeRows, s.cells(threeCells))
			require.Equal(t, []ledger.Reject{{Source: c.name, Line: c.line, Reason: ledger.Anonymous, Row: c.row}}, s.rejects(plan))
		})
	}
}

func TestParquet(t *testing.T) {
	s := newShop(t)
	s.copyTo("a.parquet", threeTyped, "FORMAT parquet")
	plan := s.load(head + "sources:\n" + source("a.parquet"))
	require.Equal(t, threeRows, s.cells(threeCells))
	require.Equal(t, []ledger.Reject{{
		Source: "a.parquet", Line: 3, Reason: ledger.Anonymous, Row: `{"id":null,"day":"2024-01-03","amount":3.25}`,
	}}, s.rejects(plan))
}

// A column may be a number or a time by type; ids are text all the same.
func TestParquetTypes(t *testing.T) {
	s := newShop(t)
	s.copyTo("a.parquet", `SELECT 7::BIGINT AS id, 12::INTEGER AS "order", TIMESTAMP '2024-01-01 10:00' AS day, 0.1::DOUBLE + 0.2::DOUBLE AS amount, 3::SMALLINT AS n`, "FORMAT parquet")
	s.load(head + "sources:\n  - path: a.parquet\n    columns: {customer: id, order: order, time: day, amount: amount * n}\n    where: id > 6 AND n <> 4\n")
	require.Equal(t, []string{"7|12|2024-01-01|0.9"}, s.cells("customer, order_id, day, amount"))
}

// An entry of a list is one, and not a sign of its text.
func TestListsInParquet(t *testing.T) {
	s := newShop(t)
	s.copyTo("a.parquet", "SELECT [17, 2] AS ids, {'name': 'x', 'n': [5]} AS who, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	for expression, want := range map[string]string{"ids[1]": "17", "who.name": "x", "who.n[1]": "5", "len(ids)": "2"} {
		s.load(head + "sources:\n  - path: a.parquet\n    columns: {customer: '" + expression + "', time: day, amount: amount}\n")
		require.Equal(t, []string{want}, s.cells("customer"), expression)
	}
}

// Decimals that are longer than the engine's are refused: it makes other
// numbers of them.
func TestDecimalsTooLong(t *testing.T) {
	s := newShop(t)
	amount, err := decimal256.FromString("17850.25", 50, 2)
	require.NoError(t, err)
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.BinaryTypes.String},
		{Name: "day", Type: arrow.BinaryTypes.String},
		{Name: "amount", Type: arrow.PrimitiveTypes.Int64},
		{Name: "long", Type: &arrow.Decimal256Type{Precision: 50, Scale: 2}},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	b.Field(0).(*array.StringBuilder).Append("a")
	b.Field(1).(*array.StringBuilder).Append("2024-01-01")
	b.Field(2).(*array.Int64Builder).Append(5)
	b.Field(3).(*array.Decimal256Builder).Append(amount)
	f, err := os.Create(filepath.Join(s.dir, "a.parquet"))
	require.NoError(t, err)
	w, err := pqarrow.NewFileWriter(schema, f, nil, pqarrow.DefaultWriterProps())
	require.NoError(t, err)
	require.NoError(t, w.Write(b.NewRecordBatch()))
	require.NoError(t, w.Close())

	s.load(head + "sources:\n" + source("a.parquet"))
	require.Equal(t, []string{"a|5"}, s.cells("customer, amount"), "a column that nobody maps does no harm")
	require.ErrorContains(t, s.refusal(head+"sources:\n  - path: a.parquet\n    columns: {customer: id, time: day, amount: long * 2}\n"),
		`sources.0.columns.amount: "long * 2" names the column "long", which holds decimals of 50 digits in a.parquet, and 38 at most can be read; export it with fewer, or as text`)
}

func TestFilesOfASource(t *testing.T) {
	s := newShop(t)
	s.write("in/2024-01.csv", "id,day,amount\n1,2024-01-01,1\n")
	s.write("in/2024-02.csv.gz", gzipped(t, "id,day,amount\n2,2024-02-01,2\n"))
	s.copyTo("in/2024-03.parquet", "SELECT 3 AS id, DATE '2024-03-01' AS day, 3 AS amount", "FORMAT parquet")
	s.write("in/2024-04.csv", "amount,id,day\n4,4,2024-04-01\n") // columns in another order
	s.write("in/_SUCCESS", "")
	s.write("in/.hidden.csv", "nothing of this,is read\n1,2\n")
	s.write("in/_draft.csv", "id,day,amount\n9,2024-01-01,1\n")
	s.write("in/notes.md", "not an export")
	s.write("in/below/2024-05.csv", "id,day,amount\n5,2024-05-01,5\n")
	for _, c := range []struct {
		path string
		want []string
	}{
		{"in/2024-01.csv", []string{"1"}},
		{"in/*.csv", []string{"1", "4"}},
		{"in/*.csv*", []string{"1", "2", "4"}},
		{"in", []string{"1", "2", "3", "4"}},
		{"in/", []string{"1", "2", "3", "4"}},
		{"./in/2024-0[12]*", []string{"1", "2"}},
		{"in/*/*.csv", []string{"5"}},
		{filepath.Join(s.dir, "in/2024-01.csv"), []string{"1"}},
	} {
		s.load(head + "sources:\n" + source("\""+c.path+"\""))
		require.Equal(t, c.want, s.cells("customer"), c.path)
	}
}

// The manifest shows paths as the job file spells them, so that it does not
// depend on the folder in which somebody keeps the job.
func TestInputPaths(t *testing.T) {
	s := newShop(t)
	s.write("in/a.csv", three)
	s.write("in/b.csv", three)
	require.NoError(t, os.Mkdir(filepath.Join(s.dir, "jobs"), 0o755))
	for _, c := range []struct {
		dir, path string
		want      []string
	}{
		{"", "in/*.csv", []string{"in/a.csv", "in/b.csv"}},
		{"", "./in/*.csv", []string{"in/a.csv", "in/b.csv"}},
		{"", "./in", []string{"in/a.csv", "in/b.csv"}},
		{"", "in/a.csv", []string{"in/a.csv"}},
		{"jobs", "../in/*.csv", []string{"../in/a.csv", "../in/b.csv"}},
		{"jobs", "../in", []string{"../in/a.csv", "../in/b.csv"}},
	} {
		j := s.job(head + "sources:\n" + source("\""+c.path+"\""))
		j.Dir = filepath.Join(s.dir, c.dir)
		plan, err := s.prepare(j)
		require.NoError(t, err)
		require.NoError(t, plan.Load(t.Context(), j.AsOf.Day))
		var paths []string
		for _, in := range plan.Inputs() {
			paths = append(paths, in.Path)
		}
		require.Equal(t, c.want, paths, c.path)
	}
}

func TestHash(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", three)
	plan := s.load(head + "sources:\n" + source("a.csv"))
	require.Equal(t, []ledger.Input{{
		Path: "a.csv", SHA256: "9fff7f113340859236ea4e13bebe3ea931a6212e2bd778536def98685a7140f7", Rows: 3, Encoding: "utf-8",
	}}, plan.Inputs())
}

// Sources may have different columns; what one does not map is empty there.
func TestSourcesWithDifferentColumns(t *testing.T) {
	s := newShop(t)
	s.write("web.csv", "user,at,total,channel\n1,2024-01-01,5,web\n2,2024-01-02,6,app\n")
	s.write("till.csv", "card;bon;tag;preis;filiale\n1;B1;2024-01-03;7.5;Köln\n;B2;2024-01-03;8;Bonn\n")
	plan := s.load(head + `sources:
  - path: web.csv
    columns: {customer: user, time: at, amount: total, channel: channel}
  - path: till.csv
    columns: {customer: card, order: bon, time: tag, amount: preis, region: filiale, attributes: {loyal: "'yes'"}}
`)
	require.Equal(t, []string{
		"0|1|2024-01-01|2024-01-01|5|web||", "0|2|2024-01-02|2024-01-02|6|app||",
		"1|1|B1|2024-01-03|7.5||Köln|yes", "1||B2|2024-01-03|8||Bonn|yes",
	}, s.cells("file, customer, order_id, day, amount, attribute_channel, attribute_region, attribute_loyal"))
	require.Equal(t, []string{"channel", "region", "loyal"}, plan.Attributes)
	require.True(t, plan.HasOrders)
	require.False(t, plan.HasCost)
	a := s.tally(plan)
	require.Equal(t, []int64{2, 2}, a.FileRows)
	require.Equal(t, int64(2), a.BySource[0].Used.Rows)
	require.Equal(t, int64(1), a.BySource[1].Used.Rows)
	require.Equal(t, "15.50", a.BySource[1].Read.Money.String())
}
