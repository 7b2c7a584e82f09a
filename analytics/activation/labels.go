package activation

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// AmountLabel is a label of an amount by which effects are told apart: the largest power of two
// that is not above it. What contacts bring goes with what customers are worth more often
// than not, and that differs by a hundred within one stage. Powers of two are the same on
// every night and in every audience; quantiles would not be.
func AmountLabel(amount float64) string {
	switch {
	case math.IsNaN(amount):
		return ""
	case amount < 1:
		return "0"
	}
	return strconv.FormatFloat(math.Exp2(math.Floor(math.Log2(amount))), 'f', 0, 64)
}

// ChanceLabel is a label of a probability: the tenth of [0, 1] that it lies in.
func ChanceLabel(p float64) string {
	if math.IsNaN(p) {
		return ""
	}
	return strconv.FormatFloat(math.Min(math.Floor(10*p), 9)/10, 'f', 1, 64)
}

// labelsOf are the labels of a column of numbers, by place of the customer; empty where the
// job has no such column or the customer no such number.
func labelsOf(p *publication.Publication, ids []string, c *column.Column, label func(float64) string) ([]string, error) {
	labels := make([]string, len(ids))
	var unknown error
	err := p.EachCustomerCells([]string{column.CustomerID.Name, c.Name}, func(cells []string) {
		i, known := slices.BinarySearch(ids, cells[0])
		if !known {
			unknown = errOtherCustomers
			return
		}
		if x, err := strconv.ParseFloat(cells[1], 64); err == nil {
			labels[i] = label(x)
		}
	})
	if errors.Is(err, publication.ErrNoColumn) { // the stage is off
		return labels, nil
	}
	return labels, errors.Join(err, unknown)
}
