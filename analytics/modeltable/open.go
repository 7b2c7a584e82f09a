package modeltable

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// textFile is a file read as its text.
type textFile struct {
	io.Reader
	file *os.File
}

// Close closes the file.
func (t textFile) Close() error { return t.file.Close() }

// openText opens a file as its text, whatever it is compressed with.
func openText(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t := textFile{Reader: f, file: f}
	switch name := strings.ToLower(path); {
	case strings.HasSuffix(name, ".gz"):
		t.Reader, err = gzip.NewReader(f)
	case strings.HasSuffix(name, ".zst"):
		// One goroutine decodes as it is read from, and leaves nothing to close.
		t.Reader, err = zstd.NewReader(f, zstd.WithDecoderConcurrency(1))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return t, nil
}
