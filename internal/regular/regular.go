// Package regular opens files that other people named, and regular files only.
//
// A name that was given to the program may lead to a pipe that nobody writes
// to, to a device without an end, to a socket or to a folder. Opening the first
// waits for ever, reading the second never ends. Here all of them are refused
// with one error, at once.
package regular

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrNotRegular marks a name that leads to something that is no regular file.
var ErrNotRegular = errors.New("not a regular file")

// Open opens a regular file, or a link to one, for reading. It never waits. The
// error is an [fs.PathError], whose cause wraps [ErrNotRegular] where there is
// something else under that name.
func Open(path string) (*os.File, error) {
	// Opening can be an act by itself: a tape is rewound, a pipe's writer wakes
	// up. So the look comes first.
	if err := Check(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noWait, 0)
	if err != nil {
		return nil, err
	}
	// Somebody may have put something else there since the look.
	info, err := f.Stat()
	if err == nil {
		err = check(path, info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Check is [Open] for what opens the file by itself later.
func Check(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return check(path, info)
}

// CheckOwn is [Check] for a working file of the program's own, which may be absent
// and may not be a link: what is made or locked through a link is elsewhere.
func CheckOwn(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return check(path, info)
}

// ReadFile is os.ReadFile for regular files; errors as [Open].
func ReadFile(path string) (_ []byte, err error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(f)
}

// check refuses what is no regular file.
func check(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return &fs.PathError{Op: "open", Path: path, Err: fmt.Errorf("it is %s, %w", kind(info.Mode()), ErrNotRegular)}
}

// kind names what stands there instead.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a link"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}
