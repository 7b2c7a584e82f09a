package ledger_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A folder stands for all exports below it, and ** for any number of folders.
func TestFoldersOfFolders(t *testing.T) {
	s := newShop(t)
	for name, id := range map[string]string{
		"in/2024/01/a.csv": "a", "in/2024/02/deep/b.csv": "b", "in/c.csv": "c", "in/2023/d.csv": "d",
		"in/_tmp/x.csv": "x", "in/.hidden/x.csv": "x", "in/2024/_x.csv": "x", "in/2024/01/.x.csv": "x", "in/2024/readme.md": "x", "in/~$c.csv": "x",
	} {
		s.write(name, "id,day,amount\n"+id+",2024-01-01,1\n")
	}
	for path, want := range map[string][]string{
		"in": {"d", "a", "b", "c"}, "in/2024": {"a", "b"}, "in/**/*.csv": {"d", "a", "b", "c"}, "in/2024/**": {"a", "b"}, "in/*/0?/*.csv": {"a"},
		"in/202*": {"d", "a", "b"}, "in/**/deep/*.csv": {"b"}, filepath.Join(s.dir, "in/**/deep/*"): {"b"},
	} {
		if path == "in/2024/**" {
			require.NoError(t, os.Remove(filepath.Join(s.dir, "in/2024/readme.md")))
		}
		s.load(head + "sources:\n" + source(path))
		require.Equal(t, want, s.cells("customer"), path)
	}
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("in/**/none/*.csv")), `no file matches "in/**/none/*.csv"`)
	require.NoError(t, os.Symlink("..", filepath.Join(s.dir, "in/2024/loop")))
	require.ErrorContains(t, s.refusal(head+"sources:\n"+source("in")), "the folder in/2024/loop is a link to a folder around it")
}

// Partitions as Hive and Spark lay them out, in folders of folders, are columns.
func TestPartitionedFolders(t *testing.T) {
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		for _, c := range []struct{ folder, id string }{{"year=2023/month=12", "a"}, {"year=2024/month=01", "b"}, {"year=2024/month=02", "c"}} {
			s.write("orders/"+c.folder+"/_SUCCESS", "")
			s.copyTo("orders/"+c.folder+"/part-0.parquet", "SELECT '"+c.id+"' AS id, 5 AS day, 1 AS amount", "FORMAT parquet")
			s.write("lines/"+c.folder+"/1.csv", "id,day,amount\n"+c.id+",5,1\n")
		}
		for _, path := range []string{"orders", "lines", "orders/**/*.parquet", "lines/*/*/*.csv", "lines/year=202*"} {
			s.load(head + "sources:\n  - path: " + path + "\n    columns: {customer: id, time: \"year || '-' || month || '-0' || day\", amount: amount, region: year}\n    where: month <> '02'\n")
			require.Equal(t, []string{"a|2023-12-05|2023|", "b|2024-01-05|2024|", "c|2024-02-05|2024|filtered"}, s.cells("customer, day, attribute_region, reason"), path)
		}
	}
}

// What is joined to the files of a folder is not one of them.
func TestJoinedFileInTheFolder(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,amount\na,2024-01-01,1\n")
	s.write("in/2.csv", "id,day,amount\nb,2024-01-01,2\n")
	s.write("in/customers.csv", "id,name\na,Ann\nb,Bo\n")
	s.load(head + "sources:\n  - path: in\n    columns: {customer: id, time: day, amount: amount, region: name}\n    join: [{path: in/customers.csv, on: id}]\n")
	require.Equal(t, []string{"a|Ann", "b|Bo"}, s.cells("customer, attribute_region"))
}
