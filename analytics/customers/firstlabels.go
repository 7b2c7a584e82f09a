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
	ids    []string
	labels [][]string // by attribute, of each of ids
	at     int        // of ids, how far the table has come

	day    int32          // the last customer's first
	counts [][]labelCount // by attribute: the labels of that day
	texts  map[string]string
}

// labelCount is a label and the number of its rows.
type labelCount struct {
	label string
	rows  int64
}

func newFirstLabelReader(attributes int) *firstLabelReader {
	return &firstLabelReader{labels: make([][]string, attributes), counts: make([][]labelCount, attributes), texts: map[string]string{}}
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
		if id := ids.Value(row); len(r.ids) == 0 || id != r.ids[len(r.ids)-1] {
			r.finish()
			r.ids, r.day = append(r.ids, strings.Clone(id)), int32(days.Value(row))
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

// finish closes the last customer.
func (r *firstLabelReader) finish() {
	for i, counts := range r.counts {
		if len(r.labels[i]) < len(r.ids) {
			r.labels[i] = append(r.labels[i], mostFrequent(counts))
		}
		r.counts[i] = counts[:0]
	}
}

// reach goes on to a customer, and tells whether there are labels of the id.
func (r *firstLabelReader) reach(id string) bool {
	for r.at < len(r.ids) && r.ids[r.at] < id {
		r.at++
	}
	return r.at < len(r.ids) && r.ids[r.at] == id
}

// idOf is an id to keep: that of the labels, or a copy.
func (r *firstLabelReader) idOf(id string) string {
	if r != nil && r.reach(id) {
		return r.ids[r.at]
	}
	return strings.Clone(id)
}

// give gives the labels of the table's last customer.
func (r *firstLabelReader) give(t *Table) {
	if r == nil {
		return
	}
	has := r.reach(t.ID[t.Len()-1])
	for i := range r.labels {
		label := ""
		if has {
			label = r.labels[i][r.at]
		}
		t.FirstLabels[i].Values = append(t.FirstLabels[i].Values, label)
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
