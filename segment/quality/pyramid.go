package quality

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"clientele/internal/number"
	"clientele/internal/wording"
)

// ErrPyramid marks values or shares that no pyramid can be made of.
var ErrPyramid = errors.New("quality: bad pyramid")

// Loss is the level of customers whose value is below zero.
const Loss = -1

// Pyramid has customers in levels by value. In Concentration a value below 0 counts as 0;
// in Level such customers are apart.
type Pyramid struct {
	// Level is each customer's level: 0 is the top, Loss is for values below 0. A value of
	// exactly 0, such as that of customers who returned everything, is in the last level.
	Level []int
	Concentration
}

// Concentration is how unevenly value is distributed. Shares are 0 to 1.
type Concentration struct {
	Customers int `json:"customers"`
	Positive  int `json:"positive"` // those with value above 0
	// Holders is the smallest number of customers who together have the share Hold of
	// Total. Held is the share that they have.
	Hold         float64 `json:"hold"`
	Holders      int     `json:"holders"`
	HoldersShare float64 `json:"holders_share"` // of all customers
	Held         float64 `json:"held"`
	// Top1, Top5 and Top20 are the shares of Total that the best 1, 5 and 20% of all
	// customers have. If that is no whole number of customers, the next one counts in part.
	Top1  float64 `json:"top_1"`
	Top5  float64 `json:"top_5"`
	Top20 float64 `json:"top_20"`
	// Gini is 0 if all customers have the same value, and near 1 if one has all.
	Gini float64 `json:"gini"`

	Total float64 `json:"-"` // the sum of the values above 0
	Loss  float64 `json:"-"` // the sum of the values below 0
}

// BuildPyramid sorts customers into levels by value. shares are the levels'
// shares of all customers from the top down, and sum to 1; hold is in (0, 1].
//
// A customer is in the highest level whose cumulative share is at least the share of
// customers with the same value or more. The last level has the rest. So customers of the
// same value are in the same level, whatever the order of rows, and a tie at a boundary
// goes to the level below. Levels may be empty, such as the top 1% of fifty customers.
//
// The Gini coefficient of values x_1 ≤ … ≤ x_n is
//
//	G = Σ (2i − n − 1)·x_i / (n·Σ x_i)
//
// Source: Zeithaml, Rust and Lemon (2001), The Customer Pyramid, California
// Management Review 43(4), for the idea; Gini by its rank form.
func BuildPyramid(value, shares []float64, hold float64) (Pyramid, error) {
	if err := validatePyramid(value, shares, hold); err != nil {
		return Pyramid{}, err
	}
	best := slices.Clone(value)
	slices.Sort(best)
	slices.Reverse(best)
	p := Pyramid{Level: make([]int, len(best)), Concentration: concentration(best, hold)}

	// The least value of each level but the last.
	floors := make([]float64, 0, len(shares))
	cumulative := 0.0
	for _, share := range shares[:len(shares)-1] {
		cumulative += share
		floors = append(floors, floorOf(best, cumulative))
	}
	for i, v := range value {
		switch {
		case v < 0:
			p.Level[i] = Loss
			continue
		case v == 0: // the last level, even if few have a value above 0
			p.Level[i] = len(floors)
			continue
		}
		for p.Level[i] < len(floors) && v < floors[p.Level[i]] {
			p.Level[i]++
		}
	}
	return p, nil
}

// floorOf is the least value such that the customers with that value or more are at most a
// share of all; +Inf if even the customers with the highest value are more.
func floorOf(best []float64, share float64) float64 {
	const slack = 1e-9 // sums of shares round
	most := min(len(best), int(math.Floor(share*float64(len(best))+slack)))
	for most > 0 && most < len(best) && best[most-1] == best[most] {
		most--
	}
	if most == 0 {
		return math.Inf(1)
	}
	return best[most-1]
}

// concentration takes values in descending order.
func concentration(best []float64, hold float64) Concentration {
	n := len(best)
	c := Concentration{Customers: n, Hold: hold}
	ranked := 0.0
	for i, v := range best {
		if v <= 0 {
			c.Loss += v
			continue
		}
		c.Positive++
		c.Total += v
		ranked += float64(n-1-2*i) * v
	}
	if c.Total == 0 {
		return c
	}
	c.Gini = max(0, ranked/(float64(n)*c.Total))
	sum := 0.0
	for c.Holders < c.Positive && sum < hold*c.Total {
		sum += best[c.Holders]
		c.Holders++
	}
	c.Held = sum / c.Total
	c.HoldersShare = float64(c.Holders) / float64(n)
	c.Top1, c.Top5, c.Top20 = c.top(best, 0.01), c.top(best, 0.05), c.top(best, 0.20)
	return c
}

// top is the share of value that the best share of customers has.
func (c Concentration) top(best []float64, share float64) float64 {
	customers, held := share*float64(c.Customers), 0.0
	for i := 0; i < c.Positive && float64(i) < customers; i++ {
		held += best[i] * min(1, customers-float64(i))
	}
	return min(1, held/c.Total)
}

func validatePyramid(value, shares []float64, hold float64) error {
	if len(shares) == 0 {
		return fmt.Errorf("%w: no shares, want at least one", ErrPyramid)
	}
	within := func(share float64) bool { return share > 0 && share <= 1 }
	sum := 0.0
	for _, s := range shares {
		if !within(s) {
			return fmt.Errorf("%w: a share of %v, want above 0 and at most 1", ErrPyramid, s)
		}
		sum += s
	}
	const tolerance = 1e-9
	if math.Abs(sum-1) > tolerance {
		return fmt.Errorf("%w: shares sum to %v, want 1", ErrPyramid, sum)
	}
	if !within(hold) {
		return fmt.Errorf("%w: hold %v, want above 0 and at most 1", ErrPyramid, hold)
	}
	if i := slices.IndexFunc(value, func(v float64) bool { return !number.Finite(v) }); i >= 0 {
		return fmt.Errorf("%w: the value of the customer at index %d is %v, want a finite number", ErrPyramid, i, value[i])
	}
	return nil
}

// LevelName is the key and the name of a level, in a pyramid of so many levels. Four levels
// have names; other numbers of levels are numbered from the top.
func LevelName(say wording.Language, level, levels int) (key, label string) {
	if level == Loss {
		return "loss", say.Say("level.loss")
	}
	if levels == 4 {
		keys := [4]string{"vip", "major", "ordinary", "small"}
		return keys[level], say.SayOf("level.of_four", keys[level])
	}
	return fmt.Sprintf("level_%d", level+1), say.Say("level.number", "n", level+1)
}
