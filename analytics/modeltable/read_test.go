package modeltable_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
	"clientele/clv"
)

const header = "customer_id,x,t_x,t\n"

// twoCustomers is what every way of writing them down should come to.
var twoCustomers = clv.Panel{X: []float64{2, 0}, TX: []float64{30.428571428571427, 0}, T: []float64{38.857142857142854, 27}}

func TestWaysToWriteATable(t *testing.T) {
	for _, c := range []struct{ name, csv string }{
		{"plain", header + "a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n"},
		{"no last line end", header + "a,2,30.428571428571427,38.857142857142854\nb,0,0,27"},
		{"of a spreadsheet", "\ufeff" + strings.ReplaceAll(header+"a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n", "\n", "\r\n")},
		{"blank lines", "\n" + header + "\na,2,30.428571428571427,38.857142857142854\n\nb,0,0,27\n\n"},
		{"quotes", `"customer_id","x","t_x","t"` + "\n" + `"a","2","30.428571428571427","38.857142857142854"` + "\nb,0,0,27\n"},
		{"semicolons", strings.ReplaceAll(header+"a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n", ",", ";")},
		{"tabs", strings.ReplaceAll(header+"a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n", ",", "\t")},
		{"bars", strings.ReplaceAll(header+"a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n", ",", "|")},
		{"spaces", "customer_id, x, t_x, t\na, 2, 30.428571428571427 , 38.857142857142854\nb, 0, 0, 27\n"},
		{"other order", "t,note,t_x,customer_id,x\n38.857142857142854,kept,30.428571428571427,a,2\n27,,0,b,0\n"},
		{"powers of ten", header + "a,2e0,3.0428571428571427e1,38.857142857142854\nb,0,-0.0,2.7E+1\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, c.csv)
			require.Equal(t, []string{"a", "b"}, table.ID)
			require.InDeltaSlice(t, twoCustomers.TX, table.Panel.TX, 0)
			table.Panel.TX = twoCustomers.TX // -0 equals 0, but not for Equal
			require.Equal(t, twoCustomers, table.Panel)
			require.Nil(t, table.Spend)
		})
	}
}

// Ids are text: nothing in them is a comment, a number or missing.
func TestIDs(t *testing.T) {
	table := read(t, header+"007,0,0,9\n#1,0,0,9\n,0,0,9\n\"a,\"\"b\"\"\n c\",0,0,9\n客户,0,0,9\nNULL,0,0,9\n")
	require.Equal(t, []string{"007", "#1", "", "a,\"b\"\n c", "客户", "NULL"}, table.ID)
}

func TestSpendAndWeight(t *testing.T) {
	table := read(t, "customer_id,x,t_x,t,weight,spend\n"+
		"a,2,3,9,1,22.35\n"+
		"b,0,0,9,2.5,\n"+ // no repeat purchase: no spend on one
		"c,0,0,9,0,7\n"+
		"d,1,0,9,1,-4.5\n") // gave back more than was bought
	require.Equal(t, []float64{22.35, 0, 7, -4.5}, table.Spend)
	require.Equal(t, []float64{1, 2.5, 0, 1}, table.Panel.Weight)
}

func TestCompressed(t *testing.T) {
	text := header + "a,2,30.428571428571427,38.857142857142854\nb,0,0,27\n"
	var gz, zst bytes.Buffer
	g := gzip.NewWriter(&gz)
	_, err := g.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, g.Close())
	z, err := zstd.NewWriter(&zst)
	require.NoError(t, err)
	_, err = z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	e := openEngine(t)
	for name, content := range map[string]string{"summary.csv.gz": gz.String(), "summary.csv.ZST": zst.String()} {
		table, err := modeltable.Read(t.Context(), e, write(t, name, content))
		require.NoError(t, err, name)
		require.Equal(t, twoCustomers, table.Panel, name)
	}
	path := write(t, "cut.csv.gz", gz.String()[:gz.Len()-8])
	_, err = modeltable.Read(t.Context(), e, path)
	requireDataError(t, err, path+": cannot be read: the file is cut off or damaged (unexpected EOF): export or copy it again")
	path = write(t, "plain.csv.gz", text)
	_, err = modeltable.Read(t.Context(), e, path)
	requireDataError(t, err, path+": cannot be read: its name ends in .gz and it is not compressed with gzip: give it the ending that says what it is")
}

