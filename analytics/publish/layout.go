package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The files that every publication has, beside those that its manifest lists.
const (
	ManifestFile = "run.json"
	SuccessFile  = "_SUCCESS" // written last: a folder without it is no publication
)

// LatestLink leads to the newest night of a job.
const LatestLink = "latest"

// Working names inside <dir>/<name>. They begin with a dot, so that listings and globs
// pass over them.
const (
	LockFile       = ".lock" // held while a run publishes
	newLatestName  = ".latest-new"
	stagingPrefix  = ".staging-"
	replacedPrefix = ".replaced-"
	retiredPrefix  = ".retired-" // older than what is kept, and not removed yet
)

// series is the folder <dir>/<name>: all nights of one job.
//
// The working names carry no random part. The lock admits one run at a time,
// so there is at most one of each, and Begin knows what it may remove.
type series struct {
	folder string
	on     disk
}

func (s series) path(name string) string      { return filepath.Join(s.folder, name) }
func (s series) final(night string) string    { return s.path(night) }
func (s series) staging(night string) string  { return s.path(stagingPrefix + night) }
func (s series) replaced(night string) string { return s.path(replacedPrefix + night) }
func (s series) retired(night string) string  { return s.path(retiredPrefix + night) }

// newSeries refuses names that would leave dir or hide among working names.
func newSeries(dir, name string) (series, error) {
	if name == "" || strings.HasPrefix(name, ".") || strings.ContainsAny(name, "/\\\x00") {
		return series{}, fmt.Errorf("publish: name %q cannot be a folder's name; "+
			"use letters, digits, - and _, not starting with a dot", name)
	}
	return series{filepath.Join(dir, name), realDisk{}}, nil
}

// formatNight gives the folder name of a night, such as 2011-12-10: the
// calendar day of asOf in its own location.
func formatNight(asOf time.Time) (string, error) {
	night := asOf.Format(time.DateOnly)
	if !IsNight(night) || asOf.IsZero() {
		return "", fmt.Errorf("publish: as_of %s cannot name a folder; want a calendar day", night)
	}
	return night, nil
}

// IsNight tells whether a name is that of a night's folder: a calendar day written
// YYYY-MM-DD. Such names sort by time as text.
func IsNight(name string) bool {
	_, err := time.Parse(time.DateOnly, name)
	return err == nil
}

// complete tells whether path is a folder that was committed.
func complete(path string) (bool, error) {
	info, err := os.Stat(filepath.Join(path, SuccessFile))
	switch {
	case absent(err):
		return false, nil
	case err != nil:
		return false, explain(err, "look at", path)
	}
	return info.Mode().IsRegular(), nil
}

// exists looks at path without following a link.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	switch {
	case absent(err):
		return false, nil
	case err != nil:
		return false, explain(err, "look at", path)
	}
	return true, nil
}

// absent tells that a look found nothing there, be it for a missing entry or
// for a file where a folder was expected.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || isNotFolder(err)
}
