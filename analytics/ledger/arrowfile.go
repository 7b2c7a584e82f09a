package ledger

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"clientele/analytics/engine"
)

// A file of Arrow's own format is read as the stream that it is; one with a footer has a
// stream within. Its batches are handed to the engine as they are, with the place of each
// row.

const (
	arrowMagic = "ARROW1\x00\x00" // begins a file with a footer, and without its zeros ends it
	featherOne = "FEA1"           // begins the format before
)

// arrowEnd is what a whole stream ends with, as written since 2019.
var arrowEnd = []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}

// arrowFile is an Arrow file that is being read.
type arrowFile struct {
	*ipc.Reader
	bytes  *fingerprinted
	plain  io.ReadCloser
	text   io.Reader // plain, whose end is kept
	tail   tail
	footed bool
}

// tail keeps the last bytes of what is written to it.
type tail struct{ last []byte }

// Write implements io.Writer.
func (t *tail) Write(text []byte) (int, error) {
	const most = 8
	t.last = append(t.last, text[max(0, len(text)-most):]...)
	t.last = t.last[max(0, len(t.last)-most):]
	return len(text), nil
}

func openArrow(ctx context.Context, f file) (a *arrowFile, err error) {
	a = &arrowFile{}
	if a.bytes, err = openFingerprinted(ctx, f); err != nil {
		return nil, err
	}
	if a.plain, err = uncompressed(f.open, a.bytes); err != nil {
		return nil, errors.Join(err, a.bytes.file.Close())
	}
	a.text = io.TeeReader(a.plain, &a.tail)
	if err := a.begin(); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

// begin reads the schema.
func (a *arrowFile) begin() (err error) {
	defer damagedArrow(&err)
	first := make([]byte, len(arrowMagic))
	n, err := io.ReadFull(a.text, first)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	first = first[:n]
	rest := a.text
	switch a.footed = string(first) == arrowMagic; {
	case bytes.HasPrefix(first, []byte(featherOne)):
		return errors.New("it is of the first version of Feather: write it again as Arrow, or as Parquet")
	case !a.footed:
		rest = io.MultiReader(bytes.NewReader(first), a.text)
	}
	a.Reader, err = ipc.NewReader(rest, ipc.WithAllocator(mallocator.NewMallocator()))
	return err
}

// damagedArrow turns a panic into an error: on some damaged files the library panics.
func damagedArrow(err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("it is damaged: %v", cause)
	}
}

// next goes to the next rows.
func (a *arrowFile) next() (more bool, err error) {
	defer damagedArrow(&err)
	if a.Next() {
		return true, nil
	}
	if err := a.Err(); err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	return false, nil
}

// finish reads what is left of the file, and makes sure that it was not cut off between
// two batches.
func (a *arrowFile) finish() (string, error) {
	if _, err := io.Copy(io.Discard, a.text); err != nil {
		return "", err
	}
	end := arrowEnd
	if a.footed {
		end = []byte(strings.TrimRight(arrowMagic, "\x00"))
	}
	if !bytes.HasSuffix(a.tail.last, end) {
		return "", errors.New("it has no end: it was cut off; export or copy it again")
	}
	return a.bytes.finish()
}

func (a *arrowFile) close() error {
	if a.Reader != nil {
		a.Release()
	}
	return cmp.Or(a.plain.Close(), a.bytes.file.Close())
}

// describeArrow takes names and types from a file, as the engine has them.
func (b *batch) describeArrow(ctx context.Context, e engine.Engine) (err error) {
	a, err := openArrow(ctx, b.files[0])
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, a.close()) }()
	fields := a.Schema().Fields()
	kinds, err := kindsOf(ctx, e, a.Schema())
	if err != nil {
		return err
	}
	for i, f := range fields {
		b.columns = append(b.columns, column{name: f.Name, kind: kinds[i]})
	}
	return nil
}

// kindsOf are the engine's types for columns of Arrow.
func kindsOf(ctx context.Context, e engine.Engine, schema *arrow.Schema) (kinds []string, err error) {
	const table = "clientele_arrow"
	empty := startFeed(ctx, parquetFeedSchema(schema), func(context.Context, *feed) error { return nil })
	err = e.Feed(ctx, feedView, empty, "CREATE TEMP TABLE "+table+" AS SELECT * FROM "+feedReader)
	if err = errors.Join(err, empty.close()); err != nil {
		return nil, err
	}
	rows, err := engine.Text(ctx, e, "DESCRIBE "+table)
	if err != nil {
		return nil, err
	}
	for _, row := range rows[len(placeFields()):] {
		kinds = append(kinds, row[1])
	}
	return kinds, e.Exec(ctx, "DROP TABLE "+table)
}

// newArrowFeed begins to read the one file of a batch.
func (b *batch) newArrowFeed(ctx context.Context, most int64) (*feed, error) {
	a, err := openArrow(ctx, b.files[0])
	if err != nil {
		return nil, dataError(b.files[0], err)
	}
	return startFeed(ctx, parquetFeedSchema(a.Schema()), func(_ context.Context, f *feed) (err error) {
		defer func() { err = cmp.Or(err, a.close()) }()
		if err := b.readArrow(a, most, f); err != nil {
			return dataError(b.files[0], err)
		}
		return nil
	}), nil
}

// readArrow hands over the batches of a file.
func (b *batch) readArrow(a *arrowFile, most int64, f *feed) error {
	rows := int64(0)
	for most <= 0 || rows < most {
		more, err := a.next()
		if err != nil {
			return err
		}
		if !more {
			return b.finishArrow(a, rows)
		}
		for from := int64(0); from < a.RecordBatch().NumRows(); from += feedRows {
			part := a.RecordBatch().NewSlice(from, min(from+feedRows, a.RecordBatch().NumRows()))
			err := b.handNumbered(part, rows, f)
			rows += part.NumRows()
			part.Release()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batch) handNumbered(part arrow.RecordBatch, before int64, f *feed) error {
	numbered, err := numberedRows(f.schema, int32(b.first), before, part)
	if err != nil {
		return err
	}
	return f.hand(numbered)
}

// finishArrow keeps what came of reading a file to its end.
func (b *batch) finishArrow(a *arrowFile, rows int64) error {
	sum, err := a.finish()
	if err != nil {
		return err
	}
	b.readings[0] = reading{sha256: sum, rows: rows}
	return b.files[0].unchanged()
}
