package spark

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/parquet/file"

	"clientele/internal/digest"
)

// staged says what was staged under a name. It is written after the cluster has done so,
// and stands beside the folder.
type staged struct {
	Statement string       `json:"statement"` // digest of all that the rows depend on
	Folder    string       `json:"folder"`
	Files     []stagedFile `json:"files"`
}

type stagedFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// look waits until this machine sees that the cluster has written a folder, and takes down
// what is in it.
func look(ctx context.Context, folder string) ([]stagedFile, error) {
	if err := appears(ctx, filepath.Join(folder, "_SUCCESS")); err != nil {
		return nil, err
	}
	names, err := partsOf(folder)
	if err != nil {
		return nil, err
	}
	files := make([]stagedFile, len(names))
	for i, name := range names {
		sum, _, err := digest.OfFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		files[i] = stagedFile{name, sum}
	}
	return files, nil
}

// appearance is how long files of the cluster may take until this machine sees them: NFS
// believes for up to a minute that what was not there is not there (acdirmax).
const appearance = time.Minute

// appears waits for a file.
func appears(ctx context.Context, path string) error {
	const pause = 200 * time.Millisecond
	for range appearance / pause {
		_, err := os.Stat(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
	return fmt.Errorf("the cluster has written %s, but not where this machine reads: engine.stage must be a folder that the cluster and this machine share", filepath.Dir(path))
}

// partsOf are the files with rows, in the order of their names.
func partsOf(folder string) (names []string, err error) {
	entries, err := os.ReadDir(folder)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".parquet") {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// rowsOf adds up the rows that the files say they have.
func rowsOf(folder string, files []stagedFile) (rows int64, err error) {
	for _, f := range files {
		r, err := file.OpenParquetFile(filepath.Join(folder, f.Name), false)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", filepath.Join(folder, f.Name), err)
		}
		rows += r.NumRows()
		_ = r.Close()
	}
	return rows, nil
}

// recall reads what was staged, if it is what the statement would give and none of its
// files has changed since.
func recall(record, statement string) (staged, bool) {
	var s staged
	text, err := os.ReadFile(record)
	if err != nil || json.Unmarshal(text, &s) != nil || s.Statement != statement || s.Folder != filepath.Base(s.Folder) {
		return staged{}, false
	}
	folder := filepath.Join(filepath.Dir(record), s.Folder)
	for _, f := range s.Files {
		if f.Name != filepath.Base(f.Name) {
			return staged{}, false
		}
		if sum, _, err := digest.OfFile(filepath.Join(folder, f.Name)); err != nil || sum != f.SHA256 {
			return staged{}, false
		}
	}
	return s, true
}

// write puts the record in place at once.
func (s staged) write(record string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(record+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(record+".new", record)
}
