package job

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"clientele/internal/regular"
)

// Load reads a job file and lays the overrides on it, each `key.path=value` as
// --set gives them. The error is Errors, with everything that is wrong.
//
// The clock today gives an instant and is asked only where as_of is absent or
// `today`; the day is that of the job's time zone.
func Load(path string, overrides []string, today func() time.Time) (*Job, error) {
	data, err := regular.ReadFile(path)
	if err != nil {
		return nil, Errors{{At: Position{File: path}, Message: unreadable(path, err)}}
	}
	return Parse(path, data, overrides, today)
}

// unreadable says why a job file cannot be read and what to do about it.
func unreadable(path string, err error) string {
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file; check the path"
	case statErr == nil && info.IsDir():
		return "is a directory; give the job file in it"
	}
	return cannotBeRead(err)
}

// cannotBeRead says why a file cannot be read that is named beside.
func cannotBeRead(err error) string {
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	if errors.Is(err, regular.ErrNotRegular) {
		return fmt.Sprintf("cannot be read: %v; give a file", err)
	}
	return fmt.Sprintf("cannot be read: %v", err)
}

// Parse is Load for text already read; file is its path, for messages and as
// the place that relative paths start from.
func Parse(file string, data []byte, overrides []string, today func() time.Time) (*Job, error) {
	r := &reader{file: file}
	root := r.document(data)
	if root == nil {
		return nil, r.found
	}
	for _, o := range overrides {
		root = r.override(root, o)
	}
	j := Defaults()
	j.Dir = filepath.Dir(file)
	r.readJob(root, &j, today)
	if len(r.found) > 0 {
		return nil, r.found.sorted()
	}
	return &j, nil
}
