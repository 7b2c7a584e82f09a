package publication

import (
	"fmt"
	"slices"

	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// State is what a night remembers of its customers: columns with one entry per
// customer, in order of id. A column that the night did not have is nil, and a nil
// State has none.
type State struct {
	ID     []string
	texts  map[*column.Column]*TextColumn
	counts map[*column.Column][]int64
	floats map[*column.Column][]float64
	days   map[*column.Column][]int32
	money  map[*column.Column][]money.Amount
	has    map[*column.Column]bool // the columns that were read
	left   map[*column.Column]bool // those of them that were let go of
}

// Len is the number of customers; none for a nil State.
func (s *State) Len() int {
	if s == nil {
		return 0
	}
	return len(s.ID)
}

// IDs are those of the customers at some places.
func (s *State) IDs(places []int) map[string]bool {
	ids := make(map[string]bool, len(places))
	for _, i := range places {
		ids[s.ID[i]] = true
	}
	return ids
}

// Texts is a column of texts; an absent cell is empty.
func (s *State) Texts(c *column.Column) *TextColumn {
	mustBe(c, column.Text)
	if s == nil {
		return nil
	}
	return held(s, c, s.texts)
}

// Counts is a column of whole numbers; an absent cell is 0.
func (s *State) Counts(c *column.Column) []int64 {
	mustBe(c, column.Count)
	if s == nil {
		return nil
	}
	return held(s, c, s.counts)
}

// Numbers is a column of numbers; an absent cell is NaN.
func (s *State) Numbers(c *column.Column) []float64 {
	mustBe(c, column.Number)
	if s == nil {
		return nil
	}
	return held(s, c, s.floats)
}

// Days is a column of days since 1970-01-01; an absent cell is calendar.NoDay.
func (s *State) Days(c *column.Column) []int32 {
	mustBe(c, column.Day)
	if s == nil {
		return nil
	}
	return held(s, c, s.days)
}

// Amounts is a column of money; an absent cell is zero.
func (s *State) Amounts(c *column.Column) []money.Amount {
	mustBe(c, column.Amount)
	if s == nil {
		return nil
	}
	return held(s, c, s.money)
}

// KeepOnly lets go of all columns but some and the ids: nobody will ask for the others any
// more.
func (s *State) KeepOnly(columns []*column.Column) {
	if s == nil {
		return
	}
	for c := range s.has {
		if c != column.CustomerID && !slices.Contains(columns, c) {
			s.letGo(c)
		}
	}
}

func (s *State) letGo(c *column.Column) {
	s.left[c] = true
	delete(s.texts, c)
	delete(s.counts, c)
	delete(s.floats, c)
	delete(s.days, c)
	delete(s.money, c)
}

// holds tells whether a column is in memory.
func (s *State) holds(c *column.Column) bool { return s.has[c] && !s.left[c] }

// held is a column of a state. Whoever asks for one that was let go of is stopped: they would
// take it for one that the night did not have.
func held[T any](s *State, c *column.Column, columns map[*column.Column]T) T {
	cells, has := columns[c]
	if !has && s.left[c] {
		panic(fmt.Sprintf("publication: the column %s of a state was let go of, and is asked for", c.Name))
	}
	return cells
}

// mustBe stops a caller who asks for what no state can have: it would find nothing, on
// every night.
func mustBe(c *column.Column, t column.Type) {
	if c.Type != t || !slices.Contains(column.State, c) {
		panic(fmt.Sprintf("publication: no state has a column %s of type %s", c.Name, t))
	}
}

// Match finds tonight's customers, in order of id, among those of the state. was has,
// for each of them, the place in the state or -1 for who is new; gone are the places
// of those who are not among tonight's.
func (s *State) Match(ids []string) (was []int, gone []int) {
	was = make([]int, len(ids))
	at := 0
	for i, id := range ids {
		for at < s.Len() && s.ID[at] < id {
			gone = append(gone, at)
			at++
		}
		was[i] = -1
		if at < s.Len() && s.ID[at] == id {
			was[i] = at
			at++
		}
	}
	for ; at < s.Len(); at++ {
		gone = append(gone, at)
	}
	return was, gone
}

func newState() *State {
	return &State{
		texts: map[*column.Column]*TextColumn{}, counts: map[*column.Column][]int64{}, floats: map[*column.Column][]float64{},
		days: map[*column.Column][]int32{}, money: map[*column.Column][]money.Amount{}, has: map[*column.Column]bool{}, left: map[*column.Column]bool{},
	}
}
