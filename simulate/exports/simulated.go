package exports

import (
	"bytes"
	"context"
	"io"
	"strings"

	"clientele/simulate"
)

// simulateCSV is what `clientele simulate` writes: a line for each product of an
// order, returns as orders of their own whose id is C and that of the order.
//
// What counts: amount; what comes back is taken off the order that it is of.
var simulateCSV = kind{
	name:  "simulate-csv", // clientele simulate: CSV
	style: simulateStyle,
	make:  func(o Options) (*Export, error) { return simulated(o, "orders.csv", simulate.WriteCSV) },
}

// simulateParquet is the same as Parquet.
//
// What counts is as in simulate-csv.
var simulateParquet = kind{
	name:  "simulate-parquet", // clientele simulate: Parquet
	style: simulateStyle,
	make:  func(o Options) (*Export, error) { return simulated(o, "orders.parquet", simulate.WriteParquet) },
}

var simulateStyle = style{locales: []*locale{english}, zone: "UTC"}

// simulated writes an export by package simulate, and adds up its rows.
func simulated(o Options, path string, write simulatedWriter) (*Export, error) {
	settings, err := simulate.Preset(simulate.Shop)
	if err != nil {
		return nil, err
	}
	settings.Customers, settings.Seed = o.Customers, o.Seed
	settings.Start, settings.End = firstDay, lastDay
	settings.AcquisitionDays = 500
	settings.Mess = 0
	var data, leavers bytes.Buffer
	if _, err := write(context.Background(), &data, &leavers, settings); err != nil {
		return nil, err
	}
	books := simulatedBooks{orders: map[string]*simulatedOrder{}}
	if _, err := simulate.Generate(context.Background(), nil, settings, books.take); err != nil {
		return nil, err
	}
	f := newFolder(o)
	f.add(path, data.Bytes(), books.rows)
	return &Export{Files: f.files, Truth: books.truth(stoppedIn(leavers.String()))}, nil
}

// simulatedWriter is simulate.WriteCSV or its like.
type simulatedWriter = func(ctx context.Context, w, truth io.Writer, o simulate.Options) (simulate.Counts, error)

// simulatedBooks adds up the rows of a simulation by the order that they are of.
type simulatedBooks struct {
	rows   int
	orders map[string]*simulatedOrder
}

// simulatedOrder is an order with what came back of it.
type simulatedOrder struct {
	customer, day string
	left          Cents
}

func (b *simulatedBooks) take(r simulate.Row) error {
	b.rows++
	id, back := strings.CutPrefix(r.Order, "C")
	o := b.orders[id]
	if o == nil {
		o = &simulatedOrder{customer: r.Customer}
		b.orders[id] = o
	}
	if !back {
		o.day = r.Time.Format("2006-01-02")
	}
	o.left += r.Amount
	return nil
}

func (b *simulatedBooks) truth(stopped []string) Truth {
	t := Truth{Customers: map[string]Buyer{}, Stopped: stopped}
	all := map[string]bool{}
	for _, o := range b.orders {
		all[o.customer] = true
		if o.left == 0 {
			continue
		}
		c := t.Customers[o.customer]
		c.Orders++
		c.Net += money(o.left)
		c.LastDay = max(c.LastDay, o.day)
		t.Customers[o.customer] = c
	}
	t.ReturnedAll = len(all) - len(t.Customers)
	return t
}

// stoppedIn are those of a simulation's table of truth who left.
func stoppedIn(table string) (ids []string) {
	for line := range strings.Lines(table) {
		cells := strings.Split(line, ",")
		if cells[6] != "" && cells[0] != "customer_id" {
			ids = append(ids, cells[0])
		}
	}
	return ids
}
