package forest

// None is no node: nobody stands above, or who is said to is not known.
const None = -1

// Said is a word that a node stands below another, on a day.
type Said struct {
	Node, Above int // Above is None for one that is not known
	Day         int32
}

// Rule is which of several nodes that are said to be above one counts. Of one day it is
// the one with the smallest number.
type Rule int

// The rules.
const (
	// First takes the first by day, and none who is said to stand above themselves: what
	// happened once, happened first.
	First Rule = iota
	// Last takes the last by day. Who is said to stand above themselves, stands below nobody
	// from then on: what is so may cease to be.
	Last
)

// Forest is who stands above whom.
type Forest struct {
	Above []int // by node: who stands above it; None: nobody

	// Nodes of whom something that was said does not count: the one above is not known, is
	// the node itself, stands below it too, or is one of several.
	Unknown, Self, Circular, Several int64
}

// Decide makes a forest of so many nodes. Who is in a circle has nobody above: a circle
// has no first, so that no word of it can be believed. The order of said does not matter.
func Decide(nodes int, said []Said, rule Rule) Forest {
	f := Forest{Above: make([]int, nodes)}
	for i := range f.Above {
		f.Above[i] = None
	}
	day := make([]int32, nodes)
	unknown, self, several := marks{}, marks{}, marks{}
	for _, s := range said {
		if s.Above == None {
			unknown.set(s.Node)
			continue
		}
		if s.Above == s.Node {
			self.set(s.Node)
			if rule == First {
				continue
			}
		}
		now := f.Above[s.Node]
		if now != None && now != s.Above {
			several.set(s.Node)
		}
		if now == None || rule.prefers(s, Said{s.Node, now, day[s.Node]}) {
			f.Above[s.Node], day[s.Node] = s.Above, s.Day
		}
	}
	f.Unknown, f.Self, f.Several = unknown.count(), self.count(), several.count()
	f.cutSelves()
	f.cutCircles()
	return f
}

// prefers tells whether of two words about a node the first counts.
func (r Rule) prefers(one, other Said) bool {
	if one.Day == other.Day {
		return one.Above < other.Above
	}
	return (one.Day < other.Day) == (r == First)
}

// cutSelves frees who stands above themselves.
func (f *Forest) cutSelves() {
	for i, above := range f.Above {
		if above == i {
			f.Above[i] = None
		}
	}
}

// cutCircles takes away what makes circles. A node has one above it, so that each way up
// ends at somebody who has none, or goes round.
func (f *Forest) cutCircles() {
	walk := make([]int, len(f.Above)) // the number of the walk that came by; 0: none yet
	for start := range f.Above {
		at := start
		for at != None && walk[at] == 0 {
			walk[at] = start + 1
			at = f.Above[at]
		}
		if at == None || walk[at] != start+1 {
			continue
		}
		for f.Above[at] != None { // at is on a circle that this walk has closed
			next := f.Above[at]
			f.Above[at] = None
			f.Circular++
			at = next
		}
	}
}

// marks are the nodes to which something applies.
type marks map[int]struct{}

func (m marks) set(node int) { m[node] = struct{}{} }
func (m marks) count() int64 { return int64(len(m)) }
