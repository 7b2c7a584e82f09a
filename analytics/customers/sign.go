package customers

import (
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Sign asks for what is said beside a customer's rows: each value once, with the first and
// the last day on which it is. SQL reduces to that, and whoever asks decides what it means.
type Sign struct {
	Column string // of the ledger
	By     string // of the ledger: whose word it is, within a customer; empty: the customer's
	Aside  bool   // rows that are set aside are asked too
	// See is given the values customer by customer, and within it in order.
	See func(customer int, said Said)
}

// Said is a value beside a customer's rows.
type Said struct {
	By          string // whose word it is; empty: the customer's
	Value       string
	First, Last int32 // days since 1970-01-01; the last of all where a row set aside has none
	Used        bool  // by rows that count, and not by those set aside
}

// SourceColumn is the ledger's column for the source of a row, as text.
const SourceColumn = "CAST(source AS STRING)"

// signs plans what is said beside the rows of customers.
func (p *planner) signs(in *reader) {
	for i, s := range in.request.Signs {
		sign := "sign_" + strconv.Itoa(i)
		p.part(sign, "sign.sql", s, engine.Adds{Keys: s.order(), Least: []string{"first_day"}, Most: []string{"last_day"}})
		p.customers(engine.Step{Name: sign + "_of", From: []string{sign}, Order: s.order(), Take: in.signReader(s)}, "sign_of.sql", struct{ Sign, By string }{sign, s.By})
	}
}

// order is that of the rows of a sign.
func (s Sign) order() []string {
	if s.By == "" {
		return []string{"customer", "value", "used"}
	}
	return []string{"customer", "said_by", "value", "used"}
}

// signReader finds the customers of the rows, both being in order of id. Who never bought
// is no customer.
func (in *reader) signReader(s Sign) func(arrow.RecordBatch) error {
	beside := walk{t: in.table}
	return func(b arrow.RecordBatch) error {
		c := &engine.Columns{Batch: b}
		ids, values := engine.Take[*array.String](c, "customer"), engine.Take[*array.String](c, "value")
		by := values // any text, which is not looked at
		if s.By != "" {
			by = engine.Take[*array.String](c, "said_by")
		}
		used := engine.Take[*array.Boolean](c, "used")
		first, last := engine.Take[*array.Date32](c, "first_day"), engine.Take[*array.Date32](c, "last_day")
		if c.Err != nil {
			return c.Err
		}
		for row := range ids.Len() {
			if beside.reach(ids.Value(row)) {
				said := Said{Value: strings.Clone(values.Value(row)), First: int32(first.Value(row)), Last: int32(last.Value(row)), Used: used.Value(row)}
				if s.By != "" {
					said.By = strings.Clone(by.Value(row))
				}
				s.See(beside.at, said)
			}
		}
		return nil
	}
}
