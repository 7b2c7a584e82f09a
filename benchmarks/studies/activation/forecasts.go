package main

import (
	"context"
	"fmt"
	"io"
	"math"

	"gonum.org/v1/gonum/stat"

	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// candidate is a number that is known on the night of the draw.
type candidate struct {
	name string
	of   func(s scene, c published.Customer, window calendar.Day) float64
}

var candidates = []candidate{
	{"future_value", func(_ scene, c published.Customer, _ calendar.Day) float64 { return c.Future }},
	{"p_next", func(_ scene, c published.Customer, _ calendar.Day) float64 { return c.PNext }},
	{"p_next × expected_spend", func(_ scene, c published.Customer, _ calendar.Day) float64 { return c.PNext * c.Spend }},
	{"expected_purchases × expected_spend", func(_ scene, c published.Customer, _ calendar.Day) float64 { return c.Expected * c.Spend }},
	{"margin of the last window", func(s scene, c published.Customer, w calendar.Day) float64 {
		return s.between(c.ID, s.night.Day-w, s.night.Day)
	}},
	{"margin of the last year", func(s scene, c published.Customer, _ calendar.Day) float64 {
		return s.between(c.ID, s.night.Day-365, s.night.Day)
	}},
}

// forecasts prints the correlation of candidates with what customers spent in the window:
// on two shops, by which the best is chosen, and on two others.
func (o options) forecasts(ctx context.Context, out io.Writer) error {
	scenes, err := o.scenes(ctx)
	if err != nil {
		return err
	}
	columns := []string{"forecast"}
	for _, s := range scenes {
		for _, w := range windows {
			columns = append(columns, fmt.Sprintf("%s %s, %d days", s.shop, calendar.Format(s.night.Day), w))
		}
	}
	heading(out, "Correlation of what was known with what came", columns...)
	for _, c := range candidates {
		cells := []any{c.name}
		for _, s := range scenes {
			for _, w := range windows {
				cells = append(cells, fmt.Sprintf("%.2f", s.rho(c, w)))
			}
		}
		line(out, cells...)
	}
	return nil
}

func (s scene) rho(c candidate, w calendar.Day) float64 {
	var x, y []float64
	for _, customer := range s.night.Customers {
		if v := c.of(s, customer, w); !math.IsNaN(v) {
			x = append(x, v)
			y = append(y, s.between(customer.ID, s.night.Day, s.night.Day+w))
		}
	}
	return stat.Correlation(x, y, nil)
}
