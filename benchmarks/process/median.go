package process

import (
	"slices"
	"time"
)

// Median takes each figure's median by itself.
func Median(rounds []Usage) Usage {
	return Usage{
		Wall:    Middle(column(rounds, func(u Usage) time.Duration { return u.Wall })),
		CPU:     Middle(column(rounds, func(u Usage) time.Duration { return u.CPU })),
		PeakMiB: Middle(column(rounds, func(u Usage) float64 { return u.PeakMiB })),
	}
}

func column[T any](rounds []Usage, of func(Usage) T) []T {
	values := make([]T, len(rounds))
	for i, u := range rounds {
		values[i] = of(u)
	}
	return values
}

// Middle is the median of values, of which there is at least one: with an even
// number, the mean of the two in the middle.
func Middle[T ~int64 | ~float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
