package persons

// sets are disjoint sets of nodes, by union-find with path halving: joining n nodes takes
// time that is linear for all that matters.
type sets []int32

func (s sets) root(i int32) int32 {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// join puts two nodes in one set, whose root is that of the first.
func (s sets) join(root, other int32) { s[other] = root }