func TestTableErrors(t *testing.T) {
	const needed = "; expected a header with customer_id, x, t_x, t and, if known, spend and weight; found "
	e := openEngine(t)
	for _, c := range []struct{ csv, want string }{
		{"", ": is empty; expected a header with customer_id, x, t_x, t and, if known, spend and weight"},
		{"\n\n", ": is empty; expected a header with customer_id, x, t_x, t and, if known, spend and weight"},
		{header, ": holds a header and no rows"},
		{"id,x,t_x,t\na,0,0,9\n", `: has no column "customer_id"` + needed + "x, t_x, t and 1 more"},
		{"customer_id,X,t_x,t\na,0,0,9\n", `: has no column "x"` + needed + "customer_id, t_x, t and 1 more"},
		{"customer_id,x,recency,T\na,0,0,9\n", `: has no column "t_x"` + needed + "customer_id, x and 2 more"},
		{"a,2,30,38\nb,0,0,27\n", `: has no column "customer_id"` + needed + "none of these in 4 columns"},
		{"customer_id,x,t_x\na,0,0\n", `: has no column "t"` + needed + "customer_id, x, t_x"},
		{"customer_id,x,t_x,t,x\na,0,0,9,1\n", `: has two columns "x"; expected one, for which of them counts cannot be told; rename or drop the other`},
		{"customer_id,x,t_x,t,customer_id\na,0,0,9,b\n", `: has two columns "customer_id"; expected one, for which of them counts cannot be told; rename or drop the other`},
		{"customer\xe9,x,t_x,t\na,0,0,9\n", ": is not text in UTF-8; convert it, for example with iconv"},
		{"\"customer_id,x,t_x,t\na,0,0,9\n", `:1: cannot be split into cells: extraneous or missing " in quoted-field`},
	} {
		path := write(t, "summary.csv", c.csv)
		_, err := modeltable.Read(t.Context(), e, path)
		require.Error(t, err, c.csv)
		requireDataError(t, err, path+c.want)
	}
}

func TestRowErrors(t *testing.T) {
	const full = "customer_id,x,t_x,t,spend,weight\n"
	const history = "not a customer's history: "
	e := openEngine(t)
	for _, c := range []struct{ csv, want string }{
		{header + "a,two,3,9\n", `:2: x: expected a number, found something else`},
		{header + "a,2,,9\n", ":2: t_x: expected a number, found nothing"},
		{header + "a,2,3,0x10\n", `:2: t: expected a number, found something else`},
		{header + "a,1,3,1e999\n", `:2: t: expected a number, found something else`},
		{"customer_id;x;t_x;t\na;1;30,5;38\n", `:2: t_x: expected a number, found something else`},
		{header + "a,1.5,3,9\n", ":2: " + history + "x is not a whole number from 0 to 9.007199254740992e+15"},
		{header + "a,-1,3,9\n", ":2: " + history + "x is not a whole number from 0 to 9.007199254740992e+15"},
		{header + "a,1,3,NaN\n", ":2: " + history + "t is not a number from 0 to 1e+15"},
		{header + "a,1,9.5,9\n", ":2: " + history + "t_x is after t"},
		{header + "a,0,3,9\n", ":2: " + history + "t_x should be 0 where x is 0"},
		{full + "a,1,3,9,,1\n", ":2: spend: expected a number, found nothing"},
		{full + "a,0,0,9,none,1\n", `:2: spend: expected a number, found something else`},
		{full + "a,1,3,9,Inf,1\n", ":2: spend is not an amount from -1e+15 to 1e+15"},
		{full + "a,1,3,9,5,\n", ":2: weight: expected a number, found nothing"},
		{full + "a,1,3,9,5,-1\n", ":2: weight is not a number from 0 to 9.007199254740992e+15"},
		{full + "a,1,3,9,5,NaN\n", ":2: weight is not a number from 0 to 9.007199254740992e+15"},
		// Lines are those that an editor shows.
		{"\n" + header + "\n\"a\nb\",0,0,9\n\nc,1,soon,9\n", `:7: t_x: expected a number, found something else`},
		{strings.ReplaceAll(header+"a,0,0,9\nb,1,soon,9\n", "\n", "\r\n"), `:3: t_x: expected a number, found something else`},
		{header + "a,0,0,9\nb,0\n", ":3: 2 cells, expected as many as the header has"},
		{header + "a,0,0,9\nb,0,0,9,9\n", ":3: 5 cells, expected as many as the header has"},
		{header + "a,0,0,9\nb\"c,0,0,9\n", `:3: cannot be split into cells: bare " in non-quoted-field`},
		{header + "a,0,0,9\n\xe9,0,0,9\n", ":3: customer_id is not text in UTF-8; convert the table, for example with iconv"},
	} {
		path := write(t, "summary.csv", c.csv)
		_, err := modeltable.Read(t.Context(), e, path)
		require.Error(t, err, c.csv)
		requireDataError(t, err, path+c.want)
	}
}

func TestNoSuchTable(t *testing.T) {
	e := openEngine(t)
	path := filepath.Join(t.TempDir(), "absent.csv")
	_, err := modeltable.Read(t.Context(), e, path)
	requireDataError(t, err, path+": cannot be read: no such file or directory")
	folder := t.TempDir()
	_, err = modeltable.Read(t.Context(), e, folder)
	requireDataError(t, err, folder+": cannot be read: it is a folder, not a regular file")
	path = filepath.Join(t.TempDir(), "absent.parquet")
	_, err = modeltable.Read(t.Context(), e, path)
	requireDataError(t, err, path+": cannot be read: no such file or directory")
}

func TestReadIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := modeltable.Read(ctx, openEngine(t), write(t, "summary.csv", header+"a,0,0,9\n"))
	require.ErrorIs(t, err, context.Canceled)
}

// Parquet keeps bits, whatever the type of its columns.
func TestParquet(t *testing.T) {
	e := openEngine(t)
	path := parquet(t, e, `SELECT * FROM (VALUES
		(17, CAST(2 AS SMALLINT), CAST(213 AS DOUBLE) / 7, CAST(38.5 AS DECIMAL(9, 2)), CAST(22.35 AS FLOAT), 3),
		(18, CAST(0 AS SMALLINT), CAST(0 AS DOUBLE), CAST(27 AS DECIMAL(9, 2)), NULL, 1)
	) AS v (customer_id, x, t_x, t, spend, weight)`)
	table, err := modeltable.Read(t.Context(), e, path)
	require.NoError(t, err)
	require.Equal(t, []string{"17", "18"}, table.ID)
	require.Equal(t, clv.Panel{X: []float64{2, 0}, TX: []float64{213.0 / 7, 0}, T: []float64{38.5, 27}, Weight: []float64{3, 1}}, table.Panel)
	require.Equal(t, []float64{float64(float32(22.35)), 0}, table.Spend)
}

// The name of a table is a name: no sign in it is matched again, and no folder
// adds a column.
func TestNameOfAParquetTable(t *testing.T) {
	e := openEngine(t)
	for _, name := range []string{"s[1].parquet", "s1.parquet", "weight=7/s?.parquet"} {
		path := filepath.Join(t.TempDir(), name)
		for _, file := range []string{path, filepath.Join(filepath.Dir(path), "s1.parquet")} {
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.Rename(parquet(t, e, "SELECT '"+filepath.Base(file)+"' AS customer_id, 1 AS x, 2 AS t_x, 3 AS t"), file))
		}
		table, err := modeltable.Read(t.Context(), e, path)
		require.NoError(t, err)
		require.Equal(t, []string{filepath.Base(name)}, table.ID)
		require.Nil(t, table.Panel.Weight)
	}
}

// An id that a data frame stored as a double is the same id.
func TestParquetIDsAsDoubles(t *testing.T) {
	e := openEngine(t)
	table, err := modeltable.Read(t.Context(), e, parquet(t, e, "SELECT CAST(17850 AS DOUBLE) AS customer_id, 1 AS x, 2 AS t_x, 3 AS t"))
	require.NoError(t, err)
	require.Equal(t, []string{"17850"}, table.ID)
}

func TestParquetErrors(t *testing.T) {
	e := openEngine(t)
	for _, c := range []struct{ query, want string }{
		{"SELECT 'a' AS customer_id, 1 AS x, 2 AS t_x", `: has no column "t"; expected a header with customer_id, x, t_x, t and, if known, spend and weight; found customer_id, x, t_x`},
		{"SELECT 'a' AS customer_id, 1 AS x, 2 AS t_x, 3 AS t WHERE false", ": holds a header and no rows"},
		// Beyond the engine's first batch, so that rows are counted over batches.
		{"SELECT range AS customer_id, 1 AS x, 2 AS t_x, CASE WHEN range = 5000 THEN 1 ELSE 3 END AS t FROM range(6000)", ": row 5001: not a customer's history: t_x is after t"},
		{"SELECT range AS customer_id, CASE WHEN range <> 5000 THEN 1 END AS x, 2 AS t_x, 3 AS t FROM range(6000)", ": row 5001: x: expected a number, found nothing"},
		{"SELECT 'a' AS customer_id, 'one' AS x, 2 AS t_x, 3 AS t", `: row 1: x: expected a number, found something else`},
	} {
		path := parquet(t, e, c.query)
		_, err := modeltable.Read(t.Context(), e, path)
		requireDataError(t, err, path+c.want)
	}
	path := write(t, "text.parquet", header)
	_, err := modeltable.Read(t.Context(), e, path)
	requireDataError(t, err, path+": cannot be read: No magic bytes found at end of file '"+path+"'")
}

// A Parquet file whose footer is whole and whose pages are not.
func TestDamagedParquet(t *testing.T) {
	e := openEngine(t)
	path := parquet(t, e, "SELECT hash(range) AS customer_id, 1 AS x, 2 AS t_x, 3 AS t FROM range(1000)")
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	copy(content[4:], bytes.Repeat([]byte{0xff}, 200))
	path = write(t, "damaged.parquet", string(content))
	_, err = modeltable.Read(t.Context(), e, path)
	require.ErrorContains(t, err, path+": cannot be read to its end: ")
}
