package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// longSheet is a workbook with a sheet of so many rows: an order, a day, a customer and an
// amount, as programs write them.
func longSheet(t testing.TB, rows int) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	part := func(name string) io.Writer {
		w, err := z.Create(name)
		require.NoError(t, err)
		return w
	}
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	fmt.Fprintf(part("_rels/.rels"), `<Relationships><Relationship Id="a" Type="%sofficeDocument" Target="xl/workbook.xml"/></Relationships>`, types)
	fmt.Fprint(part("xl/workbook.xml"), `<workbook><sheets><sheet name="Orders" sheetId="1" r:id="a" xmlns:r="r"/></sheets></workbook>`)
	fmt.Fprintf(part("xl/_rels/workbook.xml.rels"), `<Relationships><Relationship Id="a" Type="%sworksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="%sstyles" Target="styles.xml"/></Relationships>`, types, types)
	fmt.Fprint(part("xl/styles.xml"), `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>`)
	w := part("xl/worksheets/sheet1.xml")
	fmt.Fprint(w, `<worksheet><sheetData>`)
	for i := 1; i <= rows; i++ {
		fmt.Fprintf(w, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d" s="1"><v>%.9f</v></c><c r="C%d" t="inlineStr"><is><t>customer %d</t></is></c><c r="D%d"><v>%d.5</v></c></row>`,
			i, i, i, i, 45000+float64(i)/1000, i, i%5000, i, i%300)
	}
	fmt.Fprint(w, `</sheetData></worksheet>`)
	require.NoError(t, z.Close())
	return file.Bytes()
}

// A sheet is read row by row: what is in memory does not grow with it.
func TestMemoryIsBounded(t *testing.T) {
	const rows, most = 60_000, 1 << 20 // bytes that may come and go
	b, err := Open(longSheet(t, rows))
	require.NoError(t, err)
	r, err := b.Rows(b.Sheets[0], io.Discard)
	require.NoError(t, err)
	var early uint64
	for i := 1; ; i++ {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			require.Equal(t, rows, i-1)
			break
		}
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("customer %d", i%5000), string(row.Cells[2]))
		switch i {
		case rows / 10:
			early = inMemory()
		case rows:
			require.Less(t, inMemory(), early+most)
		}
	}
}

func inMemory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkRows reads a sheet as a run does, counted beside.
func BenchmarkRows(b *testing.B) {
	const rows = 50_000
	file := longSheet(b, rows)
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(file)
		require.NoError(b, err)
		r, err := book.Rows(book.Sheets[0], &RowCount{})
		require.NoError(b, err)
		for err == nil {
			_, err = r.Next()
		}
		require.ErrorIs(b, err, io.EOF)
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
