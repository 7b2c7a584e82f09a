package rfm

import (
	"fmt"
	"math/big"
	"slices"

	"clientele/internal/wording"
)

// The rules by which customers are parted in two.
const (
	SplitMean   = "mean"
	SplitMedian = "median"
	SplitFixed  = "fixed" // cuts that were given
)

// Split parts customers in near and far, high and low, by one cut each. It is
// kept with the cut points, so that customers do not change sides because
// others did.
type Split struct {
	Rule string `json:"rule"`
	// RecencyDays is the most days that still count as near.
	RecencyDays float64 `json:"recency_days"`
	// Frequency and Monetary are the least that counts as high.
	Frequency float64 `json:"frequency"`
	Monetary  float64 `json:"monetary"`
}

// Marks are 2 for near or high and 1 for far or low: scores of two bins, with
// equality on the better side in all three.
func (s Split) Marks(recencyDays, frequency, monetary []float64) Scores {
	mark := func(column []float64, good func(float64) bool) []int8 {
		marks := make([]int8, len(column))
		for i, x := range column {
			marks[i] = 1
			if good(x) {
				marks[i] = 2
			}
		}
		return marks
	}
	return Scores{
		R: mark(recencyDays, func(x float64) bool { return x <= s.RecencyDays }),
		F: mark(frequency, func(x float64) bool { return x >= s.Frequency }),
		M: mark(monetary, func(x float64) bool { return x >= s.Monetary }),
	}
}

// skewed is how many times the median the mean of spend may be before a split
// at the mean is doubted: a few wholesalers then put nearly all below it.
const skewed = 3

// fitSplit finds the cuts of a rule, with a warning where the mean says little.
func fitSplit(o Options, recencyDays, frequency, monetary []float64) (*Split, []wording.Message, error) {
	var warnings []wording.Message
	s := &Split{Rule: o.Split}
	switch o.Split {
	case "":
		return nil, nil, nil
	case SplitFixed:
		*s = o.Fixed
		s.Rule = SplitFixed
	case SplitMedian:
		s.RecencyDays, s.Frequency, s.Monetary = median(recencyDays), median(frequency), median(monetary)
	case SplitMean:
		s.RecencyDays, s.Frequency, s.Monetary = mean(recencyDays), mean(frequency), mean(monetary)
		if middle := median(monetary); middle > 0 && s.Monetary/middle > skewed {
			warnings = append(warnings, wording.Of("warning.skewed", "mean", fmt.Sprintf("%.2f", s.Monetary),
				"times", fmt.Sprintf("%.1f", s.Monetary/middle), "median", fmt.Sprintf("%.2f", middle)))
		}
	default:
		return nil, nil, fmt.Errorf("%w: unknown split %q", ErrInput, o.Split)
	}
	if slices.ContainsFunc([]float64{s.RecencyDays, s.Frequency, s.Monetary}, notFinite) {
		return nil, nil, fmt.Errorf("%w: split at %v, %v, %v, want finite numbers", ErrInput, s.RecencyDays, s.Frequency, s.Monetary)
	}
	return s, warnings, nil
}

// median of an even number of values is halfway between the two in the middle.
func median(column []float64) float64 {
	sorted := slices.Sorted(slices.Values(column))
	n := len(sorted)
	low, high := sorted[(n-1)/2], sorted[n/2]
	return low + (high-low)/2
}

// mean is the float64 nearest to the exact mean: a sum that rounds would
// depend on the order of rows, and the mean of equal values would not equal
// them.
func mean(column []float64) float64 {
	const bits = 512 // of amounts from 1e-6 to 1e15, and their sum
	sum := new(big.Float).SetPrec(bits)
	var term big.Float
	for _, x := range column {
		sum.Add(sum, term.SetFloat64(x))
	}
	nearest, _ := sum.Quo(sum, new(big.Float).SetInt64(int64(len(column)))).Float64()
	return nearest
}

func (c CutPoints) validateSplit() error {
	s := c.Split
	if s == nil {
		return nil
	}
	if !slices.Contains([]string{SplitMean, SplitMedian, SplitFixed}, s.Rule) ||
		slices.ContainsFunc([]float64{s.RecencyDays, s.Frequency, s.Monetary}, notFinite) {
		return fmt.Errorf("%w: split %+v, want a rule and finite numbers", ErrCutPoints, *s)
	}
	return nil
}
