package customers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/segment/interest"
)

// InterestRequest is which things a customer may lose interest in.
type InterestRequest struct {
	Category, Product bool                        // as the ledger knows them
	From              time.Time                   // first day that is looked at
	RecentFrom        [interest.Windows]time.Time // first day of each window, shortest first
	FalseDiscoveries  float64                     // rate at which pairs are to be tested
}

// levels are the kinds of things asked for, as the ledger names them.
func (r InterestRequest) levels() []string {
	var all []string
	if r.Category {
		all = append(all, "category")
	}
	if r.Product {
		all = append(all, "product")
	}
	return all
}

// Interests is who bought what, for the test of lost interests. Customers of
// the Input are those with a pair.
type Interests struct {
	Input    interest.Input
	Things   []string // names, in order
	Customer []int32  // of each of the Input's customers, the row of the Table
	LastDay  []int32  // of each pair, the last day with the thing
	Parents  []string // names that Input.Parent points to; nil without categories
}

// Bought is who bought what, of all customers and things, in no order.
type Bought []BoughtThing

// BoughtThing is that a customer (a row of the Table) has so many baskets, so many of them
// with a thing.
type BoughtThing struct{ Customer, Thing, With, All int32 }

// Parent is the name of the category of a product, "" where it has none.
func (in *Interests) Parent(thing int32) string {
	if in.Input.Parent == nil || in.Input.Parent[thing] == interest.NoParent {
		return ""
	}
	return in.Parents[in.Input.Parent[thing]]
}

// interestSQL is what the statements about interests need to know.
type interestSQL struct {
	Level            string
	Parents          bool // products have categories
	Moved            bool // returns take back sales
	Spent, ListPrice bool // what was spent is wanted, and not what was above the list price
	Windows          []windowSQL
}

// windowSQL is a window's number and the parameter of its first day.
type windowSQL struct {
	N    int
	From string
}

// basket is the table of baskets.
func (s interestSQL) basket() string { return "basket_" + s.Level }

// interestSQL is what the statements about a level need to know.
func (r Request) interestSQL(level string) interestSQL {
	s := r.Interests.sql(level)
	s.Moved = r.Moved
	s.Spent = r.NewThings && level == "category"
	s.ListPrice = s.Spent && r.HasListPrice
	return s
}

func (r InterestRequest) sql(level string) interestSQL {
	s := interestSQL{Level: level, Parents: level == "product" && r.Category}
	for n := range interest.Windows {
		s.Windows = append(s.Windows, windowSQL{n + 1, "$" + strconv.Itoa(n+2)})
	}
	return s
}

// interestReader makes Interests of the rows of a level: first the things, then the
// pairs, which come in no order.
type interestReader struct {
	sql     interestSQL
	rate    float64 // of false discoveries, at which pairs are to be tested
	table   *Table  // whose customers are read before
	out     Interests
	tallies []interest.ShiftTally // of the things
	kept    []keptPair
	bought  *Bought // nil: only what is worth a test is kept

	things, parents map[string]int32
}

// keptPair is a pair that is worth a test.
type keptPair struct {
	customer, thing int32 // a row of the Table, a number of a thing
	all, with       interest.BasketCounts
	lastDay         int32
}

func newInterestReader(r Request, level string, t *Table) *interestReader {
	in := &interestReader{sql: r.interestSQL(level), rate: r.Interests.FalseDiscoveries, table: t, things: map[string]int32{}, parents: map[string]int32{}}
	if level == "category" {
		in.bought = &Bought{}
	}
	return in
}

// appendThings reads rows of thing.sql.
func (in *interestReader) appendThings(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	names := engine.Take[*array.String](c, "thing")
	var parents *array.String
	if in.sql.Parents {
		parents = engine.Take[*array.String](c, "parent")
	}
	if c.Err != nil {
		return c.Err
	}
	for i := range names.Len() {
		name := strings.Clone(names.Value(i))
		in.things[name] = int32(len(in.out.Things))
		in.out.Things = append(in.out.Things, name)
		if parents != nil {
			in.out.Input.Parent = append(in.out.Input.Parent, in.parent(parents, i))
		}
	}
	in.tallies = append(in.tallies, make([]interest.ShiftTally, names.Len())...)
	return nil
}

