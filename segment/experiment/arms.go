package experiment

import (
	"cmp"
	"slices"
)

// Arms are the customers of an experiment by arm, in blocks of those who were drawn at the
// same share of control. Customers of two blocks cannot be thrown together: where the share
// was changed between two nights, one arm would have more of the earlier customers than the
// other, and what differs between nights would look like an effect.
type Arms struct {
	blocks  []block
	n       int
	leftOut int
}

// block has rows of customers, in ascending order.
type block struct {
	share            float64 // of control, at the draw
	treated, control []int
}

// fewest is how many customers of each arm a block must have: a variance takes two.
const fewest = 2

// NewArms parts customers by arm and block: treated and share have one entry per customer.
// Blocks with fewer than two customers in an arm are of no use for an effect.
func NewArms(treated []bool, share []float64) Arms {
	a := Arms{n: len(treated)}
	at := map[float64]int{}
	for i, s := range share {
		b, seen := at[s]
		if !seen {
			b = len(a.blocks)
			at[s] = b
			a.blocks = append(a.blocks, block{share: s})
		}
		if to := &a.blocks[b]; treated[i] {
			to.treated = append(to.treated, i)
		} else {
			to.control = append(to.control, i)
		}
	}
	slices.SortFunc(a.blocks, func(x, y block) int { return cmp.Compare(x.share, y.share) })
	for _, b := range a.blocks {
		if !b.usable() {
			a.leftOut += b.size()
		}
	}
	return a
}

func (b block) size() int { return len(b.treated) + len(b.control) }

func (b block) usable() bool { return len(b.treated) >= fewest && len(b.control) >= fewest }

// Measurable tells whether there is any block that has both arms.
func (a Arms) Measurable() bool { return a.leftOut < a.n }

// LeftOut counts the customers of blocks that have not both arms.
func (a Arms) LeftOut() int { return a.leftOut }

// Customers counts both arms, those of blocks that are left out too.
func (a Arms) Customers() (treated, control int) {
	for _, b := range a.blocks {
		treated += len(b.treated)
		control += len(b.control)
	}
	return treated, control
}

// weighted are the usable blocks, and their shares of the treated customers.
//
// Blocks are weighted by their treated customers (post-stratification). The effect is then
// that on those who were treated: times their number it is the total, whatever the effects
// of the blocks. Weights by inverse variances would have a smaller error where all blocks
// have one effect, but they depend on the outcomes: of heavy-tailed money a block in which
// nobody happened to buy for much has both a low mean and a small variance, and would count
// most.
//
// Source: Miratrix, Sekhon and Yu (2013), Journal of the Royal Statistical Society B 75(2),
// on post-stratification in randomised experiments.
func (a Arms) weighted() (blocks []block, weights []float64) {
	total := 0.0
	for _, b := range a.blocks {
		if b.usable() {
			blocks = append(blocks, b)
			total += float64(len(b.treated))
		}
	}
	for _, b := range blocks {
		weights = append(weights, float64(len(b.treated))/total)
	}
	return blocks, weights
}
