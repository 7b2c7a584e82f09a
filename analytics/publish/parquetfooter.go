package publish

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"sort"

	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// footerSink is what the library writes a file to. It holds the footer back and puts it in order.
// For each column the footer lists how its pages are encoded. The library takes that list from a
// map, whose order is up to chance. Where some pages of a column use a dictionary and others do
// not, the same rows would give different bytes.
//
// It has no Close, so that the library does not close a writer that is not its own to close.
type footerSink struct {
	out    io.Writer
	footer *bytes.Buffer // nil before the footer
}

func (s *footerSink) Write(p []byte) (int, error) {
	if s.footer != nil {
		return s.footer.Write(p)
	}
	return s.out.Write(p)
}

// end closes the library's writer, which has nothing left to write but the footer.
func (s *footerSink) end(w io.Closer) error {
	s.footer = &bytes.Buffer{}
	if err := w.Close(); err != nil {
		return err
	}
	footer, err := inOrder(s.footer.Bytes())
	if err != nil {
		return fmt.Errorf("publish: parquet: the footer: %w", err)
	}
	_, err = s.out.Write(footer)
	return err
}

// After a footer come its length, and "PAR1".
const lengthBytes, trailerBytes = 4, 8

// inOrder takes a footer with its trailer and gives it with each list of encodings sorted.
func inOrder(footer []byte) ([]byte, error) {
	at := len(footer) - trailerBytes
	if at < 0 {
		return nil, io.ErrUnexpectedEOF
	}
	meta, err := metadata.NewFileMetaData(footer[:at], nil)
	if err != nil {
		return nil, err
	}
	for _, group := range meta.RowGroups {
		for _, chunk := range group.Columns {
			stats := chunk.MetaData.EncodingStats
			sort.Slice(stats, func(i, j int) bool {
				return cmp.Or(cmp.Compare(stats[i].PageType, stats[j].PageType), cmp.Compare(stats[i].Encoding, stats[j].Encoding)) < 0
			})
		}
	}
	var out bytes.Buffer
	n, err := meta.WriteTo(&out, nil)
	if err != nil {
		return nil, err
	}
	out.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
	out.Write(footer[at+lengthBytes:])
	return out.Bytes(), nil
}
