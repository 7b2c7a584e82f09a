package customers

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
)

//go:embed sql/*.sql
var sqlFiles embed.FS

var statements = template.Must(template.ParseFS(sqlFiles, "sql/*.sql"))

// Request is what to reduce the ledger to.
type Request struct {
	HasCost    bool      // the ledger knows what rows cost
	HasOrders  bool      // the ledger knows which rows make an order
	Attributes []string  // as the ledger names them
	RFMFrom    time.Time // first day of the RFM window
	RFMByDay   bool      // frequency counts purchase days, not orders
	RFMSpend   Spend     // empty: SpendSum
	Activity   *ActivityRequest
	KeepSpend  bool // what was bought on each purchase day is wanted too
	KeepDays   bool // all purchase days are wanted, not only what they come to

	Interests InterestRequest
}

// ActivityRequest asks for what customers did day by day.
type ActivityRequest struct {
	From    time.Time // first day that is wanted
	Numbers []string  // attributes whose numbers are summed by day
}

// attributeSQL names an attribute in SQL.
type attributeSQL struct{ Name, Column string }

// Reduce runs the two steps over the ledger and reads the result.
func Reduce(ctx context.Context, e engine.Engine, r Request) (*Table, Oddities, error) {
	var none Oddities
	data := struct {
		HasOrders  bool
		HasCost    bool
		ByDay      bool
		Amounts    Spend // of what single amounts are wanted; empty: nothing
		PerOrder   bool  // single amounts are of orders, and a day may have several
		Attributes []attributeSQL
		Activity   bool
		KeepDays   bool
		KeepSpend  bool
		Numbers    []attributeSQL
	}{HasOrders: r.HasOrders, HasCost: r.HasCost, ByDay: r.RFMByDay, Amounts: r.RFMSpend.single(), Activity: r.Activity != nil, KeepDays: r.KeepDays || r.KeepSpend, KeepSpend: r.KeepSpend}
	data.PerOrder = data.Amounts != "" && r.HasOrders && !r.RFMByDay
	for i, a := range r.Attributes {
		data.Attributes = append(data.Attributes, attributeSQL{fmt.Sprintf("attribute_%d", i), engine.Identifier(ledger.AttributeColumn(a))})
	}
	args := []any{r.RFMFrom.Format(time.DateOnly)}
	if r.Activity != nil {
		args = append(args, r.Activity.From.Format(time.DateOnly))
		for i, a := range r.Activity.Numbers {
			data.Numbers = append(data.Numbers, attributeSQL{fmt.Sprintf("number_%d", i), engine.Identifier(ledger.AttributeColumn(a))})
		}
	}
	days, err := statement("customer_day.sql", data)
	if err != nil {
		return nil, none, err
	}
	if err := e.Exec(ctx, days); err != nil {
		return nil, none, fmt.Errorf("customers: days: %w", engine.WithoutValues(err))
	}
	for _, a := range data.Attributes {
		labels, err := statement("label.sql", a)
		if err != nil {
			return nil, none, err
		}
		if err := e.Exec(ctx, labels); err != nil {
			return nil, none, fmt.Errorf("customers: labels: %w", engine.WithoutValues(err))
		}
	}
	unread, err := unreadNumbers(ctx, e, data.Numbers)
	if err != nil {
		return nil, none, err
	}
	if err := makeBaskets(ctx, e, r.Interests); err != nil {
		return nil, none, err
	}
	// What follows needs as much memory again as the ledger frees.
	if err := e.Exec(ctx, "DROP TABLE ledger"); err != nil {
		return nil, none, fmt.Errorf("customers: %w", engine.WithoutValues(err))
	}
	odd, err := oddities(ctx, e)
	if err != nil {
		return nil, none, err
	}
	odd.UnreadNumbers = unread
	sql, err := statement("customers.sql", data)
	if err != nil {
		return nil, none, err
	}
	t := &Table{spend: r.RFMSpend}
	if r.KeepDays || r.KeepSpend {
		t.DayStart = []int64{0}
	}
	if r.KeepSpend {
		t.DaySold = []float64{}
	}
	if r.Activity != nil {
		t.Activity = newActivity(r.Activity.Numbers)
	}
	for _, a := range r.Attributes {
		t.Attributes = append(t.Attributes, Attribute{Name: a})
	}
	err = engine.ForEach(ctx, e, sql, t.append, args...)
	if err != nil {
		return nil, none, fmt.Errorf("customers: %w", engine.WithoutValues(err))
	}
	t.spend = ""
	if err := t.readLabels(ctx, e, data.Attributes); err != nil {
		return nil, none, err
	}
	for _, level := range r.Interests.levels() {
		in, err := readInterests(ctx, e, r.Interests, level, t.ID)
		if err != nil {
			return nil, none, fmt.Errorf("customers: interests by %s: %w", level, engine.WithoutValues(err))
		}
		if level == "category" {
			t.Categories = in
		} else {
			t.Products = in
		}
	}
	return t, odd, nil
}

func statement(name string, data any) (string, error) {
	var sql strings.Builder
	err := statements.ExecuteTemplate(&sql, name, data)
	return sql.String(), err
}

func oddities(ctx context.Context, e engine.Engine) (Oddities, error) {
	var o Oddities
	sql, err := statement("oddities.sql", nil)
	if err != nil {
		return o, err
	}
	err = engine.ForEach(ctx, e, sql, func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		n, net := engine.Take[*array.Int64](&c, "customers"), engine.Take[*array.Decimal128](&c, "net")
		long := engine.Take[*array.Int64](&c, "long_orders")
		if c.Err == nil {
			o = Oddities{ReturnsOnly: n.Value(0), ReturnsOnlyNet: ledger.MoneyOf(net.Value(0)), LongOrders: long.Value(0)}
		}
		return c.Err
	})
	if err != nil {
		return o, fmt.Errorf("customers: oddities: %w", engine.WithoutValues(err))
	}
	return o, nil
}

// unreadNumbers counts, for each number, the rows that have something else.
func unreadNumbers(ctx context.Context, e engine.Engine, numbers []attributeSQL) ([]int64, error) {
	counts := make([]int64, len(numbers))
	for i, a := range numbers {
		sql, err := statement("unread_number.sql", a)
		if err != nil {
			return nil, err
		}
		err = engine.ForEach(ctx, e, sql, func(b arrow.RecordBatch) error {
			c := engine.Columns{Batch: b}
			if rows := engine.Take[*array.Int64](&c, "rows"); c.Err == nil {
				counts[i] = rows.Value(0)
			}
			return c.Err
		})
		if err != nil {
			return nil, fmt.Errorf("customers: numbers: %w", engine.WithoutValues(err))
		}
	}
	return counts, nil
}
