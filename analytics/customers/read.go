package customers

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/money"
)

// reader fills a Table from the rows that an engine hands over.
type reader struct {
	request  Request
	oneLine  bool // no order has several lines
	table    *Table
	oddities Oddities
	days     *dayReader
	labels   *labelReader // nil: no labels of the first day are asked for
	levels   []*interestReader
}

func newReader(r Request) *reader {
	t := &Table{}
	if r.keepsDays() {
		t.DayStart = []int64{0}
	}
	if r.KeepNet {
		t.DayNet = &money.List{}
	}
	if r.KeepEarned {
		t.DayEarned, t.DayOrders = []money.Amount{}, []int32{}
	}
	if r.Months {
		t.cohorts = newCohorts()
	}
	if r.CohortMonths {
		t.Group = []int32{}
	}
	if r.KeepSales {
		t.Sales = newSales(r.HasListPrice, r.SalesOrders)
	}
	if r.KeepSpend {
		t.DaySold = []float64{}
	}
	if r.Activity != nil {
		t.Activity = newActivity(r.Activity)
	}
	for _, a := range r.Attributes {
		t.Attributes = append(t.Attributes, Attribute{Name: a})
	}
	for _, a := range r.FirstLabels {
		t.FirstLabels = append(t.FirstLabels, Attribute{Name: a})
	}
	in := &reader{request: r, table: t}
	in.oddities.UnreadNumbers = []int64{}
	if r.Activity != nil {
		in.oddities.UnreadNumbers = make([]int64, len(r.Activity.Numbers))
	}
	in.days = newDayReader(in)
	if r.FirstLabels != nil {
		in.labels = newLabelReader(r)
	}
	for _, level := range r.Interests.levels() {
		in.levels = append(in.levels, newInterestReader(r, level, t))
	}
	return in
}

// finish does what needs all rows.
func (in *reader) finish() {
	in.table.rows, in.labels = nil, nil
	if in.request.CohortMonths {
		in.table.CohortMonths = in.table.cohorts.byGroup()
	}
	in.table.Months, in.table.cohorts = in.table.cohorts.months(), nil
	for i := range in.table.Attributes {
		in.table.labels(i) // of an attribute that nobody has
	}
	in.table.Sales.finish()
	for _, level := range in.levels {
		found := level.finish()
		if level.sql.Level == "category" {
			in.table.Categories, in.table.Bought = found, level.bought
		} else {
			in.table.Products = found
		}
	}
}

// labels are the values of an attribute, with room for all customers; nil if there are
// none.
func (t *Table) labels(attribute int) []string {
	a := &t.Attributes[attribute]
	if a.Values == nil && t.Len() > 0 {
		a.Values = make([]string, t.Len())
	}
	return a.Values
}

// attributeReader reads the labels of an attribute and puts them beside their customers,
// both being in order of id.
func (in *reader) attributeReader(attribute int) func(arrow.RecordBatch) error {
	t := in.table
	beside := walk{t: t}
	return func(b arrow.RecordBatch) error {
		values := t.labels(attribute)
		c := &engine.Columns{Batch: b}
		ids, labels := engine.Take[*array.String](c, "customer"), engine.Take[*array.String](c, "label")
		if c.Err != nil {
			return c.Err
		}
		for row := range ids.Len() {
			if beside.reach(ids.Value(row)) && labels.IsValid(row) { // else a customer who never bought
				values[beside.at] = strings.Clone(labels.Value(row))
			}
		}
		return nil
	}
}

// take appends the values of the named column, unless an earlier column could not be
// read. It copies them, as the memory of a batch belongs to the engine.
func take[T any, C arrow.Array](c *engine.Columns, name string, into *[]T, value func(C, int) T) {
	column := engine.Take[C](c, name)
	if c.Err != nil {
		return
	}
	for i := range column.Len() {
		*into = append(*into, value(column, i))
	}
}

func texts(c *engine.Columns, name string, into *[]string) {
	take(c, name, into, func(a *array.String, i int) string {
		if a.IsNull(i) {
			return ""
		}
		return strings.Clone(a.Value(i))
	})
}

func days(c *engine.Columns, name string, into *[]int32) {
	take(c, name, into, func(a *array.Date32, i int) int32 { return int32(a.Value(i)) })
}
