package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// jobFiles are the jobs. Each is a txtar archive: its comment is the commands, its
// files are what they read.
//
//go:embed jobs/*.txtar
var jobFiles embed.FS

// job is one file of jobs.
type job struct {
	name     string
	commands [][]string // words: no quoting, so no word holds a space
	files    []txtar.File
}

// bundled is the command that lays a file or folder of testdata beside the job's own
// files, before all commands.
const bundled = "bundled"

// chosen gives the jobs of the names in the order of their files; all where no name is
// given.
func chosen(names []string, testdata string) ([]job, error) {
	entries, err := jobFiles.ReadDir("jobs")
	if err != nil {
		return nil, err
	}
	var jobs []job
	var known []string
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".txtar")
		known = append(known, name)
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		text, err := jobFiles.ReadFile(path.Join("jobs", entry.Name()))
		if err != nil {
			return nil, err
		}
		j, err := parseJob(name, text, testdata)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		jobs = append(jobs, j)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("--job: no job is called %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	return jobs, nil
}

// parseJob reads a job. Blank lines and those that begin with # say nothing.
func parseJob(name string, text []byte, testdata string) (job, error) {
	archive := txtar.Parse(text)
	j := job{name: name, files: archive.Files}
	for line := range strings.Lines(string(archive.Comment)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case words[0] == bundled:
			if err := j.bundle(testdata, words[1]); err != nil {
				return j, err
			}
		default:
			j.commands = append(j.commands, words)
		}
	}
	return j, nil
}

// bundle adds what stands under a name in testdata.
func (j *job) bundle(testdata, name string) error {
	return filepath.WalkDir(filepath.Join(testdata, name), func(file string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		to, err := filepath.Rel(testdata, file)
		j.files = append(j.files, txtar.File{Name: to, Data: text})
		return err
	})
}

// fingerprint is of all that the job runs and reads.
func (j job) fingerprint() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", j.commands)
	for _, f := range j.files {
		fmt.Fprintf(sum, "%q%q", f.Name, f.Data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
