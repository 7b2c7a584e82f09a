package ledger

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"clientele/internal/regular"
)

// uncompressed reads the text of a file whose bytes come from r; the file's
// name says what it is compressed with. Closing it leaves r open.
func uncompressed(name string, r io.Reader) (io.ReadCloser, error) {
	switch name = strings.ToLower(name); {
	case strings.HasSuffix(name, ".gz"):
		return gzip.NewReader(r)
	case strings.HasSuffix(name, ".zst"):
		z, err := zstd.NewReader(r)
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return io.NopCloser(r), nil
}

// OpenText opens a file as its text, whatever it is compressed with.
func OpenText(name string) (io.ReadCloser, error) {
	f, err := regular.Open(name)
	if err != nil {
		return nil, err
	}
	text, err := uncompressed(name, f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return both{text, f}, nil
}

// both reads from a decompressor and closes it and its file.
type both struct {
	io.ReadCloser
	file *os.File
}

// Close closes both.
func (b both) Close() error { return errors.Join(b.ReadCloser.Close(), b.file.Close()) }
