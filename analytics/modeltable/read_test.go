package modeltable_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, content string }{
		{"plain.csv", "customer_id,x,t_x,t,spend,weight\n007,1,2.5,3,10.5,1\nb,0,0,4,,2.5\n"},
		{"order.csv", "weight,t,spend,more,x,t_x,customer_id\n1,3,10.5,zzz,1,2.5,007\n2.5,4,,,0,0,b\n"},
		{"semicolons.csv", "customer_id;x;t_x;t;spend;weight\n007;1;2.5;3;10.5;1\nb;0;0;4;0;2.5\n"},
		{"spaces.csv", "customer_id,x,t_x,t,spend,weight\n007, 1 ,2.5,3,1.05e1,1\n\nb,0,0,4,,2.5\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, write(t, c.name, c.content))
			require.Equal(t, []string{"007", "b"}, table.ID)
			require.Equal(t, []float64{1, 0}, table.Panel.X)
			require.Equal(t, []float64{2.5, 0}, table.Panel.TX)
			require.Equal(t, []float64{3, 4}, table.Panel.T)
			require.Equal(t, []float64{1, 2.5}, table.Panel.Weight)
			require.Equal(t, []float64{10.5, 0}, table.Spend, "who has not bought again has no spend on it")
		})
	}
}

func TestReadWithoutOptionalColumns(t *testing.T) {
	table := read(t, write(t, "s.csv", "customer_id,x,t_x,t\na,1,2,3\n"))
	require.Nil(t, table.Spend)
	require.Nil(t, table.Panel.Weight)
}

func TestReadParquet(t *testing.T) {
	e := openEngine(t)
	path := filepath.Join(t.TempDir(), "s.parquet")
	require.NoError(t, e.Exec(t.Context(), "COPY (SELECT 7 AS customer_id, 1 AS x, 2.5::DECIMAL(8, 2) AS t_x, 3::FLOAT AS t) TO "+engine.Literal(path)+" (FORMAT parquet)"))
	table := read(t, path)
	require.Equal(t, []string{"7"}, table.ID)
	require.Equal(t, []float64{2.5}, table.Panel.TX)

	require.NoError(t, e.Exec(t.Context(), "COPY (SELECT 7 AS customer_id, 1 AS x, 5 AS t_x, 3 AS t) TO "+engine.Literal(path)+" (FORMAT parquet)"))
	require.Equal(t, path+": row 1: customer 7: not a customer's history: t_x (5) is after t (3)", refused(t, path))
}

// Doubles come back with every bit, whatever the file holds them in.
func TestReadIsExact(t *testing.T) {
	table := read(t, write(t, "s.csv", "customer_id,x,t_x,t\na,2,30.428571428571427,38.857142857142854\nb,1,0.1,0.30000000000000004\n"))
	require.Equal(t, []float64{213.0 / 7, 0.1}, table.Panel.TX)
	require.Equal(t, []float64{272.0 / 7, 0.30000000000000004}, table.Panel.T)
}

func TestReadErrors(t *testing.T) {
	const header = "customer_id,x,t_x,t,spend,weight\na,1,2,3,5,1\n"
	const expected = "; expected customer_id, x, t_x, t and, if known, spend and weight; found "
	for _, c := range []struct{ name, content, want string }{
		{"empty", "", ": cannot be read as csv: it holds blank lines only: export it again"},
		{"header only", "customer_id,x,t_x,t\n", ": holds a header and no rows"},
		{"not text", "PAR1\x00\x00", ": cannot be read as csv: it is not UTF-8 text: export it as CSV in UTF-8"},
		{"column missing", "customer_id,x,recency,t\na,1,2,3\n", `: has no column "t_x"` + expected + "customer_id, x, recency, t"},
		{"column in capitals", "customer_id,X,t_x,T\na,1,2,3\n", `: has no column "x"` + expected + "customer_id, X, t_x, T"},
		{"word for a number", header + "b,1,soon,3,5,1\n", `:3: customer b: t_x: expected a number, found "soon"`},
		{"nothing for a number", header + "b,,2,3,5,1\n", ":3: customer b: x: expected a number, found nothing"},
		{"no spend on repeat purchases", header + "b,1,2,3,,1\n", ":3: customer b: spend: expected a number, found nothing"},
		{"no weight", header + "b,1,2,3,5,\n", ":3: customer b: weight: expected a number, found nothing"},
		{"weight below 0", header + "b,1,2,3,5,-1\n", ":3: customer b: weight: expected a number of customers, found -1"},
		{"weight not a number", header + "b,1,2,3,5,nan\n", ":3: customer b: weight: expected a number of customers, found NaN"},
		{"spend not a number", header + "b,1,2,3,inf,1\n", ":3: customer b: spend: expected an amount, found +Inf"},
		{"half a purchase", header + "b,1.5,2,3,5,1\n", ":3: customer b: not a customer's history: x (1.5) is not a whole number from 0 to 9.007199254740992e+15"},
		{"purchase after the end", header + "b,1,4,3,5,1\n", ":3: customer b: not a customer's history: t_x (4) is after t (3)"},
		{"first purchase again", header + "b,0,2,3,5,1\n", ":3: customer b: not a customer's history: t_x (2) should be 0 where x is 0"},
		{"short line", header + "b,1,2\n", ":3: has not the columns of the header, or is not UTF-8 text"},
		{"long line", header + "b,1,2,3,4,5,6\n", ":3: has not the columns of the header, or is not UTF-8 text"},
		{"after blank lines", "\n" + header + "\n\nb,1,4,3,5,1\n", ":6: customer b: not a customer's history: t_x (4) is after t (3)"},
		{"after a line break in a cell", header + "\"b\nc\",1,2,3,5,1\nd,1,4,3,5,1\n", ":5: customer d: not a customer's history: t_x (4) is after t (3)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "s.csv", c.content)
			require.Equal(t, path+c.want, refused(t, path))
		})
	}
}

func TestReadMissingFile(t *testing.T) {
	require.Equal(t, "absent.csv: cannot be read as csv: no such file or directory", refused(t, "absent.csv"))
	require.Contains(t, refused(t, "absent.parquet"), "absent.parquet: cannot be read: ")
}

// The line is right far into a file, which the engine hands over in batches.
func TestReadErrorInALaterBatch(t *testing.T) {
	var b strings.Builder
	b.WriteString("customer_id,x,t_x,t\n")
	const sound = 5_000
	for i := range sound {
		fmt.Fprintf(&b, "c%d,1,2,3\n", i)
	}
	path := write(t, "s.csv", b.String()+"late,1,oops,3\n")
	require.Equal(t, fmt.Sprintf(`%s:%d: customer late: t_x: expected a number, found "oops"`, path, sound+2), refused(t, path))
}
