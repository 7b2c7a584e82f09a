package main

import (
	"math"
	"strconv"
)

// doubling is a label of an amount by which effects are told apart: the largest power of two
// that is not above it. What contacts bring goes with what customers are worth more often
// than not, and that differs by a hundred within one stage. Powers of two are the same on
// every night and in every audience; quantiles would not be.
func doubling(amount float64) string {
	switch {
	case math.IsNaN(amount):
		return ""
	case amount < 1:
		return "0"
	}
	return strconv.FormatFloat(math.Exp2(math.Floor(math.Log2(amount))), 'f', 0, 64)
}

// tenth is a label of a probability: the tenth of [0, 1] that it lies in.
func tenth(p float64) string {
	if math.IsNaN(p) {
		return ""
	}
	return strconv.FormatFloat(math.Min(math.Floor(10*p), 9)/10, 'f', 1, 64)
}
