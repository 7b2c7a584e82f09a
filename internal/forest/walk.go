package forest

// Depths are how many stand above each node.
func (f Forest) Depths() []int {
	depths := make([]int, len(f.Above))
	for _, i := range f.TopDown() {
		if above := f.Above[i]; above != None {
			depths[i] = depths[above] + 1
		}
	}
	return depths
}

// Tops has, for each node, the one at the top of its way up: itself where nobody stands
// above it.
func (f Forest) Tops() []int {
	tops := make([]int, len(f.Above))
	for _, i := range f.TopDown() {
		if above := f.Above[i]; above != None {
			tops[i] = tops[above]
		} else {
			tops[i] = i
		}
	}
	return tops
}

// TopDown has all nodes in an order in which each comes after the one above it. Turned
// round, it is the order in which to add up what stands below.
func (f Forest) TopDown() []int {
	order := make([]int, 0, len(f.Above))
	seen := make([]bool, len(f.Above))
	var way []int
	for i := range f.Above {
		for at := i; at != None && !seen[at]; at = f.Above[at] {
			seen[at] = true
			way = append(way, at)
		}
		for len(way) > 0 {
			last := len(way) - 1
			order, way = append(order, way[last]), way[:last]
		}
	}
	return order
}
