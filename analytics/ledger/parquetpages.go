package ledger

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/thrift/lib/go/thrift"
)

// Some writers of Parquet, such as Spark, give each page a checksum. The engine ignores
// it, and a flipped bit in a page changes an amount. So the pages are checked here. Other
// faults in a page header are left to the engine, which then cannot read the page.

// checkPages makes sure that the pages of a file are as their checksums say.
func checkPages(ctx context.Context, open string) (err error) {
	r, err := pq.OpenParquetFile(open, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	file, err := os.Open(open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	footer := r.MetaData()
	for group := range footer.RowGroups {
		chunks := footer.RowGroup(group)
		for column := range chunks.NumColumns() {
			chunk, err := chunks.ColumnChunk(column)
			if err != nil {
				return err
			}
			if err := checkChunk(ctx, file, chunk); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkChunk checks the pages of a column in a row group.
func checkChunk(ctx context.Context, file *os.File, chunk *metadata.ColumnChunkMetaData) error {
	at := chunk.DataPageOffset()
	if dictionary := chunk.DictionaryPageOffset(); dictionary > 0 {
		at = min(at, dictionary)
	}
	for end := at + chunk.TotalCompressedSize(); at < end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := readPageHeader(ctx, io.NewSectionReader(file, at, end-at))
		if err != nil || h.size < 0 {
			return nil //nolint:nilerr // what is wrong with it the engine says
		}
		at += h.length
		if h.hasSum {
			sum := crc32.NewIEEE()
			if _, err := io.Copy(sum, io.NewSectionReader(file, at, h.size)); err != nil {
				return err
			}
			if sum.Sum32() != h.sum {
				return fmt.Errorf("a page of the column %q is damaged, as its checksum says: export or copy the file again", chunk.PathInSchema().String())
			}
		}
		at += h.size
	}
	return nil
}

// pageHeader is what a page says of itself.
type pageHeader struct {
	length int64 // of the header
	size   int64 // of the page after it, as it lies in the file
	sum    uint32
	hasSum bool
}

// The fields of a page header in Thrift, as parquet.thrift numbers them.
const (
	fieldCompressedSize = 3
	fieldSum            = 4
)

// readPageHeader reads the header at the beginning of a text. The libraries
// that read Parquet keep it to themselves.
func readPageHeader(ctx context.Context, text io.Reader) (h pageHeader, err error) {
	counted := &countedReader{Reader: text}
	buffered := bufio.NewReaderSize(counted, 512)
	const longest = 16 << 20 // bytes of a header, with the least and greatest values of its page
	protocol := thrift.NewTCompactProtocolConf(&thrift.StreamTransport{Reader: buffered}, &thrift.TConfiguration{MaxMessageSize: longest})
	if _, err := protocol.ReadStructBegin(ctx); err != nil {
		return h, err
	}
	h.size = -1
	for {
		_, kind, id, err := protocol.ReadFieldBegin(ctx)
		switch {
		case err != nil:
			return h, err
		case kind == thrift.STOP:
			h.length = counted.read - int64(buffered.Buffered())
			return h, nil
		case id == fieldCompressedSize && kind == thrift.I32:
			size, err := protocol.ReadI32(ctx)
			if err != nil {
				return h, err
			}
			h.size = int64(size)
		case id == fieldSum && kind == thrift.I32:
			sum, err := protocol.ReadI32(ctx)
			if err != nil {
				return h, err
			}
			h.sum, h.hasSum = uint32(sum), true
		default:
			if err := protocol.Skip(ctx, kind); err != nil {
				return h, err
			}
		}
	}
}

// countedReader counts what was read.
type countedReader struct {
	io.Reader
	read int64
}

// Read implements io.Reader.
func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += int64(n)
	return n, err
}
