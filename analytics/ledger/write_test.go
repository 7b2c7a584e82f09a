package ledger_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

func (s *shop) rename(from, to string) {
	s.t.Helper()
	require.NoError(s.t, os.Rename(filepath.Join(s.dir, from), filepath.Join(s.dir, to)))
}

// writeCSV writes rows under names.
func (s *shop) writeCSV(name string, names []string, rows [][]string) {
	s.t.Helper()
	var b bytes.Buffer
	require.NoError(s.t, csv.NewWriter(&b).WriteAll(append([][]string{names}, rows...)))
	s.write(name, b.String())
}

// writeParquet writes export.parquet: columns of text under names, which may be
// equal; an empty cell is null.
func (s *shop) writeParquet(names []string, rows [][]string) {
	s.t.Helper()
	var fields []arrow.Field
	for _, n := range names {
		fields = append(fields, arrow.Field{Name: n, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for _, row := range rows {
		for i, cell := range row {
			if cell == "" {
				b.Field(i).AppendNull()
			} else {
				b.Field(i).(*array.StringBuilder).Append(cell)
			}
		}
	}
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	require.NoError(s.t, err)
	require.NoError(s.t, w.Write(b.NewRecordBatch()))
	require.NoError(s.t, w.Close())
	s.write("export.parquet", out.String())
}

// jsonText is a text within the quotes of JSON.
func jsonText(text string) string {
	quoted, _ := json.Marshal(text)
	return strings.Trim(string(quoted), `"`)
}

func sqlText(text string) string { return engine.Literal(text) }
