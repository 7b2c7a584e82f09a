package publication

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/parquet/file"

	"clientele/analytics/publish"
	"clientele/internal/concurrent"
	"clientele/internal/regular"
)

// Report is what [Verify] found.
type Report struct {
	Path     string    `json:"path"`
	Name     string    `json:"name"`
	AsOf     string    `json:"as_of"`
	RunID    string    `json:"run_id"`
	Version  string    `json:"version"` // of the program that published
	Files    int       `json:"files"`   // that run.json lists
	Bytes    int64     `json:"bytes"`
	Whole    bool      `json:"whole"`
	Problems []Problem `json:"problems"`

	// Language is that of the publication. It is no part of the report.
	Language string `json:"-"`
}

// Problem is what is wrong with a file of a publication.
type Problem struct {
	File    string `json:"file"`
	Problem string `json:"problem"`
}

// Verify holds a publication against its run.json: all files are there, with the bytes
// and rows that it says, and no others. The error is that of ctx; what is wrong with
// the publication is in the report.
func Verify(ctx context.Context, path string) (*Report, error) {
	r := &Report{Path: path, Problems: []Problem{}}
	p := &Publication{Path: path}
	if info, err := os.Stat(filepath.Join(path, publish.SuccessFile)); err != nil || !info.Mode().IsRegular() {
		r.add(publish.SuccessFile, ErrUnfinished)
	}
	if err := p.readManifest(); err != nil {
		r.add(publish.ManifestFile, err)
		return r, ctx.Err()
	}
	r.Name, r.AsOf, r.RunID, r.Version, r.Files = p.Name, p.AsOf, p.RunID, p.Version(), len(p.Files)
	r.Language = p.Settings.Language()
	r.verifyPlace(p)
	for _, f := range p.Files {
		r.Bytes += f.Bytes
		err := verifyFile(ctx, p, f)
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
		r.add(f.Path, err)
	}
	r.verifyNames(p)
	r.Whole = len(r.Problems) == 0
	return r, nil
}

func (r *Report) add(name string, err error) {
	if err == nil {
		return
	}
	if d, ok := errors.AsType[*Damage](err); ok {
		err = d.Err // which names the file again
	}
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		err = at.Err
	}
	r.Problems = append(r.Problems, Problem{name, err.Error()})
}

// verifyPlace holds name and as_of against the folders, where those are as a run
// makes them: a copy may be called anything.
func (r *Report) verifyPlace(p *Publication) {
	path, err := filepath.Abs(p.Path)
	if err != nil || !publish.IsNight(filepath.Base(path)) {
		return
	}
	name := p.Name
	if IsSeries(filepath.Dir(path)) {
		name = filepath.Base(filepath.Dir(path))
	}
	at := *p
	at.Path = path
	r.add(publish.ManifestFile, at.Of(name))
}

// verifyNames looks for what is in the folder and not in run.json.
func (r *Report) verifyNames(p *Publication) { r.verifyFolder(p, "") }

// verifyFolder looks for what is in a folder of the publication, and not in run.json; empty:
// its own.
func (r *Report) verifyFolder(p *Publication, folder string) {
	entries, err := os.ReadDir(filepath.Join(p.Path, filepath.FromSlash(folder)))
	r.add(cmp.Or(folder, "."), err)
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		_, listed := p.Lists(name)
		switch {
		case e.IsDir() && p.hasFolder(name):
			r.verifyFolder(p, name)
		case !listed && name != publish.ManifestFile && name != publish.SuccessFile:
			r.add(name, errors.New("it is there, and run.json does not list it"))
		}
	}
}

// hasFolder tells whether run.json lists files in a folder within the publication, or below.
func (m *Manifest) hasFolder(folder string) bool {
	return slices.ContainsFunc(m.Files, func(f File) bool { return strings.HasPrefix(f.Path, folder+"/") })
}

// verifyFile holds a file's bytes and rows against run.json.
func verifyFile(ctx context.Context, p *Publication, want File) (err error) {
	f, err := regular.Open(filepath.Join(p.Path, want.Path))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("it is not there, and run.json lists it")
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := hashes(untilEnd{ctx, f}, want); err != nil {
		return err
	}
	rows, err := countRows(ctx, f, want.Path)
	if err != nil {
		return err
	}
	if rows != want.Rows {
		return fmt.Errorf("it has %d rows, run.json says %d", rows, want.Rows)
	}
	return nil
}

// countRows counts the rows of a table; others have none.
func countRows(ctx context.Context, f *os.File, name string) (rows int64, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	switch {
	case strings.HasSuffix(name, ".csv"):
		return countRecords(untilEnd{ctx, f})
	case strings.HasSuffix(name, ".jsonl"):
		return countLines(untilEnd{ctx, f})
	case strings.HasSuffix(name, ".parquet"):
		err := concurrent.Guard(func() error { // the library panics on some files that are none
			table, err := file.NewParquetReader(f)
			if err == nil {
				rows = table.NumRows()
			}
			return err
		})
		if _, broke := errors.AsType[*concurrent.Panic](err); broke {
			err = errors.New("it is not in order as Parquet")
		}
		return rows, err
	}
	return 0, nil
}

// countRecords counts the records of a CSV file behind its header.
// countLines counts the lines of JSON, of which each is a row.
func countLines(text io.Reader) (rows int64, err error) {
	part := make([]byte, 64<<10)
	for {
		n, err := text.Read(part)
		rows += int64(bytes.Count(part[:n], []byte("\n")))
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func countRecords(text io.Reader) (rows int64, err error) {
	r := csv.NewReader(bufio.NewReader(text))
	r.ReuseRecord = true
	for {
		_, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return max(0, rows-1), nil
		case err != nil:
			return 0, err
		}
		rows++
	}
}

// untilEnd reads no further than ctx lives.
type untilEnd struct {
	ctx context.Context
	io.Reader
}

func (u untilEnd) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}
