package cohorts

import (
	"cmp"
	"maps"
	"slices"
)

// group is leaves that are published as one row.
type group struct {
	kind            string
	month           string
	channel, region string
	leaves          []*leaf
	sums            // rounded
}

// oneMonth tells whether its customers were won in one month.
func (g *group) oneMonth() bool { return g.kind == Month || g.kind == Cohort }

// numbers are those of its leaves that have customers.
func (g *group) numbers() (all []int32) {
	for _, l := range g.leaves {
		if l.number >= 0 {
			all = append(all, l.number)
		}
	}
	return all
}

// groupsOf are the rows of the table, in their order.
func (r *Result) groupsOf(all []*leaf) []*group {
	groups := []*group{{kind: Total, leaves: all}}
	add := func(kind string, of func(*leaf) group) {
		found := map[[3]string]*group{}
		for _, l := range all {
			g := of(l)
			key := [3]string{g.month, g.channel, g.region}
			if found[key] == nil {
				g.kind = kind
				found[key] = &g
			}
			found[key].leaves = append(found[key].leaves, l)
		}
		groups = append(groups, slices.SortedFunc(maps.Values(found), func(a, b *group) int {
			return cmp.Or(cmp.Compare(a.leaves[0].month, b.leaves[0].month)*r.byMonth(kind), cmp.Compare(a.channel, b.channel), cmp.Compare(a.region, b.region))
		})...)
	}
	add(Month, func(l *leaf) group { return group{month: l.month.String()} })
	if r.channels {
		add(Channel, func(l *leaf) group { return group{channel: l.channel} })
	}
	if r.regions {
		add(Region, func(l *leaf) group { return group{region: l.region} })
	}
	if r.channels || r.regions {
		add(Cohort, func(l *leaf) group { return group{month: l.month.String(), channel: l.channel, region: l.region} })
	}
	return groups
}

// byMonth is 1 where rows of a kind stand in order of month first.
func (r *Result) byMonth(kind string) int {
	if kind == Month || kind == Cohort {
		return 1
	}
	return 0
}
