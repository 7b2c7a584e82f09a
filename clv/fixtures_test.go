package clv

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// purchaseDays are one customer's purchase days with the money of each.
type purchaseDays struct {
	days  []time.Time
	money []float64
}

// readLog reads a transaction log and merges the lines of a customer's day, up
// to and including the last day of calibration. Customers keep the order of the
// file. Without a money column the money is 0.
func readLog(t *testing.T, file, id, date, money, last string) []purchaseDays {
	t.Helper()
	end := day(t, last)
	index := make(map[string]int)
	var customers []purchaseDays
	for _, row := range readTable(t, "data", file) {
		when := day(t, row[date])
		if when.After(end) {
			continue
		}
		i, known := index[row[id]]
		if !known {
			i = len(customers)
			index[row[id]] = i
			customers = append(customers, purchaseDays{})
		}
		amount := 0.0
		if money != "" {
			amount = number(t, row, money)
		}
		customers[i].add(when, amount)
	}
	return customers
}

// add puts an amount on a day, which may be there already.
func (c *purchaseDays) add(when time.Time, amount float64) {
	i, found := slices.BinarySearchFunc(c.days, when, time.Time.Compare)
	if !found {
		c.days = slices.Insert(c.days, i, when)
		c.money = slices.Insert(c.money, i, 0)
	}
	c.money[i] += amount
}

// weeksTo makes a panel in weeks, and the mean spend of the repeat purchases.
func weeksTo(t *testing.T, customers []purchaseDays, last string) (p Panel, meanSpend []float64) {
	t.Helper()
	end := day(t, last)
	for _, c := range customers {
		n := len(c.days)
		x := float64(n - 1)
		p.X = append(p.X, x)
		p.TX = append(p.TX, weeks(c.days[0], c.days[n-1]))
		p.T = append(p.T, weeks(c.days[0], end))
		sum := 0.0
		for _, amount := range c.money[1:] {
			sum += amount
		}
		meanSpend = append(meanSpend, sum/max(x, 1))
	}
	return p, meanSpend
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

func weeks(from, to time.Time) float64 { return to.Sub(from).Hours() / (24 * 7) }

// cdnowSample is the one-tenth sample of CDNOW, calibrated to 1997-09-30.
func cdnowSample(t *testing.T) (Panel, []float64) {
	t.Helper()
	const last = "1997-09-30"
	return weeksTo(t, readLog(t, "cdnow_sample.csv", "sample_id", "date", "dollar_value", last), last)
}

// tablePanel reads a table of (x, t_x, t).
func tablePanel(t *testing.T, file, x, tx, end string) (p Panel) {
	t.Helper()
	for _, row := range readTable(t, "data", file) {
		p.X = append(p.X, number(t, row, x))
		p.TX = append(p.TX, number(t, row, tx))
		p.T = append(p.T, number(t, row, end))
	}
	return p
}

// column reads a column of numbers.
func column(t *testing.T, file, name string) (values []float64) {
	t.Helper()
	for _, row := range readTable(t, "data", file) {
		v, err := strconv.ParseFloat(row[name], 64)
		require.NoError(t, err)
		values = append(values, v)
	}
	return values
}
