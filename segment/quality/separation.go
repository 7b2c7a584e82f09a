package quality

import (
	"encoding/json"
	"math"

	"clientele/internal/number"
)

// Separation is how much of the differences between customers lies between groups.
type Separation struct {
	// EtaSquared is the share of the variance that lies between groups, 0 to 1.
	EtaSquared float64
	// EpsilonSquared is EtaSquared without what chance alone gives: 0 on average if the
	// grouping says nothing, however many groups there are.
	EpsilonSquared float64
	// Customers and Groups are how many were counted.
	Customers, Groups int
}

// separationText is a Separation in JSON, where what is not known is null.
type separationText struct {
	EtaSquared     number.Float `json:"eta2"`
	EpsilonSquared number.Float `json:"epsilon2"`
	Customers      int          `json:"customers"`
	Groups         int          `json:"groups"`
}

// MarshalJSON writes null for what is not known.
func (s Separation) MarshalJSON() ([]byte, error) {
	return json.Marshal(separationText{number.Float(s.EtaSquared), number.Float(s.EpsilonSquared), s.Customers, s.Groups})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Separation) UnmarshalJSON(text []byte) error {
	var t separationText
	if err := json.Unmarshal(text, &t); err != nil {
		return err
	}
	*s = Separation{float64(t.EtaSquared), float64(t.EpsilonSquared), t.Customers, t.Groups}
	return nil
}

// Separate compares values, one per customer, between groups from 0 to
// groups−1. Customers in NoGroup are left out.
//
//	η² = SS_between / SS_total
//	ε² = 1 − (1 − η²)·(n − 1)/(n − k),  k groups that have customers
//
// Both are NaN if all values are equal, if there are fewer than two groups, or if there
// are no more customers than groups.
//
// Source: Kelley (1935), An unbiased correlation ratio measure, PNAS 21(9).
// doi:10.1073/pnas.21.9.554.
func Separate(values []float64, group []int, groups int) Separation {
	s := Separation{EtaSquared: math.NaN(), EpsilonSquared: math.NaN()}
	sizes, means := make([]int, groups), make([]float64, groups)
	mean := 0.0
	for i, k := range group {
		if k != NoGroup {
			sizes[k]++
			means[k] += values[i]
			mean += values[i]
			s.Customers++
		}
	}
	mean /= float64(s.Customers)
	between := 0.0
	for k, n := range sizes {
		if n > 0 {
			means[k] /= float64(n)
			between += float64(n) * (means[k] - mean) * (means[k] - mean)
			s.Groups++
		}
	}
	total := 0.0
	for i, k := range group {
		if k != NoGroup {
			total += (values[i] - mean) * (values[i] - mean)
		}
	}
	if s.Groups < 2 || s.Customers <= s.Groups || total == 0 {
		return s
	}
	s.EtaSquared = min(1, between/total) // rounding may leave it above
	n, k := float64(s.Customers), float64(s.Groups)
	s.EpsilonSquared = 1 - (1-s.EtaSquared)*(n-1)/(n-k)
	return s
}
