package spark

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/engine/dialect"
	"clientele/internal/digest"
)

// Bring implements Stage.
func (f *Folder) Bring(name string, rows array.RecordReader) error {
	return f.bring(name, func(path string) error { return writeParquet(path, rows) })
}

// BringFile keeps the rows of a Parquet file of this machine under a name.
func (f *Folder) BringFile(name, path string) error {
	return f.bring(name, func(to string) error { return copyFile(path, to) })
}

// bring keeps what write writes. The folder is named after what is in it, so that a run that
// goes on from what an earlier one staged says the same statements.
func (f *Folder) bring(name string, write func(path string) error) error {
	folder := f.attempt(name)
	if err := os.MkdirAll(folder, 0o770); err != nil {
		return fmt.Errorf("engine.stage: %w", err)
	}
	const file = "part-00000.parquet"
	if err := write(filepath.Join(folder, file)); err != nil {
		return errors.Join(err, os.RemoveAll(folder))
	}
	sum, _, err := digest.OfFile(filepath.Join(folder, file))
	if err != nil {
		return err
	}
	s := staged{Folder: plain(name) + "." + sum, Files: []stagedFile{{file, sum}}}
	if err := os.Rename(folder, f.folder(s)); err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("engine.stage: %w", err)
	}
	f.rows[name] = s
	return os.RemoveAll(folder) // an earlier run has brought the same
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	file, err := create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, source)
	return errors.Join(err, file.Close())
}

// create makes a file that the cluster's user may read.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o660)
}

// writeParquet writes rows to a file.
func writeParquet(path string, rows array.RecordReader) error {
	file, err := create(path)
	if err != nil {
		return err
	}
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd))
	w, err := pqarrow.NewFileWriter(rows.Schema(), file, properties, pqarrow.DefaultWriterProps())
	if err != nil {
		return errors.Join(err, file.Close())
	}
	for rows.Next() {
		if err := w.Write(rows.RecordBatch()); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return errors.Join(rows.Err(), w.Close()) // it closes the file
}

// Feed implements engine.Engine: the rows go through the stage. Each feed has a name of its
// own there, as a view keeps on reading the views that it is made of.
func (e *Engine) Feed(ctx context.Context, name string, reader array.RecordReader, sql string, args ...any) error {
	fed := e.next(name)
	if err := e.stage.Bring(fed, reader); err != nil {
		return err
	}
	if err := e.view(ctx, fed, fed); err != nil {
		return err
	}
	return e.Exec(ctx, withName(sql, name, dialect.Spark.Identifier(fed)), args...)
}
