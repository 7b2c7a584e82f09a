package publish

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/stretchr/testify/require"
)

// Where some pages of a column use a dictionary and others do not, the same rows are still the
// same bytes.
func TestParquetIsTheSameHoweverItsPagesAreEncoded(t *testing.T) {
	const rows, alike = 60_000, 40_000
	texts := make([]string, rows) // 40 bytes each: a page is full after some 26,000 of them
	for i := range texts {
		texts[i] = fmt.Sprintf("%s %08d", strings.Repeat("x", 31), max(0, i-alike))
	}
	cols := []Col{{Name: "text", Values: texts}}
	schema := table(t, cols...).Schema()
	written := make([]bytes.Buffer, 100) // the library changes the order about once in ten times
	for i := range written {
		_, err := WriteParquetColumns(&written[i], schema, groupsOf(cols, rows, rows), ParquetOptions{})
		require.NoError(t, err)
		require.True(t, bytes.Equal(written[0].Bytes(), written[i].Bytes()), i)
	}
	reader, err := file.NewParquetReader(bytes.NewReader(written[0].Bytes()))
	require.NoError(t, err)
	chunk, err := reader.MetaData().RowGroup(0).ColumnChunk(0)
	require.NoError(t, err)
	require.Len(t, chunk.EncodingStats(), 3, "a dictionary, pages that use it, and pages without")
}
