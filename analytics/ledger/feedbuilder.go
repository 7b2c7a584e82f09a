package ledger

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
	"github.com/zeebo/xxh3"

	"clientele/analytics/ledger/records"
)

// feedBuilder makes Arrow batches of records. Their memory is C's: the engine
// keeps it for as long as it likes.
type feedBuilder struct {
	*array.RecordBuilder
	rows  *array.StructBuilder
	file  int32
	bytes int
	// emptyIsNull: an empty cell is no value, as in CSV.
	emptyIsNull bool

	lines *array.Int64Builder
	files *array.Int32Builder
	texts *array.StringBuilder
	bad   *array.BooleanBuilder
	foot  *array.BooleanBuilder
	cells []*array.StringBuilder
	tidyBuilder

	contents *array.Uint64Builder
	hash     *xxh3.Hasher // nil: rows are not compared
	compared []int        // columns
}

func newFeedBuilder(schema *arrow.Schema) *feedBuilder {
	b := &feedBuilder{RecordBuilder: array.NewRecordBuilder(mallocator.NewMallocator(), schema)}
	b.rows = b.Field(0).(*array.StructBuilder)
	b.files, b.lines = b.rows.FieldBuilder(0).(*array.Int32Builder), b.rows.FieldBuilder(1).(*array.Int64Builder)
	b.texts, b.bad = b.rows.FieldBuilder(2).(*array.StringBuilder), b.rows.FieldBuilder(3).(*array.BooleanBuilder)
	b.foot, b.contents = b.rows.FieldBuilder(4).(*array.BooleanBuilder), b.rows.FieldBuilder(5).(*array.Uint64Builder)
	b.tidy, b.iso = b.rows.FieldBuilder(6).(*array.BooleanBuilder), b.rows.FieldBuilder(7).(*array.BooleanBuilder)
	for i := 8; i < b.rows.NumField(); i++ {
		b.cells = append(b.cells, b.rows.FieldBuilder(i).(*array.StringBuilder))
	}
	b.reserve(nil)
	return b
}

// textBuilders are the builders of texts.
func (b *feedBuilder) textBuilders() []*array.StringBuilder {
	return append([]*array.StringBuilder{b.texts}, b.cells...)
}

// reserve makes room for a batch, given how long the texts of the last one were: a builder that
// grows copies what it has, over and over.
func (b *feedBuilder) reserve(bytes []int) {
	b.rows.Reserve(feedRows)
	for i, n := range bytes {
		b.textBuilders()[i].ReserveData(n)
	}
}

func (b *feedBuilder) full() bool { return b.lines.Len() >= feedRows || b.bytes >= feedBytes }

// add adds a record: of its cells those that the job uses. fixed holds the
// values of columns beyond those of the record.
func (b *feedBuilder) add(r records.Record, used []int, fixed [][]byte) {
	b.rows.Append(true)
	b.files.Append(b.file)
	b.lines.Append(r.Line)
	b.bad.Append(r.Malformed)
	b.foot.Append(r.Footer)
	isRow := !r.Malformed && !r.Footer
	b.bytes += len(r.Text)
	if b.hash == nil || !isRow {
		b.contents.AppendNull()
	} else {
		b.contents.Append(b.contentOf(r, fixed))
	}
	b.texts.BinaryBuilder.Append(r.Text)
	b.tidyBuilder.add(r, isRow, fixed, b.emptyIsNull)
	for k, i := range used {
		var cell []byte
		if isRow {
			cell = cellOf(r, i, fixed)
		}
		if cell == nil || b.emptyIsNull && len(cell) == 0 {
			b.cells[k].AppendNull()
		} else {
			b.cells[k].BinaryBuilder.Append(cell)
		}
	}
}

// cellOf is a record's cell of a column, or one of those beyond its own.
func cellOf(r records.Record, column int, fixed [][]byte) []byte {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return fixed[column-len(r.Cells)]
}

// hand hands over what was added since the last time.
func (b *feedBuilder) hand(f *feed) error {
	if b.lines.Len() == 0 {
		return nil
	}
	b.bytes = 0
	var bytes []int
	for _, t := range b.textBuilders() {
		bytes = append(bytes, t.DataLen())
	}
	batch := b.NewRecordBatch()
	b.reserve(bytes)
	return f.hand(batch)
}
