package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// firstDifference compares two folders and gives the first file that differs, in order
// of name, and where; "" where none does. It counts the files.
func firstDifference(before, after string) (found string, files int, err error) {
	old, err := contents(before)
	if err != nil {
		return "", 0, err
	}
	now, err := contents(after)
	if err != nil {
		return "", 0, err
	}
	all := maps.Clone(old)
	maps.Copy(all, now)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if found, err := differs(name, old, now); found != "" || err != nil {
			return found, len(all), err
		}
	}
	return "", len(all), nil
}

// differs says how a file of one folder is not as in the other.
func differs(name string, old, now map[string][]byte) (string, error) {
	was, before := old[name]
	is, after := now[name]
	switch {
	case !before:
		return name + ": is new", nil
	case !after:
		return name + ": is gone", nil
	}
	was, is = comparable(was), comparable(is)
	if bytes.Equal(was, is) {
		return "", nil
	}
	place := placeInText(was, is)
	if filepath.Ext(name) == ".parquet" {
		var err error
		if place, err = placeInParquet(was, is); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	return name + ": " + place, nil
}

// contents reads all files under a folder. Of a link it is where it leads. Nothing is a
// folder's, and so a file of that name, which no program leaves.
func contents(dir string) (map[string][]byte, error) {
	found := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(path)
			found[name] = []byte("link to " + to)
			return err
		}
		found[name], err = os.ReadFile(path)
		return err
	})
	return found, err
}

// comparable is of a file what is compared.
func comparable(text []byte) []byte { return setAside.ReplaceAll(text, nil) }

// setAside are the keys of run.json, which is also printed, that differ from run to run
// or from version to version.
var setAside = regexp.MustCompile(`"(timings|versions)": \{[^{}]*\}|"manifest_sha256": "[0-9a-f]*"`)

// placeInText names the first line that differs and shows both.
func placeInText(was, is []byte) string {
	old, now := strings.Split(string(was), "\n"), strings.Split(string(is), "\n")
	line := 0
	for line < len(old) && line < len(now) && old[line] == now[line] {
		line++
	}
	at := func(lines []string) string {
		if line >= len(lines) {
			return "(the end)"
		}
		return lines[line]
	}
	a, b := at(old), at(now)
	column := 0
	for column < len(a) && column < len(b) && a[column] == b[column] {
		column++
	}
	return fmt.Sprintf("line %d, column %d: was %q, is %q", line+1, column+1, around(a, column), around(b, column))
}

// around cuts a long line to what is near a column.
func around(line string, column int) string {
	const before, after = 40, 60
	return line[max(0, column-before):min(len(line), column+after)]
}
