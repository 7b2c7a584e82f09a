package publish

import (
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Previous finds the newest whole publication of name under dir with an as_of
// earlier than asOf (a calendar day in its own location). ok is false where
// there is none. Folders without _SUCCESS, with other names than a day's, and
// working folders do not count.
//
// Call it after [Begin], which mends what an interrupted run left behind.
func Previous(dir, name string, asOf time.Time) (path string, ok bool, err error) {
	home, err := newSeries(dir, name)
	if err != nil {
		return "", false, err
	}
	before, err := formatNight(asOf)
	if err != nil {
		return "", false, err
	}
	night, err := home.newest(func(night string) bool { return night < before })
	if err != nil || night == "" {
		return "", false, err
	}
	return home.final(night), true, nil
}

// Unfinished finds the folders of name under dir that are called like nights after
// that of the folder newest (empty: any) and before asOf, and have no _SUCCESS.
func Unfinished(dir, name, newest string, asOf time.Time) (paths []string, err error) {
	home, err := newSeries(dir, name)
	if err != nil {
		return nil, err
	}
	before, err := formatNight(asOf)
	if err != nil {
		return nil, err
	}
	after := ""
	if newest != "" {
		after = filepath.Base(newest)
	}
	entries, err := os.ReadDir(home.folder)
	if err != nil && !absent(err) {
		return nil, explain(err, "list", home.folder)
	}
	for _, entry := range slices.Backward(entries) {
		if night := entry.Name(); IsNight(night) && night > after && night < before {
			paths = append(paths, home.final(night))
		}
	}
	return paths, nil
}

// Gone is the night that latest of name under dir leads to, where that is not there;
// empty: it is, or there is no latest.
func Gone(dir, name string) string {
	home, err := newSeries(dir, name)
	if err != nil {
		return ""
	}
	night, err := os.Readlink(home.path(LatestLink))
	if err != nil || !IsNight(night) {
		return ""
	}
	if there, err := exists(home.final(night)); err != nil || there {
		return ""
	}
	return night
}

// newest gives the last complete night that is wanted, or "".
func (s series) newest(wanted func(night string) bool) (string, error) {
	entries, err := os.ReadDir(s.folder)
	switch {
	case absent(err):
		return "", nil
	case err != nil:
		return "", explain(err, "list", s.folder)
	}
	// ReadDir sorts by name, and days sort by time.
	for _, entry := range slices.Backward(entries) {
		night := entry.Name()
		if !IsNight(night) || !wanted(night) {
			continue
		}
		whole, err := complete(s.final(night))
		if err != nil {
			return "", err
		}
		if whole {
			return night, nil
		}
	}
	return "", nil
}

// repoint makes latest lead to the newest complete night, in one step: a new
// link is made aside and renamed over the old one. The link is relative, so
// that the output folder may be moved or mounted elsewhere.
func (s series) repoint() error {
	night, err := s.newest(func(string) bool { return true })
	if err != nil || night == "" {
		return err
	}
	link, aside := s.path(LatestLink), s.path(newLatestName)
	if target, err := os.Readlink(link); err == nil && target == night {
		return nil
	}
	if err := s.on.remove(aside); err != nil && !absent(err) {
		return explain(err, "remove", aside)
	}
	if err := s.on.symlink(night, aside); err != nil {
		return explain(err, "make link", aside)
	}
	if err := s.on.rename(aside, link); err != nil {
		return explain(err, "repoint", link)
	}
	return syncFolder(s.on, s.folder)
}
