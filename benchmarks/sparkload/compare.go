package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
)

// compare tells whether two publications are the same, but for what the engines differ in
// (docs/scale.md), and how many files were held against each other.
func compare(here, there string) (same int, err error) {
	entries, err := os.ReadDir(here)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		if slices.Contains([]string{"run.json", "report.html"}, e.Name()) || e.IsDir() {
			continue
		}
		is := equalFiles
		if e.Name() == "rejects.csv" {
			is = equalRejects
		}
		equal, err := is(filepath.Join(here, e.Name()), filepath.Join(there, e.Name()))
		if err != nil {
			return same, err
		}
		if !equal {
			return same, fmt.Errorf("%s is not what DuckDB publishes", e.Name())
		}
		same++
	}
	return same, nil
}

func equalFiles(one, other string) (bool, error) {
	a, err := os.ReadFile(one)
	if err != nil {
		return false, err
	}
	b, err := os.ReadFile(other)
	return bytes.Equal(a, b), err
}

// equalRejects compares rows set aside without their lines.
func equalRejects(one, other string) (bool, error) {
	a, err := rejectsWithoutLines(one)
	if err != nil {
		return false, err
	}
	b, err := rejectsWithoutLines(other)
	return reflect.DeepEqual(a, b), err
}

func rejectsWithoutLines(path string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	line := slices.Index(rows[0], "line")
	for i := range rows {
		rows[i] = slices.Delete(rows[i], line, line+1)
	}
	return rows, nil
}
