package customers

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"time"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/ledger"
)

// The statements, in a folder for each grain: those of parts read the ledger, those of
// customers read what parts made.
//
//go:embed sql/part/*.sql sql/customer/*.sql
var sqlFiles embed.FS

var statements = dialect.Read(sqlFiles, "sql/*/*.sql", nil)

// tablesSQL is what the statements about orders, days and customers need to know.
type tablesSQL struct {
	HasOrders, HasCost bool
	OneSource          bool
	OneLine            bool // no order has several lines
	Moved              bool // returns take back sales
	PerOrder           bool // single amounts of orders are wanted
	KeepSpend          bool
	KeepSales          bool // what was bought is wanted
	ListPrice          bool // and what of it was above the list price
	Numbers            []numberSQL
	FirstLabels        []labelSQL
}

// labelSQL is an attribute that is told by a label: its column in the ledger, and that of
// the label.
type labelSQL struct{ Column, Name string }

// numberSQL is an attribute whose numbers are summed: its column in the ledger, and the
// columns of the sum and of the count of rows that hold something else.
type numberSQL struct{ Column, Name, Unread string }

func (r Request) sql(d dialect.Dialect) tablesSQL {
	s := tablesSQL{
		HasOrders: r.HasOrders, HasCost: r.HasCost, OneSource: r.OneSource, Moved: r.Moved, PerOrder: r.perOrder(),
		KeepSpend: r.KeepSpend, KeepSales: r.KeepSales, ListPrice: r.KeepSales && r.HasListPrice,
	}
	if r.Activity != nil {
		for i, a := range r.Activity.Numbers {
			s.Numbers = append(s.Numbers, numberSQL{ledgerColumn(d, a), numberColumn(i), unreadColumn(i)})
		}
	}
	for i, a := range r.FirstLabels {
		s.FirstLabels = append(s.FirstLabels, labelSQL{ledgerColumn(d, a), labelColumn(i)})
	}
	return s
}

func labelColumn(label int) string { return fmt.Sprintf("label_%d", label) }

func ledgerColumn(d dialect.Dialect, attribute string) string {
	return d.Identifier(ledger.AttributeColumn(attribute))
}

func numberColumn(number int) string { return fmt.Sprintf("number_%d", number) }

func unreadColumn(number int) string { return fmt.Sprintf("unread_%d", number) }

// plan is the way from the ledger to what was asked for, in an engine's SQL.
func (in *reader) plan(d dialect.Dialect) (engine.Reduction, error) {
	p := &planner{dialect: d}
	p.orders(in)
	p.labels(in)
	p.signs(in)
	for _, level := range in.levels {
		p.interests(in, level)
	}
	p.newThings(in)
	return p.plan, p.err
}

// byCustomer is the order in which rows of customers are laid beside each other.
var byCustomer = []string{"customer"}

// planner writes the steps and keeps the first error.
type planner struct {
	dialect dialect.Dialect
	plan    engine.Reduction
	err     error
}

// addsOrders says how the lines of an order in two files make one.
var addsOrders = engine.Adds{Keys: []string{"customer", "source", "order_id", "is_return"}, Least: []string{"day"}, Most: []string{"last_day"}}

// orders plans what each order, each day and each customer comes to.
func (p *planner) orders(in *reader) {
	data := in.request.sql(p.dialect)
	data.OneLine = in.oneLine
	switch {
	case data.Moved:
		p.part("customer_order", "customer_order.sql", data, addsOrders)
		if data.KeepSpend {
			p.customers(engine.Step{Name: "back_day", From: []string{"customer_order", "given_back"}}, "back_day.sql", data)
		}
		// It does not read given_back, which is dropped once no later step says that it does.
		p.customers(engine.Step{Name: "customer_day", From: []string{"customer_order", "moved", "given_back"}}, "customer_day_moved.sql", data)
	case data.OneLine:
		p.part("customer_order", "order_of_one_line.sql", data, engine.Adds{})
	case data.HasOrders:
		p.part("customer_order", "customer_order.sql", data, addsOrders)
	default:
		p.part("customer_day", "day_without_orders.sql", data, engine.Adds{Keys: []string{"customer", "day"}, Most: []string{"orders", "returns"}})
	}
	if data.Moved && data.KeepSpend {
		p.customers(engine.Step{Name: "came_back", From: []string{"back_day", "customer_day"}, Order: []string{"customer", "day", "back_day"}, Take: in.table.CameBack.append}, "came_back.sql", data)
	}
	if data.FirstLabels != nil {
		p.labelsWithFirst(in, data.FirstLabels)
	}
	p.days(in, data)
}

