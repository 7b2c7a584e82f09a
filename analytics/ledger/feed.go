package ledger

import (
	"context"
	"errors"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/zeebo/xxh3"

	"clientele/analytics/job"
	"clientele/internal/concurrent"
)

// feed hands the records of a batch's text files to the engine as Arrow
// batches. Each carries its file, its line and its text from the moment it is
// read, so that nothing about it is ever looked for by its place again: the
// engine works on the batches in any order, on several threads.
//
// The records are read ahead of the engine in one goroutine.
type feed struct {
	schema  *arrow.Schema
	batches chan arrow.RecordBatch
	done    context.Context
	stop    context.CancelCauseFunc
	current arrow.RecordBatch
	err     error // why there are no more
	reading concurrent.Tasks
	read    error // of the reading, valid once batches is closed
}

const (
	feedRows  = 16 * 1024 // of a batch: eight of the engine's vectors
	feedBytes = 8 << 20   // of text, from which on a batch is handed over with fewer rows
	feedAhead = 4         // batches
)

// feedView is the name by which the engine knows a feed.
const feedView = "clientele_feed"

// newFeed begins to read the text files of a batch. Of each it takes the first
// rows only where most is above 0.
func (b *batch) newFeed(ctx context.Context, most int64) *feed {
	return startFeed(ctx, b.feedSchema(), func(ctx context.Context, f *feed) error { return b.readFiles(ctx, most, f) })
}

// startFeed begins to read, in a goroutine that hands its batches to the feed.
func startFeed(ctx context.Context, schema *arrow.Schema, read func(context.Context, *feed) error) *feed {
	f := &feed{schema: schema, batches: make(chan arrow.RecordBatch, feedAhead)}
	f.done, f.stop = context.WithCancelCause(ctx)
	f.reading.Go(func() error {
		defer close(f.batches)
		f.read = concurrent.Guard(func() error { return read(f.done, f) })
		return nil
	})
	return f
}

// hand hands a batch over; it is the feed's from then on.
func (f *feed) hand(batch arrow.RecordBatch) error {
	select {
	case f.batches <- batch:
		return nil
	case <-f.done.Done():
		batch.Release()
		return context.Cause(f.done)
	}
}

// The columns of a feed beside those of the export.
const (
	fileColumn      = `"clientele.file"`
	lineColumn      = `"clientele.line"`
	textColumn      = `"clientele.text"`
	malformedColumn = `"clientele.malformed"`
	footerColumn    = `"clientele.footer"`
	contentColumn   = `"clientele.content"`
)

// placeFields say where a row stands.
func placeFields() []arrow.Field {
	return []arrow.Field{
		{Name: unquoted(fileColumn), Type: arrow.PrimitiveTypes.Int32},
		{Name: unquoted(lineColumn), Type: arrow.PrimitiveTypes.Int64},
	}
}

// rowColumn is the one column of a feed: the engine takes whole rows.
const rowColumn = `"clientele.row"`

// feedOf is the schema of a feed with rows of the fields.
func feedOf(fields []arrow.Field) *arrow.Schema {
	return arrow.NewSchema([]arrow.Field{{Name: unquoted(rowColumn), Type: arrow.StructOf(fields...)}}, nil)
}

// feedReader is the table with the columns of the feed's rows.
const feedReader = "(SELECT " + rowColumn + ".* FROM " + feedView + ")"

func (b *batch) feedSchema() *arrow.Schema {
	fields := append(placeFields(),
		arrow.Field{Name: unquoted(textColumn), Type: arrow.BinaryTypes.String},
		arrow.Field{Name: unquoted(malformedColumn), Type: arrow.FixedWidthTypes.Boolean},
		arrow.Field{Name: unquoted(footerColumn), Type: arrow.FixedWidthTypes.Boolean},
		arrow.Field{Name: unquoted(contentColumn), Type: arrow.PrimitiveTypes.Uint64, Nullable: true})
	fields = append(fields, tidyFields()...)
	for _, i := range b.usedOf(0) {
		fields = append(fields, arrow.Field{Name: unquoted(rawColumn(i)), Type: arrow.BinaryTypes.String, Nullable: true})
	}
	return feedOf(fields)
}

