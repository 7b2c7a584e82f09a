// Package nighttest makes nights for the tests of stages, without an engine and without
// files.
package nighttest

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Job is a job with settings such as "rfm: {bins: 3}", one a line.
func Job(t testing.TB, settings string) *job.Job {
	t.Helper()
	text := "name: shop\nsources:\n  - path: exports/*.csv\n    columns: {customer: id, time: at, amount: price}\n" + settings
	j, err := job.Parse("job.yaml", []byte(text), nil, func() time.Time { return Day(t, "2024-01-01") })
	require.NoError(t, err)
	return j
}

// Frame is a first night.
func Frame(t testing.TB, asOf, settings string) night.Frame {
	t.Helper()
	return night.Frame{
		Job: Job(t, settings), AsOf: Day(t, asOf), FirstDay: Day(t, "2020-01-01"), Threads: 2, Warnings: &night.Warnings{},
	}
}

// Before is the night before, with columns as [publication.StateOf] takes them; the
// settings that scores and stages depend on are those of a job.
func Before(t testing.TB, j *job.Job, asOf string, ids []string, columns map[*column.Column]any) *history.Night {
	t.Helper()
	m, err := publication.StateOf(ids, columns)
	require.NoError(t, err)
	return &history.Night{AsOf: asOf, Members: m, Meaning: history.Meaning(j), StageMeaning: history.StageMeaning(j)}
}

// Day is a day such as 2024-01-31.
func Day(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

// Order is what a customer bought on a day or, with an amount below 0, gave back.
type Order struct {
	Customer, Day string
	Amount        float64
}

// Customers are those of some orders, in order of id: all that a [customers.Table] may
// have but attributes, interests and activity. All orders are within the RFM window.
func Customers(t testing.TB, orders ...Order) *customers.Table {
	t.Helper()
	orders = slices.Clone(orders)
	slices.SortStableFunc(orders, func(a, b Order) int { return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Day, b.Day)) })
	c := &customers.Table{DayStart: []int64{0}}
	for _, o := range orders {
		if n := c.Len(); n == 0 || c.ID[n-1] != o.Customer {
			addCustomer(c, o.Customer)
		}
		addOrder(c, calendar.DayOf(Day(t, o.Day)), o.Amount)
	}
	c.RFMOrders, c.RFMNet = slices.Clone(c.Orders), slices.Clone(c.Net)
	return c
}

func addCustomer(c *customers.Table, id string) {
	c.ID = append(c.ID, id)
	c.FirstDay, c.LastDay = append(c.FirstDay, 0), append(c.LastDay, 0)
	for _, counts := range []*[]int64{&c.Orders, &c.PurchaseDays, &c.PaidDays, &c.Returns} {
		*counts = append(*counts, 0)
	}
	for _, sums := range []*[]money.Amount{&c.Net, &c.Sold, &c.Cost, &c.FirstSold} {
		*sums = append(*sums, money.Amount{})
	}
	c.DayStart = append(c.DayStart, c.DayStart[len(c.DayStart)-1])
}

// addOrder adds an order of the last customer, not before their others.
func addOrder(c *customers.Table, day int32, amount float64) {
	i, money := c.Len()-1, money.FromFloat(amount)
	c.Net[i] = c.Net[i].Plus(money)
	if amount < 0 {
		c.Returns[i]++
		return
	}
	if c.PurchaseDays[i] == 0 {
		c.FirstDay[i] = day
	}
	if c.PurchaseDays[i] == 0 || c.LastDay[i] != day {
		c.LastDay[i] = day
		c.PurchaseDays[i]++
		c.Days, c.DaySold = append(c.Days, day), append(c.DaySold, 0)
		c.DayStart[i+1]++
	}
	at := len(c.DaySold) - 1
	if amount > 0 && c.DaySold[at] == 0 {
		c.PaidDays[i]++
	}
	c.DaySold[at] += amount
	c.Orders[i]++
	c.Sold[i] = c.Sold[i].Plus(money)
	if day == c.FirstDay[i] {
		c.FirstSold[i] = c.FirstSold[i].Plus(money)
	}
}
