package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"clientele/analytics/job"
)

// search looks for the files of a source.
type search struct {
	dir    string // from which relative names start
	source job.Source
}

// noFileError says that a source has no file tonight.
type noFileError struct{ message string }

func (e *noFileError) Error() string { return e.message }

func noFile(format string, args ...any) error { return &noFileError{fmt.Sprintf(format, args...)} }

// findFiles gives the files of a source in order of name. A folder stands for the exports
// in it and in the folders below; files and folders whose name starts with a dot or an
// underscore are other programs' marks and are left alone. named tells that the source
// names one file.
func findFiles(dir string, s job.Source) (found []file, named bool, err error) {
	open := s.Path
	if !filepath.IsAbs(open) {
		open = filepath.Join(dir, open)
	}
	look := search{dir, s}
	info, err := os.Stat(open)
	switch {
	case err == nil && info.IsDir():
		found, err = look.in(s.Path, open)
		return found, false, err
	case err == nil:
		f, err := newFile(s.Path, open)
		if err != nil {
			return nil, true, unlooked(err)
		}
		return []file{f}, true, look.known(f)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, false, unlooked(err)
	}
	found, err = look.like(open)
	return found, false, err
}

// known refuses a file of which nothing says what it is.
func (s search) known(f file) error {
	if _, known := job.FormatOf(f.path); !known && s.source.Format == "" {
		return fmt.Errorf("the ending of %s does not say what it is: expected .csv, .xlsx, .parquet, .arrow or .jsonl (or .gz or .zst after it), or a format: beside the path", f.path)
	}
	return nil
}

// in gives the exports in a folder, which must have some.
func (s search) in(path, folder string) ([]file, error) {
	found, err := s.below(path, folder, nil)
	if err == nil && len(found) == 0 {
		return nil, s.noneInFolder()
	}
	return found, err
}

func (s search) noneInFolder() error {
	return noFile("the folder holds no export: expected files ending in .csv, .xlsx, .parquet, .arrow or .jsonl, in it or in folders below, or a format: that says what they are")
}

// below gives the exports in a folder and below it. above are the folders around it.
func (s search) below(path, folder string, above []fs.FileInfo) (found []file, err error) {
	is, err := os.Stat(folder)
	if err != nil {
		return nil, unlooked(err)
	}
	if slices.ContainsFunc(above, func(other fs.FileInfo) bool { return os.SameFile(is, other) }) {
		return nil, fmt.Errorf("the folder %s is a link to a folder around it: remove the link", path)
	}
	above = append(above[:len(above):len(above)], is)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("folder cannot be read: %w", err)
	}
	for _, e := range entries {
		if hidden(e.Name()) {
			continue
		}
		more, err := s.entry(filepath.Join(path, e.Name()), filepath.Join(folder, e.Name()), above)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// entry gives what an entry of a folder stands for.
func (s search) entry(path, open string, above []fs.FileInfo) ([]file, error) {
	_, known := job.FormatOf(path)
	info, err := os.Stat(open)
	switch {
	case err == nil && info.IsDir():
		return s.below(path, open, above)
	case !known && s.source.Format == "":
		return nil, nil
	case err != nil:
		return nil, unlooked(err)
	}
	f, err := newFile(path, open)
	if err != nil {
		return nil, unlooked(err)
	}
	return []file{f}, nil
}

// like gives the files that match a pattern or, where only folders do, the exports in
// these.
func (s search) like(pattern string) ([]file, error) {
	names, err := s.matches(pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is not a file name or pattern: %w", s.source.Path, err)
	}
	var found, inFolders []file
	for _, name := range names {
		path, err := s.pathOf(name)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(name)
		if err != nil {
			return nil, unlooked(err)
		}
		if info.IsDir() {
			more, err := s.below(path, name, nil)
			if err != nil {
				return nil, err
			}
			inFolders = append(inFolders, more...)
			continue
		}
		f, err := newFile(path, name)
		if err != nil {
			return nil, unlooked(err)
		}
		if err := s.known(f); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	switch {
	case len(found) > 0:
		return found, nil
	case len(inFolders) > 0:
		return inFolders, nil
	case strings.ContainsAny(s.source.Path, "*?["):
		return nil, noFile("no file matches %q: check the pattern, or that tonight's export has arrived", s.source.Path)
	}
	return nil, noFile("no such file %q: check the path, or that tonight's export has arrived", s.source.Path)
}

// matches gives the names that match a pattern, in order, without those that are left
// alone. ** stands for any number of folders.
func (s search) matches(pattern string) (names []string, err error) {
	if strings.Contains(pattern, "**") {
		names, err = doublestar.FilepathGlob(pattern, doublestar.WithFailOnPatternNotExist())
		if errors.Is(err, doublestar.ErrPatternNotExist) {
			names, err = nil, nil
		}
	} else {
		names, err = filepath.Glob(pattern)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	fixed := fixedFolder(pattern)
	return slices.DeleteFunc(names, func(name string) bool {
		rest := strings.TrimPrefix(name, fixed)
		return slices.ContainsFunc(strings.Split(filepath.ToSlash(rest), "/"), hidden)
	}), nil
}

// fixedFolder is what a pattern begins with, up to the folder with the first sign of one.
func fixedFolder(pattern string) string {
	at := strings.IndexAny(pattern, "*?[{")
	return pattern[:strings.LastIndexByte(filepath.ToSlash(pattern[:max(at, 0)]), '/')+1]
}

// pathOf is what messages and manifests call a file that a pattern found.
func (s search) pathOf(name string) (string, error) {
	if filepath.IsAbs(s.source.Path) {
		return name, nil
	}
	path, err := filepath.Rel(s.dir, name)
	if err != nil {
		return "", fmt.Errorf("cannot be named from %s: %w", s.dir, err)
	}
	return path, nil
}
