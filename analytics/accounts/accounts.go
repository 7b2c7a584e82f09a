package accounts

import (
	"slices"

	"clientele/internal/forest"
)

// Said is a word that a customer's account stands below another, and the last day on which
// it is said.
type Said struct {
	Customer, Parent string
	Last             int32 // days since 1970-01-01
}

// MostDepth is how many accounts may stand above one. No company has so many levels: more
// is a column that tells of something else, such as the order before.
const MostDepth = 32

// Found is which account stands below which.
type Found struct {
	IDs []string // all accounts that stand below another or above one, in order
	forest.Forest
	Depth []int // by account: how many stand above it
	Top   []int // by account: the one at the top, itself where it is that
}

// Decide finds who stands above whom. Of several parents of an account the one that was said
// last counts, of one day the first in order: an account may move, and all that it has ever
// bought moves with it. Who is said to be their own parent stands below nobody from then on.
func Decide(said []Said) *Found {
	f := &Found{}
	place := make(map[string]int, len(said)) // to search IDs for each of millions of words would take longer than all else
	note := func(id string) {
		if _, known := place[id]; !known {
			place[id] = 0
			f.IDs = append(f.IDs, id)
		}
	}
	for _, s := range said {
		note(s.Customer)
		note(s.Parent)
	}
	slices.Sort(f.IDs)
	f.IDs = slices.Clip(f.IDs)
	for at, id := range f.IDs {
		place[id] = at
	}
	words := make([]forest.Said, len(said))
	for i, s := range said {
		words[i] = forest.Said{Node: place[s.Customer], Above: place[s.Parent], Day: s.Last}
	}
	f.Forest = forest.Decide(len(f.IDs), words, forest.Last)
	f.Depth, f.Top = f.Depths(), f.Tops()
	return f
}

// At is the place of an account among IDs.
func (f *Found) At(id string) (at int, is bool) {
	if f == nil {
		return 0, false
	}
	return slices.BinarySearch(f.IDs, id)
}

// TopOf is the account at the top of an account's way up: itself where nobody stands above.
func (f *Found) TopOf(id string) string {
	if at, is := f.At(id); is {
		return f.IDs[f.Top[at]]
	}
	return id
}

// ParentOf is the account above an account; empty: nobody stands above.
func (f *Found) ParentOf(at int) string {
	if above := f.Above[at]; above != forest.None {
		return f.IDs[above]
	}
	return ""
}

// Deepest is how many stand above the account that has most of them.
func (f *Found) Deepest() int {
	if len(f.Depth) == 0 {
		return 0
	}
	return slices.Max(f.Depth)
}

// Alone tells of an account whether nobody stands above or below it: all words about it
// were of itself, or of a circle.
func (f *Found) Alone() []bool {
	alone := make([]bool, len(f.IDs))
	for i, above := range f.Above {
		alone[i] = above == forest.None
	}
	for _, above := range f.Above {
		if above != forest.None {
			alone[above] = false
		}
	}
	return alone
}
