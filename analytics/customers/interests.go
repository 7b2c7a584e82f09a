package customers

import (
	"context"
	"errors"
	"fmt"
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
// the Panel are those with a pair.
type Interests struct {
	Input    interest.Input
	Things   []string // names, in order
	Customer []int32  // of each of the Panel's customers, the row of the Table
	LastDay  []int32  // of each pair, the last day with the thing
	Parents  []string // names that Panel.Parent points to; nil without categories
}

// Parent is the name of the category of a product, "" where it has none.
func (in *Interests) Parent(thing int32) string {
	if in.Input.Parent == nil || in.Input.Parent[thing] == interest.NoParent {
		return ""
	}
	return in.Parents[in.Input.Parent[thing]]
}

// interestSQL is what the statements about interests need to know.
type interestSQL struct {
	Level   string
	Parents bool // products have categories
	Windows []windowSQL
	Longest int
}

// windowSQL is a window's number and the parameter of its first day.
type windowSQL struct {
	N    int
	From string
}

func (r InterestRequest) sql(level string) interestSQL {
	s := interestSQL{Level: level, Parents: level == "product" && r.Category, Longest: interest.Windows}
	for n := range interest.Windows {
		s.Windows = append(s.Windows, windowSQL{n + 1, "$" + strconv.Itoa(n+2)})
	}
	return s
}

// makeBaskets takes what the interests need from the ledger, before it goes.
func makeBaskets(ctx context.Context, e engine.Engine, r InterestRequest) error {
	for _, level := range r.levels() {
		if err := run(ctx, e, "basket.sql", r.sql(level)); err != nil {
			return fmt.Errorf("customers: baskets by %s: %w", level, engine.WithoutValues(err))
		}
	}
	if r.Category && r.Product {
		if err := run(ctx, e, "product_category.sql", nil); err != nil {
			return fmt.Errorf("customers: categories of products: %w", engine.WithoutValues(err))
		}
	}
	return nil
}

func run(ctx context.Context, e engine.Engine, name string, data any, args ...any) error {
	sql, err := statement(name, data)
	if err != nil {
		return err
	}
	return e.Exec(ctx, sql, args...)
}

// readInterests reduces the baskets of one level and reads what comes of them.
// ids are the customers, in order.
func readInterests(ctx context.Context, e engine.Engine, r InterestRequest, level string, ids []string) (*Interests, error) {
	s := r.sql(level)
	windows := []any{r.From.Format(time.DateOnly)}
	for _, from := range r.RecentFrom {
		windows = append(windows, from.Format(time.DateOnly))
	}
	if err := run(ctx, e, "interest.sql", s, windows...); err != nil {
		return nil, err
	}
	if err := e.Exec(ctx, "DROP TABLE basket_"+level); err != nil {
		return nil, err
	}
	in := &interestReader{ids: ids, things: map[string]int32{}, parents: map[string]int32{}}
	if err := in.read(ctx, e, "shift.sql", s, in.appendThings); err != nil {
		return nil, err
	}
	if err := in.read(ctx, e, "pair.sql", s, in.appendPairs, r.FalseDiscoveries); err != nil {
		return nil, err
	}
	return &in.out, e.Exec(ctx, "DROP TABLE interest_"+level)
}

// interestReader fills Interests from record batches.
type interestReader struct {
	out             Interests
	ids             []string // of the customers, in order
	at              int      // row of the Table reached
	things, parents map[string]int32
}

func (in *interestReader) read(ctx context.Context, e engine.Engine, name string, s interestSQL, visit func(arrow.RecordBatch) error, args ...any) error {
	sql, err := statement(name, s)
	if err != nil {
		return err
	}
	return engine.ForEach(ctx, e, sql, visit, args...)
}

func (in *interestReader) appendThings(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	names := engine.Take[*array.String](c, "thing")
	var parents *array.String
	if len(b.Schema().FieldIndices("parent")) > 0 {
		parents = engine.Take[*array.String](c, "parent")
	}
	var rise, fall [interest.Windows]*array.Int64
	for k := range interest.Windows {
		rise[k] = engine.Take[*array.Int64](c, "rise_"+strconv.Itoa(k+1))
		fall[k] = engine.Take[*array.Int64](c, "fall_"+strconv.Itoa(k+1))
	}
	if c.Err != nil {
		return c.Err
	}
	for i := range int(b.NumRows()) {
		name := strings.Clone(names.Value(i))
		in.things[name] = int32(len(in.out.Things))
		in.out.Things = append(in.out.Things, name)
		var sums interest.ShiftSums
		for k := range interest.Windows {
			const millionths = 1e6
			sums.Rise[k], sums.Fall[k] = float64(rise[k].Value(i))/millionths, float64(fall[k].Value(i))/millionths
		}
		in.out.Input.Shift = append(in.out.Input.Shift, sums)
		if parents != nil {
			in.out.Input.Parent = append(in.out.Input.Parent, in.parent(parents, i))
		}
	}
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

func (in *interestReader) appendPairs(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	customer, thing := engine.Take[*array.String](c, "customer"), engine.Take[*array.String](c, "thing")
	last := engine.Take[*array.Date32](c, "last_day")
	baskets, with := takeCounts(c, "baskets_"), takeCounts(c, "with_")
	if c.Err != nil {
		return c.Err
	}
	p := &in.out.Input
	for i := range int(b.NumRows()) {
		if len(in.out.Customer) == 0 || in.ids[in.at] != customer.Value(i) {
			// Both come in order of id, and whoever has a basket is in the Table.
			for in.at < len(in.ids) && in.ids[in.at] != customer.Value(i) {
				in.at++
			}
			if in.at == len(in.ids) {
				return errors.New("pairs are not in the order of customers")
			}
			in.out.Customer = append(in.out.Customer, int32(in.at))
			p.Baskets = append(p.Baskets, baskets.at(i))
		}
		p.Pairs = append(p.Pairs, interest.Pair{
			Customer: int32(len(in.out.Customer) - 1), Thing: in.things[thing.Value(i)], With: with.at(i),
		})
		in.out.LastDay = append(in.out.LastDay, int32(last.Value(i)))
	}
	return nil
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
