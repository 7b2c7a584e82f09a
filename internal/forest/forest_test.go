package forest_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/forest"
)

func TestWhatCounts(t *testing.T) {
	type said = forest.Said
	const none = forest.None
	for _, c := range []struct {
		name string
		rule forest.Rule
		said []said
		want []int
		sums [4]int64 // unknown, self, circular, several
	}{
		{"nothing", forest.First, nil, []int{none, none, none, none}, [4]int64{}},
		{"a stranger", forest.First, []said{{1, none, 3}}, []int{none, none, none, none}, [4]int64{1, 0, 0, 0}},
		{"a stranger is passed over", forest.First, []said{{1, none, 3}, {1, 0, 5}}, []int{none, 0, none, none}, [4]int64{1, 0, 0, 0}},
		{"itself", forest.First, []said{{1, 1, 3}}, []int{none, none, none, none}, [4]int64{0, 1, 0, 0}},
		{"itself is no first", forest.First, []said{{1, 1, 3}, {1, 0, 5}}, []int{none, 0, none, none}, [4]int64{0, 1, 0, 0}},
		{"the first of several", forest.First, []said{{1, 0, 5}, {1, 2, 3}}, []int{none, 2, none, none}, [4]int64{0, 0, 0, 1}},
		{"the last of several", forest.Last, []said{{1, 0, 5}, {1, 2, 3}}, []int{none, 0, none, none}, [4]int64{0, 0, 0, 1}},
		{"one says so again", forest.Last, []said{{1, 0, 5}, {1, 0, 3}}, []int{none, 0, none, none}, [4]int64{}},
		{"of one day the smallest", forest.First, []said{{1, 3, 5}, {1, 2, 5}}, []int{none, 2, none, none}, [4]int64{0, 0, 0, 1}},
		{"of one day the smallest, too", forest.Last, []said{{1, 3, 5}, {1, 2, 5}}, []int{none, 2, none, none}, [4]int64{0, 0, 0, 1}},
		{"freed by itself", forest.Last, []said{{1, 0, 3}, {1, 1, 5}}, []int{none, none, none, none}, [4]int64{0, 1, 0, 1}},
		{"no longer free", forest.Last, []said{{1, 1, 3}, {1, 0, 5}}, []int{none, 0, none, none}, [4]int64{0, 1, 0, 1}},
		{"a circle of two", forest.First, []said{{0, 1, 5}, {1, 0, 5}, {2, 0, 5}}, []int{none, none, 0, none}, [4]int64{0, 0, 2, 0}},
		{"a circle with a tail", forest.First, []said{{0, 1, 5}, {1, 2, 5}, {2, 1, 5}, {3, 0, 1}}, []int{1, none, none, 0}, [4]int64{0, 0, 2, 0}},
	} {
		f := forest.Decide(4, c.said, c.rule)
		require.Equal(t, c.want, f.Above, c.name)
		require.Equal(t, c.sums, sumsOf(f), c.name)
	}
}

// Whatever is said, no way up goes round, the order of words does not matter, and who is
// counted as in a circle is where following the words from a node leads back to it.
func TestForestProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const nodes = 9
		rule := rapid.SampledFrom([]forest.Rule{forest.First, forest.Last}).Draw(rt, "rule")
		said := rapid.SliceOf(rapid.Custom(func(t *rapid.T) forest.Said {
			return forest.Said{
				Node:  rapid.IntRange(0, nodes-1).Draw(t, "node"),
				Above: rapid.IntRange(forest.None, nodes-1).Draw(t, "above"),
				Day:   rapid.Int32Range(1, 3).Draw(t, "day"),
			}
		})).Draw(rt, "said")
		f := forest.Decide(nodes, said, rule)
		shuffled := append([]forest.Said{}, said...)
		require.Equal(rt, f, forest.Decide(nodes, rapid.Permutation(shuffled).Draw(rt, "shuffled"), rule))

		depths, tops := f.Depths(), f.Tops()
		for i := range nodes {
			at, steps := i, 0
			for f.Above[at] != forest.None {
				at = f.Above[at]
				steps++
				require.LessOrEqual(rt, steps, nodes, "a circle")
			}
			require.Equal(rt, steps, depths[i])
			require.Equal(rt, at, tops[i])
		}
		requireTopDown(rt, f)
		require.Equal(rt, circular(said, nodes, rule), f.Circular)
	})
}

// requireTopDown wants all nodes once, each after the one above it.
func requireTopDown(t require.TestingT, f forest.Forest) {
	place := make([]int, len(f.Above))
	for at, node := range f.TopDown() {
		place[node] = at + 1
	}
	for node, above := range f.Above {
		require.NotZero(t, place[node])
		if above != forest.None {
			require.Greater(t, place[node], place[above])
		}
	}
}

// circular counts who is in a circle in another way: the one word that counts of each node
// is found by comparing all, and who comes back to themselves in at most so many steps is in
// a circle.
func circular(said []forest.Said, nodes int, rule forest.Rule) (n int64) {
	up := func(node int) int {
		best := forest.Said{Above: forest.None}
		for _, s := range said {
			if s.Node != node || s.Above == forest.None || rule == forest.First && s.Above == node {
				continue
			}
			earlier := s.Day < best.Day
			if rule == forest.Last {
				earlier = s.Day > best.Day
			}
			if best.Above == forest.None || earlier || s.Day == best.Day && s.Above < best.Above {
				best = s
			}
		}
		if best.Above == node {
			return forest.None
		}
		return best.Above
	}
	for node := range nodes {
		at := up(node)
		for range nodes {
			if at == node || at == forest.None {
				break
			}
			at = up(at)
		}
		if at == node {
			n++
		}
	}
	return n
}

// sumsOf are who was not believed, by why.
func sumsOf(f forest.Forest) [4]int64 {
	return [4]int64{f.Unknown, f.Self, f.Circular, f.Several}
}
