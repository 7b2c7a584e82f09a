package customers

import (
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// labelReader reads rows of labels_of.sql, which are in order of customer and day, and finds
// each customer's labels: those of the first purchase day, and those of all days.
type labelReader struct {
	ids        []string
	first, all []labelChoice // by FirstLabels
	places     []int         // of these among Attributes; -1: it is not there
	at         int           // of ids, how far the table has come
	day        int32         // the last customer's first
	texts      map[string]string
}

// labelChoice is the label of one attribute, of each customer: that of most rows; of those
// that tie, the first in the alphabet.
type labelChoice struct {
	values []string
	counts []labelCount // of the customer who is read
}

// labelCount is a label and the number of its rows.
type labelCount struct {
	label string
	rows  int64
}

func newLabelReader(r Request) *labelReader {
	n := len(r.FirstLabels)
	l := &labelReader{first: make([]labelChoice, n), all: make([]labelChoice, n), texts: map[string]string{}}
	for _, name := range r.FirstLabels {
		l.places = append(l.places, slices.Index(r.Attributes, name))
	}
	return l
}

// take reads a batch.
func (r *labelReader) take(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	ids, days := engine.Take[*array.String](c, "customer"), engine.Take[*array.Date32](c, "day")
	rows, firstRows := engine.Take[*array.Int64](c, "rows"), engine.Take[*array.Int64](c, "first_rows")
	labels := make([]*array.String, len(r.places))
	for i := range labels {
		labels[i] = engine.Take[*array.String](c, labelColumn(i))
	}
	if c.Err != nil {
		return c.Err
	}
	for row := range ids.Len() {
		if id := ids.Value(row); len(r.ids) == 0 || id != r.ids[len(r.ids)-1] {
			r.finish()
			r.ids, r.day = append(r.ids, strings.Clone(id)), int32(days.Value(row))
		}
		onFirst := int32(days.Value(row)) == r.day // not of files whose first day is a later one
		for i, values := range labels {
			if !values.IsValid(row) {
				continue
			}
			r.all[i].add(values.Value(row), rows.Value(row), r.texts)
			if onFirst {
				r.first[i].add(values.Value(row), firstRows.Value(row), r.texts)
			}
		}
	}
	return nil
}

// finish closes the last customer.
func (r *labelReader) finish() {
	for i := range r.places {
		r.first[i].choose(len(r.ids))
		r.all[i].choose(len(r.ids))
	}
}

// reach goes on to a customer, and tells whether there are labels of the id.
func (r *labelReader) reach(id string) bool {
	for r.at < len(r.ids) && r.ids[r.at] < id {
		r.at++
	}
	return r.at < len(r.ids) && r.ids[r.at] == id
}

// idOf is an id to keep: that of the labels, or a copy.
func (r *labelReader) idOf(id string) string {
	if r != nil && r.reach(id) {
		return r.ids[r.at]
	}
	return strings.Clone(id)
}

// give gives the labels of the table's last customer.
func (r *labelReader) give(t *Table) {
	if r == nil {
		return
	}
	at := -1
	if r.reach(t.ID[t.Len()-1]) {
		at = r.at
	}
	for i, place := range r.places {
		r.first[i].give(&t.FirstLabels[i], at)
		if place >= 0 {
			r.all[i].give(&t.Attributes[place], at)
		}
	}
}

// add counts rows with a label.
func (l *labelChoice) add(label string, rows int64, texts map[string]string) {
	if rows == 0 {
		return
	}
	for k := range l.counts {
		if one := &l.counts[k]; one.label == label {
			one.rows += rows
			return
		}
	}
	text, known := texts[label] // of few labels, and the batch's memory is the engine's
	if !known {
		text = strings.Clone(label)
		texts[text] = text
	}
	l.counts = append(l.counts, labelCount{text, rows})
}

// choose chooses for the last of so many customers.
func (l *labelChoice) choose(customers int) {
	if len(l.values) < customers {
		l.values = append(l.values, mostFrequent(l.counts))
	}
	l.counts = l.counts[:0]
}

// give gives an attribute the label of a customer; "" if there is none.
func (l *labelChoice) give(a *Attribute, at int) {
	label := ""
	if at >= 0 {
		label = l.values[at]
	}
	a.Values = append(a.Values, label)
}

// mostFrequent is the label of most rows, or the first in the alphabet of those that tie; ""
// if there is none.
func mostFrequent(counts []labelCount) string {
	var best labelCount
	for _, c := range counts {
		if c.rows > best.rows || c.rows == best.rows && c.label < best.label {
			best = c
		}
	}
	return best.label
}
