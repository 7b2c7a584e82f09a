package equity

import (
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Total is the kind of the group that has all customers.
const Total = "total"

// kind is a way to group customers: its name in the ledger and in segments.csv, and the
// column that has a customer's group.
type kind struct {
	name    string
	grouped column.Grouping
}

// kinds are those of the ledger beside the total, in its order.
var kinds = []kind{{"stage", column.ByStage}, {"tier", column.ByTier}, {"segment", column.BySegment}}

// Group is the ledger of a group of customers: those of tonight and those of the night
// before. The lines of a customer stand under the group of tonight, or of the night before
// where the customer is gone; MovedIn and MovedOut have the opening equity of those who
// stood elsewhere.
type Group struct {
	Kind  string `json:"kind"`
	Name  string `json:"group"` // empty: the total, or customers of no tier
	Lines Lines  `json:"lines"`
}

// Ledger is what became of customer equity: the total first, then by stage, tier and
// segment. The lines of each kind add up to those of the total.
type Ledger []Group

// Total has all customers.
func (l Ledger) Total() Lines { return l[0].Lines }

// sums are the groups of one kind while they are added up.
type sums struct {
	kind
	names []string
	at    map[string]int
	lines []Lines
	was   *publication.TextColumn // of the older night's customers; nil: it had no such groups
	is    *publication.TextColumn // of the newer night's
}

// newSums finds the groups of a kind on two nights; nil: the newer has none. They stand in
// the order of the newer night's segments.csv, and behind them those of the older alone.
func newSums(of kind, newer, older *publication.Publication, now, then *publication.State) *sums {
	s := &sums{kind: of, at: map[string]int{}, is: now.Texts(of.grouped.Of), was: then.Texts(of.grouped.Of)}
	if s.is == nil {
		return nil
	}
	for _, p := range []*publication.Publication{newer, older} {
		if p == nil {
			continue
		}
		for _, g := range p.Segments {
			if g.Kind == of.grouped.Name && g.Name != "" {
				s.include(g.Name)
			}
		}
	}
	for _, names := range []*publication.TextColumn{s.is, s.was} { // those that no list has, such as none
		for _, name := range slices.Sorted(slices.Values(names.Distinct())) {
			s.include(name)
		}
	}
	if s.was == nil && then.Len() > 0 {
		s.include("") // where all of them stood
	}
	s.lines = make([]Lines, len(s.names))
	return s
}

// include adds a group, unless it is there.
func (s *sums) include(name string) {
	if _, known := s.at[name]; !known {
		s.at[name], s.names = len(s.names), append(s.names, name)
	}
}

// fresh are the same groups with nothing in them.
func (s *sums) fresh() *sums {
	f := *s
	f.lines = make([]Lines, len(s.names))
	return &f
}

// stood is the group of an older night's customer.
func (s *sums) stood(then int) int {
	if s.was == nil {
		return s.at[""]
	}
	return s.at[s.was.At(then)]
}

// add adds a customer: its places on both nights, -1 where it was not there.
func (s *sums) add(then, now int, l *Lines) {
	switch {
	case then < 0:
		s.lines[s.at[s.is.At(now)]].add(l)
	case now < 0:
		s.lines[s.stood(then)].add(l)
	default:
		to, from := s.at[s.is.At(now)], s.stood(then)
		s.lines[to].add(l)
		if to != from {
			s.move(from, to, l)
		}
	}
}

// move takes the opening equity of a customer from one group to another.
func (s *sums) move(from, to int, l *Lines) {
	value := l[Opening]
	s.lines[to][Opening] = s.lines[to][Opening].Minus(value)
	s.lines[to].put(MovedIn, value)
	s.lines[from].put(Opening, value)
	s.lines[from][MovedOut] = s.lines[from][MovedOut].Minus(value)
}

// books are all sums: the total, and the kinds that tonight has.
type books struct {
	total Lines
	kinds []*sums
}

func newBooks(newer, older *publication.Publication, now, then *publication.State) *books {
	b := &books{}
	for _, k := range kinds {
		if s := newSums(k, newer, older, now, then); s != nil {
			b.kinds = append(b.kinds, s)
		}
	}
	return b
}

func (b *books) fresh() *books {
	f := &books{}
	for _, s := range b.kinds {
		f.kinds = append(f.kinds, s.fresh())
	}
	return f
}

func (b *books) add(then, now int, l *Lines) {
	b.total.add(l)
	for _, s := range b.kinds {
		s.add(then, now, l)
	}
}

// join adds other books of the same groups. Sums are exact, so that their order is nothing.
func (b *books) join(other *books) {
	b.total.add(&other.total)
	for k, s := range b.kinds {
		for i := range s.lines {
			s.lines[i].add(&other.kinds[k].lines[i])
		}
	}
}

func (b *books) ledger() Ledger {
	l := Ledger{{Kind: Total, Lines: b.total}}
	for _, s := range b.kinds {
		for i, name := range s.names {
			l = append(l, Group{Kind: s.name, Name: name, Lines: s.lines[i]})
		}
	}
	return l
}
