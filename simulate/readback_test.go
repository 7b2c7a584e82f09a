package simulate_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/clv"
	"clientele/simulate"
)

// This file reads exports back as anybody would who has nothing but the CSV,
// and shares no code with what made them or with the engine.

// visit is what one row of an export says of its customer.
type visit struct{ day, cents int64 }

// export simulates a shop and groups the rows of its CSV by customer.
func export(t *testing.T, o simulate.Options) [][]visit {
	t.Helper()
	var file bytes.Buffer
	_, err := simulate.WriteCSV(t.Context(), &file, nil, o)
	require.NoError(t, err)
	lines := csv.NewReader(&file)
	lines.ReuseRecord = true
	header, err := lines.Read()
	require.NoError(t, err)
	who, when, amount := slices.Index(header, "customer_id"), slices.Index(header, "time"), slices.Index(header, "amount")
	seen := make(map[string]int, o.Customers)
	customers := make([][]visit, 0, o.Customers)
	for {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return customers
		}
		require.NoError(t, err)
		i, known := seen[line[who]]
		if !known {
			i = len(customers)
			seen[line[who]] = i
			customers = append(customers, nil)
		}
		customers[i] = append(customers[i], visit{day: dayOf(t, line[when]), cents: centsOf(t, line[amount])})
	}
}

// dayOf numbers the calendar day of a time in an export.
func dayOf(t *testing.T, text string) int64 {
	t.Helper()
	const secondsPerDay = 24 * 60 * 60
	day, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	require.NoError(t, err)
	return day.Unix() / secondsPerDay
}

// centsOf reads an amount of an export.
func centsOf(t *testing.T, text string) int64 {
	t.Helper()
	amount, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return int64(math.Round(100 * amount))
}

// sample is what models are fitted to.
type sample struct {
	clv.Panel
	spend  []float64 // mean of the repeat purchases; 0 where there are none
	merged float64   // share of purchases lost to others of their day
}

// daysIn are the days in a unit of model time.
var daysIn = map[simulate.Unit]float64{simulate.Day: 1, simulate.Week: 7, simulate.Month: 30.4375}

// reduce counts days of purchase: x is their number less the first; t_x runs
// from the first to the last of them, and t to the last day of the export, as
// of which customers are seen. All that is bought on a day is one purchase.
func reduce(t *testing.T, o simulate.Options) sample {
	t.Helper()
	asOf, unit := dayOf(t, o.End.Format(time.DateOnly)), daysIn[o.Unit]
	var s sample
	var visited, days float64
	for _, visits := range export(t, o) {
		visited += float64(len(visits))
		visits = byDay(visits)
		days += float64(len(visits))
		first, repeats := visits[0].day, visits[1:]
		x, last, cents, lnGaps := float64(len(repeats)), first, int64(0), 0.
		for _, v := range repeats {
			lnGaps += math.Log(float64(v.day-last) / unit)
			last = v.day
			cents += v.cents
		}
		s.X = append(s.X, x)
		s.TX = append(s.TX, float64(last-first)/unit)
		s.T = append(s.T, float64(asOf-first)/unit)
		s.LnGaps = append(s.LnGaps, lnGaps)
		s.spend = append(s.spend, float64(cents)/100/max(x, 1))
	}
	s.merged = 1 - days/visited
	return s
}

// byDay sorts visits by day and makes one of those that share a day.
func byDay(visits []visit) []visit {
	slices.SortFunc(visits, func(a, b visit) int { return cmp.Compare(a.day, b.day) })
	merged := visits[:1]
	for _, v := range visits[1:] {
		if last := &merged[len(merged)-1]; v.day == last.day {
			last.cents += v.cents
		} else {
			merged = append(merged, v)
		}
	}
	return merged
}

// inOpportunities turns times in weeks into counts, for models with one
// opportunity a week, which comes whole weeks after the first purchase. So t_x
// is a whole number as it is, and t, the opportunities that have come up, is
// the whole weeks that have passed by the last day. Under sbg a purchase is a
// renewal: x of them were made, t came up. As nobody pays again after a lapse,
// t_x is x, and a fit to anything else is refused.
func (s sample) inOpportunities(t *testing.T) sample {
	t.Helper()
	for i, tx := range s.TX {
		// A day is a seventh of a week; quotients of whole days are exact to
		// far less than that.
		require.InDelta(t, math.Round(tx), tx, 1e-9, "a purchase between two opportunities")
		s.TX[i], s.T[i] = math.Round(tx), math.Floor(s.T[i]+1e-9)
	}
	return s
}
