package quality

import (
	"cmp"
	"math"
	"slices"

	"clientele/internal/idhash"
)

// MinPerGroup is how many customers of each group a [Sample] has at least, if the group
// has as many. The mean of 30 is known to within a fifth of the standard deviation
// (1/√30 = 0.18).
const MinPerGroup = 30

// Sample picks customers for what would take too long for all. If there are at most size
// customers it picks all; otherwise the same share of each group, but at least
// MinPerGroup. It returns indices.
//
// Customers are picked by a hash of their id. So the sample does not depend on the order
// of the customers, and most of those picked on one night are picked on the next: the
// numbers of two nights differ by what happened and not by the sample.
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

// lowest returns some of the members, among them the wanted ones with the lowest keys. It
// saves sorting a million members to pick a few thousand.
func lowest(members []int, keys []uint64, wanted int) []int {
	if 4*wanted > len(members) {
		return members
	}
	// Keys are uniformly distributed, so that about twice as many as wanted are below.
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

// quota is how many members of a group are picked.
func quota(members, all, size int) int {
	if all <= size {
		return members
	}
	return min(members, max(MinPerGroup, members*size/all))
}
