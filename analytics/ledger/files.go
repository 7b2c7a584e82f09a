package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
	"clientele/internal/regular"
)

// file is one export file.
type file struct {
	path     string // as messages and manifests show it: the job file's spelling
	open     string // where it is, from the root
	is       identity
	head     records.Head   // of CSV
	layout   records.Layout // of JSON
	encoding encoding       // of text
	stated   int64          // rows of Parquet, as its footer says
}

// newFile looks at a file that was found or named. Its name is a name from
// here on, whatever signs are in it.
func newFile(path, open string) (file, error) {
	open, err := filepath.Abs(open)
	if err != nil {
		return file{}, err
	}
	if err := regular.Check(open); err != nil {
		return file{}, err
	}
	is, err := identify(open)
	return file{path: path, open: open, is: is}, err
}

// extensions maps what a file name ends in, without a compression suffix, to
// the format it says.
var extensions = map[string]job.Format{
	".csv": job.CSV, ".tsv": job.CSV, ".txt": job.CSV,
	".parquet": job.Parquet, ".pq": job.Parquet,
	".json": job.JSON, ".jsonl": job.JSON, ".ndjson": job.JSON,
}

// formatOf tells a file's format from its name; the engine undoes compression
// by the same suffixes.
func formatOf(name string) (job.Format, bool) {
	f, ok := extensions[filepath.Ext(uncompressedName(name))]
	return f, ok
}

// findFiles gives the files of a source in name order. A folder stands for
// the exports in it, not in folders below; files whose name starts with a dot
// or an underscore are other programs' marks and are left alone.
func findFiles(dir string, s job.Source) ([]file, error) {
	pattern := s.Path
	if !filepath.IsAbs(pattern) {
		pattern = filepath.Join(dir, pattern)
	}
	info, err := os.Stat(pattern)
	var found []file
	switch {
	case err == nil && info.IsDir():
		return filesIn(pattern, s)
	case err == nil:
		f, err := newFile(s.Path, pattern)
		if err != nil {
			return nil, unlooked(err)
		}
		found = []file{f}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, unlooked(err)
	default:
		if found, err = filesLike(dir, pattern, s); err != nil {
			return nil, err
		}
	}
	for _, f := range found {
		if _, known := formatOf(f.path); !known && s.Format == "" {
			return nil, fmt.Errorf("the ending of %s does not say what it is: expected .csv, .parquet or .jsonl (and .gz or .zst after it), or a format: beside the path", f.path)
		}
	}
	return found, nil
}

func filesIn(folder string, s job.Source) ([]file, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("folder cannot be read: %w", err)
	}
	var found []file
	for _, e := range entries {
		_, known := formatOf(e.Name())
		if hidden(e.Name()) || e.IsDir() || (!known && s.Format == "") {
			continue
		}
		f, err := newFile(filepath.Join(s.Path, e.Name()), filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, unlooked(err)
		}
		found = append(found, f)
	}
	if len(found) == 0 {
		return nil, errors.New("the folder holds no export: expected files ending in .csv, .parquet or .jsonl, or a format: that says what they are")
	}
	return found, nil
}

func filesLike(dir, pattern string, s job.Source) ([]file, error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is not a file name or pattern: %w", s.Path, err)
	}
	slices.Sort(names)
	var found []file
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			return nil, unlooked(err)
		}
		if info.IsDir() || hidden(filepath.Base(name)) {
			continue
		}
		path := name
		if !filepath.IsAbs(s.Path) {
			if path, err = filepath.Rel(dir, name); err != nil {
				return nil, fmt.Errorf("cannot be named from %s: %w", dir, err)
			}
		}
		f, err := newFile(path, name)
		if err != nil {
			return nil, unlooked(err)
		}
		found = append(found, f)
	}
	if len(found) > 0 {
		return found, nil
	}
	if strings.ContainsAny(s.Path, "*?[") {
		return nil, fmt.Errorf("no file matches %q: check the pattern, or that tonight's export has arrived", s.Path)
	}
	return nil, fmt.Errorf("no such file %q: check the path, or that tonight's export has arrived", s.Path)
}

// unlooked is the error of looking at a file or folder.
func unlooked(err error) error { return fmt.Errorf("cannot be looked at: %w", err) }

func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }
