package publish

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// checkNames finds foreign entries that stand where this package must rename.
// They are the user's and are left alone.
func (s series) checkNames(night string) error {
	if info, err := os.Stat(s.final(night)); err == nil && !info.IsDir() {
		return explain(syscall.ENOTDIR, "publish to", s.final(night))
	}
	link := s.path(LatestLink)
	if info, err := os.Lstat(link); err == nil && info.Mode()&fs.ModeSymlink == 0 {
		return fmt.Errorf("publish: %s is not a link, so it cannot be pointed at the newest publication; "+
			"move it away and run again", link)
	}
	return nil
}

// repair mends what killed runs left in the series. The caller holds the lock,
// so whatever bears a working name belongs to no living run.
func (s series) repair() error {
	// What a killed run renamed may not be on the disk yet; it must be before
	// the copy it replaced is removed.
	if err := syncFolder(s.on, s.folder); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return explain(err, "list", s.folder)
	}
	for _, entry := range entries {
		if err := s.mend(entry.Name()); err != nil {
			return err
		}
	}
	return s.announce()
}

// mend deals with one entry; names that are not this package's are passed over.
func (s series) mend(name string) error {
	if night, ok := strings.CutPrefix(name, stagingPrefix); ok && IsNight(night) {
		// Either a run that never finished, or the predecessor of a finished
		// exchange. Neither is wanted.
		return s.discard(s.path(name))
	}
	if night, ok := strings.CutPrefix(name, replacedPrefix); ok && IsNight(night) {
		return s.undo(night)
	}
	if night, ok := strings.CutPrefix(name, retiredPrefix); ok && IsNight(night) {
		return s.discard(s.path(name))
	}
	if name == newLatestName {
		return explain(s.on.remove(s.path(name)), "remove", s.path(name))
	}
	return nil
}

// undo ends a replacement in two steps that did not reach its end. Between the
// steps it takes the first one back: a run that was killed has published
// nothing. After the second step only the removal is left to do.
func (s series) undo(night string) error {
	final, aside := s.final(night), s.replaced(night)
	taken, err := exists(final)
	if err != nil {
		return err
	}
	if !taken {
		return explain(s.on.rename(aside, final), "restore", final)
	}
	whole, err := complete(final)
	if err != nil {
		return err
	}
	if !whole {
		// No run leaves this behind: someone put an unfinished folder in the
		// gap. Removing the only whole copy would be the worst way out.
		return fmt.Errorf("publish: %s has no %s, and %s holds the publication it replaced; "+
			"move one of the two away and run again", final, SuccessFile, aside)
	}
	return s.discard(aside)
}
