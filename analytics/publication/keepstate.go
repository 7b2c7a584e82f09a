package publication

import (
	"slices"
	"sync"

	"clientele/analytics/publication/column"
)

// keptState is what was read of a state so far, for the next who reads columns of it.
type keptState struct {
	mu    sync.Mutex
	state *State
	asked map[*column.Column]bool // what was looked for, whether the file has it or not
}

// KeepState has columns of the state that were read stay in memory, where a publication has
// several readers. known is what of it is in memory by now; nil: nothing.
func (p *Publication) KeepState(known *State) {
	p.kept = &keptState{state: newState(), asked: map[*column.Column]bool{}}
	if known == nil {
		return
	}
	p.kept.state = known
	for _, c := range column.State {
		p.kept.asked[c] = !known.left[c]
	}
}

// give gives the wanted columns, the ids among them, and reads those that nobody asked for
// yet.
func (k *keptState) give(wanted []*column.Column, read func([]*column.Column) (*State, error)) (*State, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	news := slices.DeleteFunc(slices.Clone(wanted), func(c *column.Column) bool { return k.asked[c] })
	if len(news) > 0 {
		found, err := read(news)
		if err != nil {
			return nil, err
		}
		all := newState()
		all.take(k.state, column.State)
		all.take(found, news)
		if err := all.identify(); err != nil {
			return nil, err
		}
		k.state = all
		for _, c := range news {
			k.asked[c] = true
		}
	}
	given := newState()
	given.take(k.state, wanted)
	return given, nil
}

// take takes over some columns of another state, those of them that it has.
func (s *State) take(from *State, columns []*column.Column) {
	for _, c := range columns {
		if !from.holds(c) {
			continue
		}
		s.has[c] = true
		if c == column.CustomerID {
			s.ID = from.ID
			continue
		}
		switch c.Type {
		case column.Text:
			s.texts[c] = from.texts[c]
		case column.Count:
			s.counts[c] = from.counts[c]
		case column.Number:
			s.floats[c] = from.floats[c]
		case column.Day:
			s.days[c] = from.days[c]
		case column.Amount:
			s.money[c] = from.money[c]
		}
	}
}
