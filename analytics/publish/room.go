package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// NoRoom says why working files cannot be kept in a folder, and what to do.
func NoRoom(err error, folder string) error { return explain(err, "keep working files in", folder) }

// MakeRoom makes the folder of a job's publications, where a run may keep working
// files until it has something to publish. leave takes the folders back that were
// made, if nothing is in them.
func MakeRoom(dir, name string) (path string, leave func(), err error) {
	home, err := newSeries(dir, name)
	if err != nil {
		return "", nil, err
	}
	var made []string // the innermost first
	for at := home.folder; ; at = filepath.Dir(at) {
		// A link that leads to nothing is there: it is somebody's, and not to be taken back.
		if _, err := os.Lstat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		made = append(made, at)
	}
	if err := makeFolders(home.on, home.folder); err != nil {
		return "", nil, err
	}
	return home.folder, func() {
		for _, folder := range made {
			if os.Remove(folder) != nil {
				return // something is in it
			}
		}
	}, nil
}
