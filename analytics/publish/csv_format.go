package publish

import (
	"io"
	"sync/atomic"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/internal/concurrent"
)

// Rows are formatted in slices of at most sliceRows, small enough to share the
// work evenly and to stay in cache, and slicesPerThread slices are gathered
// for each thread before the threads start.
const (
	sliceRows       = 2048
	slicesPerThread = 4
)

// formatter turns rows into text on several threads and writes them in order.
type formatter struct {
	w       io.Writer
	guard   bool
	places  map[string]int
	threads int
	pending []rowSlice
	text    [][]byte // one reused buffer for each place in pending
}

// rowSlice is a run of rows of one batch, which it keeps alive.
type rowSlice struct {
	batch    arrow.RecordBatch // nil: the columns are slices of Go
	columns  []column
	from, to int
}

func newFormatter(w io.Writer, o CSVOptions) *formatter {
	threads := o.threads()
	return &formatter{w: w, guard: o.Spreadsheet, places: o.Places, threads: threads, text: make([][]byte, threads*slicesPerThread)}
}

// add queues the rows of batch and writes whenever the queue is full.
func (f *formatter) add(batch arrow.RecordBatch) error {
	return f.queue(batch, resolveColumns(batch, f.guard, f.places), int(batch.NumRows()))
}

// queue is add for columns that are resolved.
func (f *formatter) queue(batch arrow.RecordBatch, columns []column, rows int) error {
	for from := 0; from < rows; from += sliceRows {
		if batch != nil {
			batch.Retain()
		}
		f.pending = append(f.pending, rowSlice{batch, columns, from, min(from+sliceRows, rows)})
		if len(f.pending) == len(f.text) {
			if err := f.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush formats what is queued, in parallel, and writes it in order.
func (f *formatter) flush() error {
	f.format()
	for i := range f.pending {
		if _, err := f.w.Write(f.text[i]); err != nil {
			return err
		}
	}
	f.release()
	return nil
}

// format fills the buffers of the queued slices. Threads take the next slice
// as they come free; which thread formats a slice does not show in its text.
func (f *formatter) format() {
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(f.pending) {
				return
			}
			f.text[i] = f.pending[i].appendLines(f.text[i][:0])
		}
	}
	var others concurrent.Group
	for range min(f.threads, len(f.pending)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}

// release lets go of the queued batches.
func (f *formatter) release() {
	for _, s := range f.pending {
		if s.batch != nil {
			s.batch.Release()
		}
	}
	clear(f.pending)
	f.pending = f.pending[:0]
}

// appendLines appends one line for each row.
func (s rowSlice) appendLines(dst []byte) []byte {
	for row := s.from; row < s.to; row++ {
		start := len(dst)
		for i := range s.columns {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = s.columns[i].appendCell(dst, row)
		}
		if len(dst) == start {
			// The only cell of the row is empty. Readers skip blank lines, so
			// the row would be lost without its quotes.
			dst = append(dst, '"', '"')
		}
		dst = append(dst, '\n')
	}
	return dst
}
