package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"clientele/internal/regular"
)

// ErrBusy reports that another run is publishing under the same name.
var ErrBusy = errors.New("another run is publishing here; wait for it to end")

// What to do about the problems a user can solve.
const (
	adviceSpace  = "free some space there or choose another folder with --out"
	adviceAccess = "let this user write there or choose another folder with --out"
	adviceMove   = "move it away and run again"
	adviceLink   = "mount the disk that it leads to, mend the link, or choose another folder with --out"
	adviceFolder = "a file stands where a folder is needed: move it away or choose another folder with --out"
)

// explain turns a file system error into one line that says what failed, where
// and what to do. doing is a verb phrase such as "write". The system's own
// error stays reachable by errors.Is.
func explain(err error, doing, path string) error {
	if err == nil {
		return nil
	}
	cause := bareCause(err)
	if advice := adviceFor(cause); advice != "" {
		return fmt.Errorf("publish: cannot %s %s: %w; %s", doing, path, cause, advice)
	}
	return fmt.Errorf("publish: cannot %s %s: %w", doing, path, cause)
}

func adviceFor(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return adviceSpace
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return adviceAccess
	case isNotFolder(err):
		return adviceFolder
	case errors.Is(err, regular.ErrNotRegular):
		return adviceMove
	}
	return ""
}

// bareCause drops the wrapping that repeats operation and path.
func bareCause(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	if at, ok := errors.AsType[*os.LinkError](err); ok {
		return at.Err
	}
	return err
}

// isNotFolder tells that a path runs through something that is not a folder.
func isNotFolder(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
