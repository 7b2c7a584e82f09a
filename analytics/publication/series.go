package publication

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"clientele/analytics/publish"
)

// IsSeries tells whether a folder is that of a job's nights: it has their latest, or
// the lock of their runs.
func IsSeries(path string) bool {
	for _, name := range []string{publish.LatestLink, publish.LockFile} {
		if _, err := os.Lstat(filepath.Join(path, name)); err == nil {
			return true
		}
	}
	return false
}

// Nights are the folders in path that are called like nights, the oldest first.
func Nights(path string) ([]string, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var nights []string
	for _, e := range entries { // which ReadDir sorts
		if publish.IsNight(e.Name()) {
			nights = append(nights, filepath.Join(path, e.Name()))
		}
	}
	return nights, nil
}

// VerifyLatest checks that latest of a series leads to its newest night.
func VerifyLatest(series string) error {
	nights, err := Nights(series)
	if err != nil {
		return err
	}
	newest := ""
	for _, night := range nights {
		if _, err := os.Stat(filepath.Join(night, publish.SuccessFile)); err == nil {
			newest = filepath.Base(night)
		}
	}
	link := filepath.Join(series, publish.LatestLink)
	info, err := os.Lstat(link)
	switch {
	case errors.Is(err, fs.ErrNotExist) && newest == "":
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("it is not there; the newest night is %s", newest)
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink == 0:
		return errors.New("it is no link")
	}
	target, err := os.Readlink(link)
	if err != nil {
		return err
	}
	if target != newest {
		if newest == "" {
			newest = "none"
		}
		return fmt.Errorf("it leads to %s; the newest night is %s", target, newest)
	}
	return nil
}
