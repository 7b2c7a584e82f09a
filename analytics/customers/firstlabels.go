package customers

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// firstLabelReader reads rows of first.sql, which are in order of customer and day, and finds
// each customer's labels on the first purchase day: of each attribute that of most rows; of
// those that tie, the first in the alphabet.
type firstLabelReader struct {
	walk
	day    int32          // the customer's first
	counts [][]labelCount // by attribute: the labels of that day
	texts  map[string]string
}

// labelCount is a label and the number of its rows.
type labelCount struct {
	label string
	rows  int64
}

func newFirstLabelReader(t *Table) *firstLabelReader {
	r := &firstLabelReader{counts: make([][]labelCount, len(t.FirstLabels)), texts: map[string]string{}}
	r.walk = walk{t: t, next: r.choose}
	return r
}

// take reads a batch.
func (r *firstLabelReader) take(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	ids, days, rows := engine.Take[*array.String](c, "customer"), engine.Take[*array.Date32](c, "day"), engine.Take[*array.Int64](c, "rows")
	labels := make([]*array.String, len(r.counts))
	for i := range labels {
		labels[i] = engine.Take[*array.String](c, firstLabelColumn(i))
	}
	if c.Err != nil {
		return c.Err
	}
	for row := range ids.Len() {
		if !r.reach(ids.Value(row)) {
			continue // a customer of whom nothing is left
		}
		if len(r.counts[0]) == 0 {
			r.day = int32(days.Value(row))
		}
		if int32(days.Value(row)) == r.day {
			r.count(labels, row, rows.Value(row))
		}
	}
	return nil
}

// count counts the labels of a row. One that is missing is counted too, as no text, which no
// label is.
func (r *firstLabelReader) count(labels []*array.String, row int, rows int64) {
	for i, values := range labels {
		label := ""
		if values.IsValid(row) {
			label = values.Value(row)
		}
		r.add(i, label, rows)
	}
}

func (r *firstLabelReader) add(attribute int, label string, rows int64) {
	for k := range r.counts[attribute] {
		if one := &r.counts[attribute][k]; one.label == label {
			one.rows += rows
			return
		}
	}
	text, known := r.texts[label] // of few labels, and the batch's memory is the engine's
	if !known {
		text = strings.Clone(label)
		r.texts[text] = text
	}
	r.counts[attribute] = append(r.counts[attribute], labelCount{text, rows})
}

// choose closes a customer.
func (r *firstLabelReader) choose() {
	for i, counts := range r.counts {
		r.t.FirstLabels[i].Values = append(r.t.FirstLabels[i].Values, mostFrequent(counts))
		r.counts[i] = counts[:0]
	}
}

// mostFrequent is the label of most rows, or the first in the alphabet of those that tie; ""
// if there is none.
func mostFrequent(counts []labelCount) string {
	var best labelCount
	for _, c := range counts {
		if c.label != "" && (c.rows > best.rows || c.rows == best.rows && c.label < best.label) {
			best = c
		}
	}
	return best.label
}
