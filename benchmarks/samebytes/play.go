package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// printed is the folder for what the commands print.
const printed = "commands"

// fails stands before a command that should end with another status than 0.
const fails = "fails"

// play runs the commands of a job with a program in a folder, which it makes.
func (j job) play(ctx context.Context, program, dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, printed), 0o755); err != nil {
		return err
	}
	if err := txtar.Write(&txtar.Archive{Files: j.files}, dir); err != nil {
		return err
	}
	for i, words := range j.commands {
		said, err := j.command(ctx, program, dir, words)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(words, " "), err)
		}
		if err := os.WriteFile(filepath.Join(dir, sayings(i)), said, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// sayings is the file for what a command says.
func sayings(command int) string { return filepath.Join(printed, fmt.Sprintf("%02d", command+1)) }

// unexpected gives the first command that failed and should not, or the other way
// round, by what they left in a folder: a job that is refused compares nothing.
func (j job) unexpected(dir string) (string, error) {
	for i, words := range j.commands {
		said, err := os.ReadFile(filepath.Join(dir, sayings(i)))
		if err != nil {
			return "", err
		}
		failed := len(said) > 0 && !bytes.Contains(said, []byte("\nexit 0\n"))
		if failed != (words[0] == fails) {
			return fmt.Sprintf("%s: does not end as the job says: %q", sayings(i), said[:min(len(said), 400)]), nil
		}
	}
	return "", nil
}

// command runs one command and gives what it said.
func (j job) command(ctx context.Context, program, dir string, words []string) ([]byte, error) {
	switch words[0] {
	case "clientele":
		return say(ctx, program, dir, words[1:])
	case fails:
		return say(ctx, program, dir, words[2:])
	case "jsonlines":
		return nil, jsonLines(filepath.Join(dir, words[1]), filepath.Join(dir, words[2]))
	}
	return nil, errors.New("there is no such command; expected clientele, fails clientele, jsonlines or " + bundled)
}

// clocks are the times that a line of the log begins with.
var clocks = regexp.MustCompile(`(?m)^time=\S+ `)

// say runs the program and gives what it printed, as a text to compare. A failure is
// one of its answers.
func say(ctx context.Context, program, dir string, args []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C.UTF-8")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed || ctx.Err() != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	said := fmt.Sprintf("$ clientele %s\nexit %d\n%s\nstderr:\n%s",
		strings.Join(args, " "), cmd.ProcessState.ExitCode(), out.Bytes(), clocks.ReplaceAll(errs.Bytes(), nil))
	return []byte(strings.ReplaceAll(said, dir, "FOLDER")), nil
}

// jsonLines writes the rows of a CSV file as JSON objects of texts, one a line.
func jsonLines(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	rows := csv.NewReader(bytes.NewReader(text))
	rows.FieldsPerRecord = -1 // damaged rows have more or fewer
	all, err := rows.ReadAll()
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, row := range all[1:] {
		object := map[string]string{}
		for i, cell := range row[:min(len(row), len(all[0]))] {
			object[all[0][i]] = cell
		}
		if err := encoder.Encode(object); err != nil {
			return err
		}
	}
	return os.WriteFile(to, lines.Bytes(), 0o644)
}