// days plans the orders, or the days, of which customers are made.
func (p *planner) days(in *reader, data tablesSQL) {
	days := engine.Step{Name: "day", From: []string{"customer_day"}, Order: []string{"customer", "day"}, Expect: in.days.expect, Take: in.days.take, Done: in.days.finish}
	file := "day.sql"
	if data.HasOrders && !data.Moved {
		days.From, file = []string{"customer_order"}, "order.sql"
	}
	p.customers(days, file, data)
}

// labelsWithFirst plans the labels of each customer, and of the first purchase day, of the
// attributes of which both are wanted: one grouping finds them all. They come before the days,
// which are put together by them. There are two such attributes at most; of many, the labels
// that customers have together would be as many as the rows.
func (p *planner) labelsWithFirst(in *reader, labels []labelSQL) {
	data := struct {
		Labels []labelSQL
		Moved  bool
	}{labels, in.request.Moved}
	keys := []string{"customer", "day"}
	for _, l := range labels {
		keys = append(keys, l.Name)
	}
	p.bought(in, "labels", "labels.sql", data, by(keys...))
	p.customers(engine.Step{Name: "labels_of", From: []string{"labels"}, Order: []string{"customer", "day"}, Take: in.labels.take, Done: in.labels.finish}, "labels_of.sql", data)
}

// labels plans the most frequent label of each other attribute. A join of all of them in SQL
// takes memory by the square of their number.
func (p *planner) labels(in *reader) {
	for i, a := range in.request.Attributes {
		if slices.Contains(in.request.FirstLabels, a) {
			continue
		}
		count := fmt.Sprintf("label_count_%d", i)
		p.bought(in, count, "label_count.sql", struct {
			Column string
			Moved  bool
		}{ledgerColumn(p.dialect, a), in.request.Moved}, by("customer", "label"))
		p.customers(engine.Step{Name: "label", From: []string{count}, Order: byCustomer, Take: in.attributeReader(i)}, "label.sql", struct{ Count string }{count})
	}
}

// interests plans who bought which things of a level.
func (p *planner) interests(in *reader, level *interestReader) {
	basket := level.sql.basket()
	p.bought(in, basket, "basket.sql", level.sql, by("customer", "day", "thing"))
	things := engine.Step{Name: "thing", From: []string{basket}, Order: []string{"thing"}, Take: level.appendThings}
	if level.sql.Parents {
		p.bought(in, "product_category", "product_category.sql", level.sql, by("product", "category"))
		things.From = append(things.From, "product_category")
	}
	things.Args = []any{dateSQL(in.request.Interests.From)}
	p.customers(things, "thing.sql", level.sql)
	pairs := engine.Step{Name: "pair", From: []string{basket}, CutBy: "customer", Args: slices.Clone(things.Args), Take: level.takePairs}
	for _, from := range in.request.Interests.RecentFrom {
		pairs.Args = append(pairs.Args, dateSQL(from))
	}
	p.customers(pairs, "pair.sql", level.sql)
}

// newThings plans what customers spent on categories that were new to them, from the baskets
// that are there for lost interests.
func (p *planner) newThings(in *reader) {
	if !in.request.NewThings || !in.request.Interests.Category {
		return
	}
	data := in.request.interestSQL("category")
	p.customers(engine.Step{Name: "new_thing", From: []string{data.basket()}, CutBy: "customer", Take: in.takeNewThings}, "new_thing.sql", data)
}

// part adds a step of the first grain.
func (p *planner) part(name, file string, data any, adds engine.Adds) {
	p.plan.Parts = append(p.plan.Parts, engine.Step{Name: name, From: []string{"ledger"}, SQL: p.statement(file, data), Adds: adds})
}

// by are the keys of a part whose other columns are sums.
func by(keys ...string) engine.Adds { return engine.Adds{Keys: keys} }

// bought adds a step of the first grain about what was bought and did not come back.
func (p *planner) bought(in *reader, name, file string, data any, adds engine.Adds) {
	p.part(name, file, data, adds)
	if in.request.Moved {
		last := &p.plan.Parts[len(p.plan.Parts)-1]
		last.From = append(last.From, "moved")
	}
}

// customers adds a step of the second grain.
func (p *planner) customers(s engine.Step, file string, data any) {
	s.SQL = p.statement(file, data)
	p.plan.Customers = append(p.plan.Customers, s)
}

func (p *planner) statement(file string, data any) string {
	sql, err := statements.Write(p.dialect, file, data)
	p.err = cmp.Or(p.err, err)
	return sql
}

func dateSQL(day time.Time) string { return day.Format(time.DateOnly) }
