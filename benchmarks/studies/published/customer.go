package published

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"time"

	"clientele/internal/calendar"
)

// Customer is what a publication says of one. Numbers that it does not give are
// NaN.
type Customer struct {
	ID       string
	FirstDay int32 // since 1970-01-01
	LastDay  int32
	X, TX, T float64 // in the job's unit of time

	PAlive, PNext, Expected, Spend, Momentum float64
	Future, FutureLow, FutureHigh, AtRisk    float64

	Stage    string
	Decline  string
	DeclineP float64
}

// reader reads customers.csv by the names of its columns.
type reader struct {
	at   map[string]int
	line []string
	err  error // the first
}

// readCustomers reads a customers.csv, in its order.
func readCustomers(path string) (of []Customer, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	r := reader{at: map[string]int{}}
	for i, name := range header {
		r.at[name] = i
	}
	for {
		if r.line, err = in.Read(); errors.Is(err, io.EOF) {
			return of, nil
		}
		if err == nil {
			of = append(of, r.customer())
			err = r.err
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
}

func (r *reader) customer() Customer {
	return Customer{
		ID:       r.text("customer_id"),
		FirstDay: r.day("first_day"), LastDay: r.day("last_day"),
		X: r.number("x"), TX: r.number("t_x"), T: r.number("t"),
		PAlive: r.number("p_alive"), PNext: r.number("p_next"),
		Expected: r.number("expected_purchases"), Spend: r.number("expected_spend"), Momentum: r.number("momentum"),
		Future: r.number("future_value"), FutureLow: r.number("future_low"), FutureHigh: r.number("future_high"), AtRisk: r.number("value_at_risk"),
		Stage: r.text("stage"), Decline: r.text("decline"), DeclineP: r.number("decline_p"),
	}
}

// text is a cell, which outlives the line; empty where there is no such column.
func (r *reader) text(name string) string {
	i, there := r.at[name]
	if !there {
		return ""
	}
	return string([]byte(r.line[i]))
}

func (r *reader) number(name string) float64 {
	text := r.text(name)
	if text == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(text, 64)
	r.keep(name, err)
	return v
}

func (r *reader) day(name string) int32 {
	d, err := Day(r.text(name))
	r.keep(name, err)
	return d
}

func (r *reader) keep(name string, err error) {
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("%s: %w", name, err)
	}
}

// Day is the number of a day written as 2006-01-02, and perhaps a time after it,
// since 1970-01-01.
func Day(text string) (int32, error) {
	return calendar.Parse(text[:min(len(text), len(time.DateOnly))])
}
