package publish

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"sync"
)

// bufferBytes keeps system calls few while small files stay cheap.
const bufferBytes = 256 << 10

// File is one file of a publication in the making. It buffers, and it hashes
// and counts what passes. One goroutine at a time may write to it.
type File struct {
	path string
	name string // within the publication
	out  diskFile
	buf  *bufio.Writer
	sum  hash.Hash
	size int64

	stopped func() error // gives why it takes no more; nothing: it does

	mu     sync.Mutex // guards what Staging reads from another goroutine
	rows   int64
	closed bool  // Close or drop has begun
	whole  bool  // every byte is on the disk
	err    error // the first failure: such a file is never published
}

// createFile makes a file that was not there before.
func createFile(on disk, path string) (*File, error) {
	out, err := on.create(path)
	if err != nil {
		return nil, explain(err, "create", path)
	}
	return newFile(path, out), nil
}

func newFile(path string, out diskFile) *File {
	sum := sha256.New()
	// The digest follows the file: bytes that did not reach the file are
	// never hashed.
	return &File{
		path: path, out: out, buf: bufio.NewWriterSize(io.MultiWriter(out, sum), bufferBytes), sum: sum,
		stopped: func() error { return nil },
	}
}

// Write appends p. Once a write fails, the file cannot be published.
func (f *File) Write(p []byte) (int, error) {
	if err := f.stopped(); err != nil {
		return 0, f.fail(err)
	}
	n, err := f.buf.Write(p)
	f.size += int64(n)
	if err != nil {
		return n, f.fail(err)
	}
	return n, nil
}

// Rows sets the number of data rows that the manifest gives for the file.
func (f *File) Rows(n int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = n
}

// Close writes out what is buffered and waits until the disk has it. The file
// counts as part of the publication only when Close has returned nil. A second
// Close does nothing more and reports the same.
func (f *File) Close() error {
	f.mu.Lock()
	closed, err := f.closed, f.err
	f.closed = true
	f.mu.Unlock()
	if closed {
		return err
	}
	// Synced through this descriptor and not later through another, so that an
	// error of the delayed write-back is reported here.
	err = f.buf.Flush()
	if err == nil {
		err = f.out.Sync()
	}
	if err = errors.Join(err, f.out.Close()); err != nil {
		return f.fail(err)
	}
	return f.finish()
}

// finish marks the file as whole, unless an earlier write failed.
func (f *File) finish() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.whole = f.err == nil
	return f.err
}

// fail remembers the first error, in the words for the user.
func (f *File) fail(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = explain(err, "write", f.path)
	}
	return f.err
}

// drop closes the file without regard to what it holds.
func (f *File) drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		_ = f.out.Close() // the file is about to be removed
	}
}

// info describes the file; ok is false until it is whole.
func (f *File) info() (info FileInfo, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.whole {
		return FileInfo{}, false
	}
	return FileInfo{
		Path: f.name, Rows: f.rows, Bytes: f.size,
		SHA256: hex.EncodeToString(f.sum.Sum(nil)),
	}, true
}

// ready reports why the file cannot be published, or nil.
func (f *File) ready() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil && !f.whole {
		return errors.New("publish: " + f.path + " is still being written; close it before the commit")
	}
	return f.err
}