// unquoted is the name in an identifier of ours, which has no quotes within.
func unquoted(identifier string) string { return identifier[1 : len(identifier)-1] }

// readFiles reads the files of a batch one after the other.
func (b *batch) readFiles(ctx context.Context, most int64, f *feed) error {
	builder := newFeedBuilder(f.schema)
	builder.tidied, builder.time = b.tidied(), b.timeColumn()
	builder.emptyIsNull = b.format == job.CSV || b.format == job.XLSX
	if b.compared {
		builder.compared, builder.hash = b.comparedColumns(), xxh3.New()
	}
	defer builder.Release()
	for i, file := range b.files {
		if err := b.readFile(ctx, i, file, most, builder, f); err != nil {
			return err
		}
	}
	return builder.hand(f)
}

func (b *batch) readFile(ctx context.Context, i int, file file, most int64, builder *feedBuilder, f *feed) (err error) {
	t, err := b.openText(ctx, file)
	if err != nil {
		return dataError(file, err)
	}
	defer func() {
		if closeErr := t.close(); err == nil {
			err = closeErr
		}
	}()
	builder.file = int32(b.first + i)
	fixed, used := b.folderCells(file), b.usedOf(0)
	for most <= 0 || t.rows < most {
		r, err := t.next()
		if errors.Is(err, io.EOF) {
			b.readings[i], err = t.finish()
			return err
		}
		if err != nil {
			return err
		}
		builder.add(r, used, fixed)
		if builder.full() {
			if err := builder.hand(f); err != nil {
				return err
			}
		}
	}
	b.readings[i] = t.reading
	return nil
}

// dataError is an error of reading a file, for who gave the file; the end of a run
// is no fault of it.
func dataError(f file, err error) error {
	var data *DataError
	var m *misread
	if errors.As(err, &data) || errors.As(err, &m) || errors.Is(err, context.Canceled) || errors.Is(err, errFeedClosed) {
		return err
	}
	return &DataError{Path: f.path, Message: "cannot be read: " + err.Error()}
}

// Schema implements array.RecordReader.
func (f *feed) Schema() *arrow.Schema { return f.schema }

// Next implements array.RecordReader. The engine never calls it from two
// threads at once.
func (f *feed) Next() bool {
	f.drop()
	select {
	case batch, ok := <-f.batches:
		if !ok {
			f.err = f.read
			return false
		}
		f.current = batch
		return true
	case <-f.done.Done():
		f.err = context.Cause(f.done)
		return false
	}
}

func (f *feed) drop() {
	if f.current != nil {
		f.current.Release()
		f.current = nil
	}
}

// RecordBatch implements array.RecordReader.
func (f *feed) RecordBatch() arrow.RecordBatch { return f.current }

// Record implements array.RecordReader.
func (f *feed) Record() arrow.RecordBatch { return f.current }

// Err implements array.RecordReader.
func (f *feed) Err() error { return f.err }

// Retain implements array.RecordReader; who made the feed closes it.
func (f *feed) Retain() {}

// Release implements array.RecordReader; who made the feed closes it.
func (f *feed) Release() {}

// close ends the reading and gives its error, which says more than what the
// engine makes of it.
func (f *feed) close() error {
	f.stop(errFeedClosed)
	f.drop()
	for batch := range f.batches {
		batch.Release()
	}
	if errors.Is(context.Cause(f.done), errFeedClosed) && (errors.Is(f.read, errFeedClosed) || errors.Is(f.read, context.Canceled)) {
		return nil
	}
	return f.read
}

// errFeedClosed ends the reading of what nobody asks for any more.
var errFeedClosed = errors.New("ledger: the engine has stopped reading")
