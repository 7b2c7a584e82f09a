package ledger_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// The name of a file that was found or given is a name: no sign in it is
// matched again.
func TestFileNamesAreNames(t *testing.T) {
	names := []string{"e[1]", "e1", "orders?", "orders1", "s*", "st", "a=b", `b\s`, "it's", "x{1,2}", "~t", "%20", "[!a]", "]x["}
	for _, ending := range []string{".csv", ".csv.gz", ".jsonl", ".parquet"} {
		s := newShop(t)
		for i, name := range names {
			switch day := "2024-01-01"; ending {
			case ".csv":
				s.write("in/"+name+ending, "id,day,amount\n\""+name+"\","+day+",1\n")
			case ".csv.gz":
				s.write("in/"+name+ending, gzipped(t, "id,day,amount\n\""+name+"\","+day+",1\n"))
			case ".jsonl":
				s.write("in/"+name+ending, `{"id": "`+jsonText(name)+`", "day": "2024-01-01", "amount": 1}`+"\n")
			default:
				if i == 0 {
					s.write("in/.keep", "")
				}
				s.copyTo("in/plain", "SELECT "+sqlText(name)+" AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
				s.rename("in/plain", "in/"+name+ending)
			}
		}
		for _, path := range []string{"in", "in/*" + ending} {
			s.load(head + "sources:\n" + source("\""+path+"\""))
			require.ElementsMatch(t, names, s.cells("customer"), path)
		}
		for _, name := range []string{"e[1]", "orders?"} {
			s.load(head + "sources:\n" + source("\"in/"+name+ending+"\""))
			require.Equal(t, []string{name}, s.cells("customer"))
		}
	}
}

// A folder called key=value is a column where the job maps it and the files have
// none of that name; it replaces none. Folders above the job file say nothing.
func TestFoldersOfPartitions(t *testing.T) {
	const columns = "    columns: {customer: id, time: day, amount: amount, region: region, attributes: {label: \"upper(country)\"}}\n"
	s := newShop(t)
	s.write("cust=acme/in/region=EU/country=de/1.csv", "id,day,amount,region\na,2024-01-01,1,NL\n")
	s.write("cust=acme/in/region=EU/country=f%20r/2.csv", "id,day,amount,region\nb,2024-01-01,1,FR\n")
	s.write("cust=acme/in/region=US/country=__HIVE_DEFAULT_PARTITION__/3.csv", "id,day,amount,region\nc,2024-01-01,1,\n")
	j := s.job(head + "sources:\n  - path: in/*/*/*.csv\n" + columns)
	j.Dir = filepath.Join(s.dir, "cust=acme")
	plan, err := s.prepare(j)
	require.NoError(t, err)
	require.NoError(t, plan.Load(t.Context(), j.AsOf.Day))
	require.Equal(t, []string{"a|NL|DE", "b|FR|F R", "c||"}, s.cells("customer, attribute_region, attribute_label"))

	j.Sources[0].Columns.Customer = "cust"
	_, err = s.prepare(j)
	require.ErrorContains(t, err, `has no column "cust"`)

	s = newShop(t)
	for _, c := range []struct{ folder, id string }{{"region=EU/country=de", "a"}, {"region=US/country=us", "b"}} {
		s.write(c.folder+"/.keep", "")
		s.copyTo(c.folder+"/1.parquet", "SELECT '"+c.id+"' AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	}
	s.load(head + "sources:\n  - path: region=*/*/*.parquet\n" + columns)
	require.Equal(t, []string{"a|EU|DE", "b|US|US"}, s.cells("customer, attribute_region, attribute_label"))
}

// Columns are told apart as they are spelled, in every format.
func TestColumnsAsSpelled(t *testing.T) {
	for _, ending := range []string{".csv", ".jsonl", ".parquet"} {
		s := newShop(t)
		switch ending {
		case ".csv":
			s.write("export.csv", "Amount,id,day,amount,AMOUNT\n1,a,2024-01-01,100,7\n2,b,2024-01-02,200,7\n")
		case ".jsonl":
			s.write("export.jsonl", `{"Amount":1,"id":"a","day":"2024-01-01","amount":100,"AMOUNT":7}`+"\n"+`{"Amount":2,"id":"b","day":"2024-01-02","amount":200,"AMOUNT":7}`+"\n")
		default:
			s.writeParquet([]string{"Amount", "id", "day", "amount", "AMOUNT"}, [][]string{{"1", "a", "2024-01-01", "100", "7"}, {"2", "b", "2024-01-02", "200", "7"}})
		}
		for _, c := range []struct{ amount, a, b string }{
			{"amount", "a|100", "b|200"}, {"Amount", "a|1", "b|2"}, {"AMOUNT", "a|7", "b|7"}, {"amount - Amount", "a|99", "b|198"}, {`"amount" * 2 + "Amount"`, "a|201", "b|402"},
		} {
			s.load(head + "sources:\n  - path: export" + ending + "\n    columns: {customer: id, time: day, amount: '" + c.amount + "'}\n")
			require.Equal(t, []string{c.a, c.b}, s.cells("customer, amount"), c.amount)
		}
		err := s.refusal(head + "sources:\n  - path: export" + ending + "\n    columns: {customer: id, time: day, amount: aMOUNT}\n")
		require.ErrorAs(t, err, new(job.Errors))
		require.Contains(t, err.Error(), `"aMOUNT" may name several columns of export`+ending+`: write it as the export does, "Amount" or "amount" or "AMOUNT"`)
	}
}

// A name that is there twice names no column; it does no harm where nobody
// maps it.
func TestColumnsThatAreThereTwice(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount,note,note\na,2024-01-01,100,x,y\n")
	s.writeParquet([]string{"id", "day", "amount", "note", "note"}, [][]string{{"a", "2024-01-01", "100", "x", "y"}})
	for _, file := range []string{"export.csv", "export.parquet"} {
		s.load(head + "sources:\n" + source(file))
		require.Equal(t, []string{"a|100"}, s.cells("customer, amount"))
		for _, note := range []string{"note", "upper(note)"} {
			err := s.refusal(head + "sources:\n  - path: " + file + "\n    columns: {customer: id, time: day, amount: amount, region: " + note + "}\n")
			require.ErrorAs(t, err, new(job.Errors))
			require.Contains(t, err.Error(), `"note" is the name of 2 columns of `+file+`: rename them in the export`)
		}
	}
}

// Columns may be called like anything of the program's or of the engine's.
func TestColumnsOfOurNames(t *testing.T) {
	ours := []string{"file_index", "file_row_number", "filename", "rowid", "clientele.0", "clientele.0.other", "clientele.file", "reason", "content", "text", "line", "sample_0", "ledger"}
	names := append([]string{"id", "day", "amount"}, ours...)
	row := []string{"a", "2024-01-01", "100"}
	for _, o := range ours {
		row = append(row, "value of "+o)
	}
	s := newShop(t)
	s.writeCSV("export.csv", names, [][]string{row, row})
	s.writeParquet(names, [][]string{row, row})
	for _, file := range []string{"export.csv", "export.parquet"} {
		for _, o := range ours {
			plan := s.load(head + "sources:\n  - path: " + file + "\n    columns: {customer: id, time: day, amount: amount, attributes: {label: '\"" + o + "\"', again: 'upper(\"" + o + "\")'}}\n    where: id <> 'b'\n")
			require.Equal(t, "a|value of "+o, s.cells("customer, attribute_label")[0])
			require.Len(t, s.cells("attribute_again"), 2)
			require.Equal(t, []int64{2}, s.tally(plan).FileRows)
		}
	}
	// Their rows are placed all the same.
	s.writeParquet(names, [][]string{row, append([]string{""}, row[1:]...), row})
	rejects := s.rejects(s.load(head + "sources:\n" + source("export.parquet")))
	require.Len(t, rejects, 1)
	require.Equal(t, int64(2), rejects[0].Line)
	require.Contains(t, rejects[0].Row, `"file_row_number":"value of file_row_number"`)
}
