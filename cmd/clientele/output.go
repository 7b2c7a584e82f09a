package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeTo writes to the named file or, without a name, to standard output.
//
// The file appears when it is whole: it grows under a name beside its own, and
// after an error the file that was there before is as it was.
func writeTo(name string, out io.Writer, write func(io.Writer) error) error {
	if name == "" {
		return write(out)
	}
	if !replaceable(name) {
		return writeThrough(name, write)
	}
	// Not os.CreateTemp: its files are for one user alone, whatever the umask.
	partial := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s-%d", filepath.Base(name), os.Getpid()))
	f, err := os.OpenFile(partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return cannotWrite(name, err)
	}
	if err := finish(f, name, write); err != nil {
		_ = os.Remove(partial) // the first error is the one to tell
		return err
	}
	return nil
}

// replaceable tells whether a name is free or a regular file's. Others, such
// as /dev/null, a pipe or a link, are written through.
func replaceable(name string) bool {
	info, err := os.Lstat(name)
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular()
}

func writeThrough(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return cannotWrite(name, err)
	}
	return errors.Join(write(f), f.Close())
}

// finish fills a new file and gives it its name.
func finish(f *os.File, name string, write func(io.Writer) error) error {
	if err := write(f); err != nil {
		_ = f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return cannotWrite(name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return cannotWrite(name, err)
	}
	return nil
}

// cannotWrite says which file could not be written, why, and what to do.
func cannotWrite(name string, err error) error {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err // which names the file beside
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: there is no folder %s; make it, or choose another file", name, filepath.Dir(name))
	}
	return fmt.Errorf("cannot write %s: %w; choose another file", name, err)
}
