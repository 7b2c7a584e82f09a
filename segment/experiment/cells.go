package experiment

import (
	"slices"
	"strings"
)

// Cell are the customers who have the same labels: one of each factor, such as stage, tier,
// segment and channel.
type Cell struct {
	Labels    []string
	Customers int
	Effect    float64 // mean of being treated
	Variance  float64 // of that mean
}

// Cells parts customers by their labels, which were fixed before the draw (labels[f][i] is
// customer i's label of factor f). Customers stand for effects by
//
//	y*_i = (y_i − m) (z_i − p) / (p (1 − p)),  m = (1 − p) mean_T + p mean_C
//
// where z is 1 of the treated and p their share in the block. The mean of y* over any part
// of the customers is an unbiased effect on them, one of whom all are in control too; over
// all of a block, it is the difference of the means.
//
// Source: Horvitz and Thompson (1952), Journal of the American Statistical Association 47;
// as an outcome of single customers, Athey and Imbens (2016), Proceedings of the National
// Academy of Sciences 113(27).
func (a Arms) Cells(y []float64, labels [][]string) []Cell {
	effects, rows := a.transformed(y)
	if varianceOf(effects) == 0 { // nobody differs from anybody
		return nil
	}
	variances := spread(effects, rows, labels)
	cells := map[string]*Cell{}
	for k, i := range rows {
		mine := make([]string, len(labels))
		for f := range labels {
			mine[f] = labels[f][i]
		}
		key := strings.Join(mine, "\x00")
		c := cells[key]
		if c == nil {
			c = &Cell{Labels: mine}
			cells[key] = c
		}
		c.Customers++
		c.Effect += effects[k]
		c.Variance += variances[k]
	}
	all := make([]Cell, 0, len(cells))
	for _, c := range cells {
		n := float64(c.Customers)
		c.Effect /= n
		c.Variance /= n * n
		all = append(all, *c)
	}
	slices.SortFunc(all, func(x, y Cell) int { return slices.Compare(x.Labels, y.Labels) })
	return all
}

// transformed are y* of the customers of usable blocks.
func (a Arms) transformed(y []float64) (effects []float64, rows []int) {
	blocks, _ := a.weighted()
	for _, b := range blocks {
		t, o := momentsOf(y, b.treated), momentsOf(y, b.control)
		p := t.n / (t.n + o.n)
		middle := (1-p)*t.mean + p*o.mean
		for _, i := range b.treated {
			effects, rows = append(effects, (y[i]-middle)/p), append(rows, i)
		}
		for _, i := range b.control {
			effects, rows = append(effects, -(y[i]-middle)/(1-p)), append(rows, i)
		}
	}
	return effects, rows
}

func meanSquares(v []float64) (mean, squares float64) {
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		squares += square(x - mean)
	}
	return mean, squares
}

func varianceOf(v []float64) float64 {
	if len(v) < fewest {
		return 0
	}
	_, squares := meanSquares(v)
	return squares / float64(len(v)-1)
}
