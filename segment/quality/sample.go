package quality

import (
	"cmp"
	"math"
	"slices"

	"clientele/internal/idhash"
)

// MinPerGroup is how many customers of each group a [Sample] has at least,
// where there are as many: with fewer, the mean of a small group would be that
// of its odd ones.
const MinPerGroup = 30

// Sample picks customers for what is too slow to be done for all: all of them
// where there are at most size, else a share of each group, the same for all,
// but at least MinPerGroup. It gives their indices.
//
// The choice is by a hash of the id: it does not depend on the order of the
// customers, and most of those picked on one night are picked on the next, so
// that the numbers of two nights differ by what happened and not by the draw.
func Sample(ids []string, group []int, groups, size int) []int {
	keys, strata := make([]uint64, len(ids)), make([][]int, groups)
	for i, id := range ids {
		keys[i] = idhash.Of(id)
		strata[group[i]] = append(strata[group[i]], i)
	}
	byKey := func(a, b int) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(ids[a], ids[b]))
	}
	var picked []int
	for _, members := range strata {
		wanted := quota(len(members), len(ids), size)
		members = lowest(members, keys, wanted)
		slices.SortFunc(members, byKey)
		picked = append(picked, members[:wanted]...)
	}
	return picked
}

// lowest gives members among whom the wanted ones with the lowest keys are: to
// sort a million in order to pick a few thousand would take longer than all else.
func lowest(members []int, keys []uint64, wanted int) []int {
	if 4*wanted > len(members) {
		return members
	}
	// Keys are spread evenly, so that about twice as many as wanted lie below.
	bound := uint64(2 * float64(wanted) / float64(len(members)) * math.MaxUint64)
	var below []int
	for _, i := range members {
		if keys[i] < bound {
			below = append(below, i)
		}
	}
	if len(below) < wanted {
		return members
	}
	return below
}

// quota is how many of a group's members are picked.
func quota(members, all, size int) int {
	if all <= size {
		return members
	}
	return min(members, max(MinPerGroup, members*size/all))
}
