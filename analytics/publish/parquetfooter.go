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

// footerSink is what the library writes a file to. It holds the footer back, to put it in order
// first: of a column of which a part has a dictionary and a part has not, the library lists the
// encodings of pages as a map of Go gives them, in one order or the other.
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

// trailerBytes are those after a footer: how long it is, and "PAR1".
const trailerBytes = 8

// inOrder is a footer, with its trailer, whose encodings of pages are in the order of their kinds.
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
	out.Write(footer[at+4:])
	return out.Bytes(), nil
}
