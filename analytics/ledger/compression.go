package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
		z, err := gzip.NewReader(r)
		if errors.Is(err, gzip.ErrHeader) {
			return nil, errors.New("its name ends in .gz and it is not compressed with gzip: give it the ending that says what it is")
		}
		if err != nil {
			return nil, damaged(err)
		}
		return decompressor{z}, nil
	case strings.HasSuffix(name, ".zst"):
		z, err := zstd.NewReader(r)
		if err != nil {
			return nil, damaged(err)
		}
		return decompressor{z.IOReadCloser()}, nil
	}
	return &plain{text: r}, nil
}

// plain is text that is not compressed, as its name says. What begins like a packed file
// is none: its bytes would be taken for text in an encoding that nobody knows.
type plain struct {
	text  io.Reader
	begun bool
}

// Read implements io.Reader.
func (t *plain) Read(p []byte) (int, error) {
	n, err := t.text.Read(p)
	if !t.begun && n > 0 {
		t.begun = true
		if packed := packing(p[:n]); packed != nil {
			return 0, packed
		}
	}
	return n, err
}

// Close implements io.Closer.
func (*plain) Close() error { return nil }

// packing tells what a file is packed with, by the bytes with which such files begin: RFC
// 1952, section 2.3; RFC 8878, section 3.1.1; APPNOTE.TXT of zip, section 4.3.7.
func packing(begins []byte) error {
	switch {
	case bytes.HasPrefix(begins, []byte("\x1f\x8b\x08")):
		return errors.New("it is compressed with gzip, which its name does not say: give it an ending such as .csv.gz")
	case bytes.HasPrefix(begins, []byte("\x28\xb5\x2f\xfd")):
		return errors.New("it is compressed with zstd, which its name does not say: give it an ending such as .csv.zst")
	case bytes.HasPrefix(begins, []byte("PK\x03\x04")):
		return errors.New("it is a workbook or another zip archive: give a workbook the ending .xlsx, or unpack the archive")
	}
	return nil
}

// decompressor says what it means for a file that it cannot be undone.
type decompressor struct{ io.ReadCloser }

// Read implements io.Reader.
func (d decompressor) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(err)
	}
	return n, err
}

// Close implements io.Closer. Read has reported every error.
func (d decompressor) Close() error {
	_ = d.ReadCloser.Close()
	return nil
}

func damaged(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, zstd.ErrMagicMismatch):
		return errors.New("its name ends in .zst and it is not compressed with zstd: give it the ending that says what it is")
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return errors.New("it is compressed with a window that is too large: use zstd --long=29 or less")
	}
	return fmt.Errorf("the file is cut off or damaged (%w): export or copy it again", err)
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
