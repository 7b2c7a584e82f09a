package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// Reject is a row that was set aside.
type Reject struct {
	Source string // the file
	Line   int64  // where it begins in the file, from 1; of Parquet the row
	Reason Reason
	Row    string // as the export had it
}

// Rejects visits the rows set aside in the order of the files and their lines.
func (p *Plan) Rejects(ctx context.Context, visit func(Reject) error) error {
	sql, err := statement("rejects.sql", nil)
	if err != nil {
		return err
	}
	w := &rejectWriter{plan: p, visit: visit, file: -1}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	err = engine.ForEach(ctx, p.engine, sql, w.batch)
	for err == nil && w.file < p.files-1 {
		err = w.nextFile() // files whose only rejects are malformed lines
	}
	if err == nil {
		err = w.finishFile()
	}
	if err != nil {
		return fmt.Errorf("rejects: %w", err)
	}
	return nil
}

// rejectWriter walks along a file's lines while its rejects stream by.
type rejectWriter struct {
	plan  *Plan
	visit func(Reject) error
	bad   map[int][]badLine // by file
	file  int               // the file being walked, -1 before the first
	walk  *fileWalk
}

// prepare finds the lines that the engine could not split.
func (w *rejectWriter) prepare(ctx context.Context) error {
	w.bad = map[int][]badLine{}
	for _, b := range w.plan.batches {
		lines, err := w.plan.badLines(ctx, b)
		if err != nil {
			return err
		}
		for _, l := range lines {
			w.bad[l.file] = append(w.bad[l.file], l)
		}
	}
	return nil
}

func (w *rejectWriter) batch(b arrow.RecordBatch) error {
	c := engine.Columns{Batch: b}
	file := engine.Take[*array.Int32](&c, "file")
	record := engine.Take[*array.Int64](&c, "record")
	reason := engine.Take[*array.String](&c, "reason")
	row := engine.Take[*array.String](&c, "export_row")
	if c.Err != nil {
		return c.Err
	}
	for i := range int(b.NumRows()) {
		for w.file < int(file.Value(i)) {
			if err := w.nextFile(); err != nil {
				return err
			}
		}
		r := Reject{Source: w.walk.path, Reason: Reason(strings.Clone(reason.Value(i)))}
		k, err := record.Value(i), error(nil)
		if w.walk.format == job.Parquet {
			r.Line, r.Row = k+1, strings.Clone(row.Value(i))
		} else if r.Line, r.Row, err = w.walk.record(k); err != nil {
			return err
		}
		if err := w.visit(r); err != nil {
			return err
		}
	}
	return nil
}

func (w *rejectWriter) nextFile() error {
	if err := w.finishFile(); err != nil {
		return err
	}
	w.file++
	b := w.plan.batchOf(w.file)
	w.walk = &fileWalk{file: b.files[w.file-b.first], format: b.format, bad: w.bad[w.file], visit: w.visit}
	if b.format == job.CSV {
		w.walk.dialect, w.walk.headers = b.dialect, 1
	}
	return nil
}

// finishFile reports the malformed lines after the last other reject.
func (w *rejectWriter) finishFile() error {
	if w.walk == nil {
		return nil
	}
	err := w.walk.rest()
	if closeErr := w.walk.close(); err == nil {
		err = closeErr
	}
	w.walk = nil
	return err
}

// fileWalk walks one file from its first record on.
type fileWalk struct {
	file
	dialect
	format  job.Format
	headers int // lines before the first record
	bad     []badLine
	visit   func(Reject) error

	text  io.Closer
	lines *lineWalker
	done  int64 // records passed
}

// record gives the line at which record k begins and its text, and reports
// the malformed lines before it on the way.
func (f *fileWalk) record(k int64) (int64, string, error) {
	for {
		line, isRecord, err := f.step()
		if err != nil {
			return 0, "", f.failed(err)
		}
		if isRecord {
			f.done++
			if f.done == k+1 {
				return line.physical, f.lines.row(), nil
			}
		}
	}
}

// failed says what a file is like that cannot be walked again.
func (f *fileWalk) failed(err error) error {
	if f.lines != nil && f.lines.mixed {
		return &DataError{Path: f.path, Message: mixedEndings}
	}
	if errors.Is(err, io.EOF) {
		return &DataError{Path: f.path, Message: "has fewer rows than a moment ago; run again when nobody writes to it"}
	}
	return &DataError{Path: f.path, Message: fmt.Sprintf("cannot be read again for its rejects: %v", err)}
}

// rest reports the malformed lines that are left.
func (f *fileWalk) rest() error {
	for len(f.bad) > 0 {
		if _, _, err := f.step(); err != nil {
			return f.failed(err)
		}
	}
	return nil
}

// step passes one logical line and tells whether it is a record.
func (f *fileWalk) step() (logicalLine, bool, error) {
	if f.lines == nil {
		if err := f.start(); err != nil {
			return logicalLine{}, false, err
		}
	}
	line, err := f.lines.next()
	if err != nil {
		return line, false, err
	}
	if len(f.bad) > 0 && f.bad[0].line == line.logical {
		f.bad = f.bad[1:]
		return line, false, f.visit(Reject{f.path, line.physical, Malformed, f.lines.row()})
	}
	return line, !line.blank, nil
}

func (f *fileWalk) start() error {
	text, err := OpenText(f.open)
	if err != nil {
		return err
	}
	f.text = text
	f.lines = newLineWalker(text, 0) // what is above the header is not CSV
	for range f.skip {
		if _, err := f.lines.next(); err != nil {
			return err
		}
	}
	f.lines.delimiter = f.delimiter
	for f.headers > 0 {
		line, err := f.lines.next()
		if err != nil {
			return err
		}
		if !line.blank {
			f.headers--
		}
	}
	return nil
}

func (f *fileWalk) close() error {
	if f.text == nil {
		return nil
	}
	return f.text.Close()
}
