package publication

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/internal/spreadsheet"
)

// ActivityMonth is what the customers of a cohort, those with their first purchase day in
// one month, did in another: a row of activity.csv.
type ActivityMonth struct {
	Cohort, Month calendar.Month
	Customers     int64 // of the cohort who bought in the month
	PurchaseDays  int64
	Orders        int64
	Spend         money.Amount // bought less returned
}

// ActivityColumns are the columns of activity.csv.
func ActivityColumns(rows []ActivityMonth) []publish.Col {
	spend := publish.ColOf("spend", rows, func(a ActivityMonth) decimal128.Num { return a.Spend.Num() })
	spend.Scale = money.Scale
	return []publish.Col{
		publish.ColOf("cohort", rows, func(a ActivityMonth) string { return a.Cohort.String() }),
		publish.ColOf("month", rows, func(a ActivityMonth) string { return a.Month.String() }),
		publish.ColOf("customers", rows, func(a ActivityMonth) int64 { return a.Customers }),
		publish.ColOf("purchase_days", rows, func(a ActivityMonth) int64 { return a.PurchaseDays }),
		publish.ColOf("orders", rows, func(a ActivityMonth) int64 { return a.Orders }),
		spend,
	}
}

// ReadActivity reads activity.csv: for each month of a first purchase all months from
// there to the night's, in order. Errors are those of [Publication.OpenFile].
func (p *Publication) ReadActivity() (rows []ActivityMonth, err error) {
	f, err := p.OpenFile(column.Activity.File)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if rows, err = parseActivity(f); err != nil {
		return nil, p.Damaged(column.Activity.File, err)
	}
	return rows, nil
}

func parseActivity(in io.Reader) ([]ActivityMonth, error) {
	r, err := readCells(in)
	if err != nil {
		return nil, err
	}
	want := make([]string, len(column.Activity.Columns))
	for i, c := range column.Activity.Columns {
		want[i] = c.Name
	}
	if !slices.Equal(r.names, want) {
		return nil, fmt.Errorf("its columns are %s, expected %s", strings.Join(r.names, ", "), strings.Join(want, ", "))
	}
	var rows []ActivityMonth
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		row, err := activityOf(record)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		rows = append(rows, row)
	}
}

func activityOf(cells []string) (a ActivityMonth, err error) {
	month := func(cell string, into *calendar.Month) {
		if err == nil {
			*into, err = calendar.ParseMonth(spreadsheet.Unguard(cell))
		}
	}
	count := func(cell string, into *int64) {
		if err == nil {
			*into, err = strconv.ParseInt(cell, 10, 64)
		}
	}
	month(cells[0], &a.Cohort)
	month(cells[1], &a.Month)
	count(cells[2], &a.Customers)
	count(cells[3], &a.PurchaseDays)
	count(cells[4], &a.Orders)
	if err == nil {
		err = a.Spend.UnmarshalText([]byte(cells[5]))
	}
	return a, err
}
