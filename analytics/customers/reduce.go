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
	TierFrom   time.Time // first day of the tier window
	KeepDays   bool      // all purchase days are wanted, not only what they come to
	KeepSpend  bool      // and what was bought on each of them
}

// attributeSQL names an attribute in SQL.
type attributeSQL struct{ Name, Column string }

// Reduce runs the two steps over the ledger and reads the result.
func Reduce(ctx context.Context, e engine.Engine, r Request) (*Table, Oddities, error) {
	var none Oddities
	data := struct {
		HasOrders  bool
		HasCost    bool
		KeepDays   bool
		KeepSpend  bool
		Attributes []attributeSQL
	}{HasOrders: r.HasOrders, HasCost: r.HasCost, KeepDays: r.KeepDays || r.KeepSpend, KeepSpend: r.KeepSpend}
	for i, a := range r.Attributes {
		data.Attributes = append(data.Attributes, attributeSQL{fmt.Sprintf("attribute_%d", i), engine.Identifier(ledger.AttributeColumn(a))})
	}
	days, err := statement("customer_day.sql", data)
	if err != nil {
		return nil, none, err
	}
	if err := e.Exec(ctx, days); err != nil {
		return nil, none, fmt.Errorf("customers: days: %w", err)
	}
	for _, a := range data.Attributes {
		labels, err := statement("label.sql", a)
		if err != nil {
			return nil, none, err
		}
		if err := e.Exec(ctx, labels); err != nil {
			return nil, none, fmt.Errorf("customers: labels: %w", err)
		}
	}
	// What follows needs as much memory again as the ledger frees.
	if err := e.Exec(ctx, "DROP TABLE ledger"); err != nil {
		return nil, none, fmt.Errorf("customers: %w", err)
	}
	odd, err := oddities(ctx, e)
	if err != nil {
		return nil, none, err
	}
	sql, err := statement("customers.sql", data)
	if err != nil {
		return nil, none, err
	}
	t := &Table{}
	if r.KeepDays || r.KeepSpend {
		t.DayStart = []int64{0}
	}
	if r.KeepSpend {
		t.DaySold = []float64{}
	}
	for _, a := range r.Attributes {
		t.Attributes = append(t.Attributes, Attribute{Name: a})
	}
	err = engine.ForEach(ctx, e, sql, t.append, r.RFMFrom.Format(time.DateOnly), r.TierFrom.Format(time.DateOnly))
	if err != nil {
		return nil, none, fmt.Errorf("customers: %w", err)
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
			o = Oddities{n.Value(0), ledger.MoneyOf(net.Value(0)), long.Value(0)}
		}
		return c.Err
	})
	if err != nil {
		return o, fmt.Errorf("customers: oddities: %w", err)
	}
	return o, nil
}