// parent is the number of the category in row i.
func (in *interestReader) parent(names *array.String, i int) int32 {
	if names.IsNull(i) {
		return interest.NoParent
	}
	number, known := in.parents[names.Value(i)]
	if !known {
		number = int32(len(in.out.Parents))
		name := strings.Clone(names.Value(i))
		in.parents[name], in.out.Parents = number, append(in.out.Parents, name)
	}
	return number
}

// takePairs reads rows of pair.sql. Every pair counts for how its thing moved for all
// customers; few are worth a test.
func (in *interestReader) takePairs(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	customers, things := engine.Take[*array.String](c, "customer"), engine.Take[*array.String](c, "thing")
	last := engine.Take[*array.Date32](c, "last_day")
	baskets, with := takeCounts(c, "baskets_"), takeCounts(c, "with_")
	if c.Err != nil {
		return c.Err
	}
	for i := range customers.Len() {
		p := keptPair{thing: in.things[things.Value(i)], all: baskets.at(i), with: with.at(i), lastDay: int32(last.Value(i))}
		in.tallies[p.thing].Add(p.all, p.with)
		worth := interest.WorthTesting(p.all, p.with, in.rate)
		if worth || in.bought != nil {
			p.customer = in.row(customers.Value(i))
		}
		if in.bought != nil {
			*in.bought = append(*in.bought, BoughtThing{Customer: p.customer, Thing: p.thing, With: p.with.All, All: p.all.All})
		}
		if worth {
			in.kept = append(in.kept, p)
		}
	}
	return nil
}

// row is a customer's row of the Table: whoever has a basket is in it. Where all pairs are
// looked up, a map is several times faster than a search.
func (in *interestReader) row(id string) int32 {
	if in.bought != nil {
		row, _ := in.table.row(id)
		return int32(row)
	}
	row, _ := slices.BinarySearch(in.table.ID, id)
	return int32(row)
}

// finish puts the pairs in order of customer, then thing.
func (in *interestReader) finish() *Interests {
	slices.SortFunc(in.kept, func(a, b keptPair) int {
		return cmp.Or(cmp.Compare(a.customer, b.customer), cmp.Compare(a.thing, b.thing))
	})
	out := &in.out
	for _, tally := range in.tallies {
		out.Input.Shift = append(out.Input.Shift, tally.Sums())
	}
	for _, p := range in.kept {
		if n := len(out.Customer); n == 0 || out.Customer[n-1] != p.customer {
			out.Customer = append(out.Customer, p.customer)
			out.Input.Baskets = append(out.Input.Baskets, p.all)
		}
		out.Input.Pairs = append(out.Input.Pairs, interest.Pair{Customer: int32(len(out.Customer) - 1), Thing: p.thing, With: p.with})
		out.LastDay = append(out.LastDay, p.lastDay)
	}
	in.kept, in.tallies = nil, nil
	return out
}

// countColumns are the columns of a BasketCounts.
type countColumns struct {
	all    *array.Int32
	recent [interest.Windows]*array.Int32
}

func takeCounts(c *engine.Columns, prefix string) (columns countColumns) {
	columns.all = engine.Take[*array.Int32](c, prefix+"all")
	for k := range columns.recent {
		columns.recent[k] = engine.Take[*array.Int32](c, prefix+strconv.Itoa(k+1))
	}
	return columns
}

func (c countColumns) at(i int) interest.BasketCounts {
	counts := interest.BasketCounts{All: c.all.Value(i)}
	for k, column := range c.recent {
		counts.Recent[k] = column.Value(i)
	}
	return counts
}
