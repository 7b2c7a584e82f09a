package equity

import (
	"errors"
	"io/fs"
	"runtime"
	"slices"

	"clientele/analytics/publication"
)

// Of is the ledger from a publication to the one that follows it, as that one has it; where
// it has none, or follows another, it is worked out.
func Of(older, newer *publication.Publication) (Ledger, error) {
	if newer.Follows(older) {
		if l, err := Read(newer); !errors.Is(err, fs.ErrNotExist) {
			return l, err
		}
	}
	return Between(older, newer, runtime.GOMAXPROCS(0))
}

// Span is the ledger over some time.
type Span struct {
	Ledger Ledger `json:"ledger"`
	// Nights are those whose ledgers it is the sum of; 0: not all between are there, each
	// following the one before, and the two ends are held against each other instead. Then
	// what happened and was undone in between is not told, nor what each night expected.
	Nights int `json:"nights"`
}

// Over is the ledger from a publication to a later one of the same job: the sum of the
// ledgers of all nights after the first, where they are there. The error is a
// [*publication.Damage] where a file of one of the two is not as it was published.
func Over(older, newer *publication.Publication) (Span, error) {
	nights, err := chain(older, newer)
	if damage, is := errors.AsType[*publication.Damage](err); is && (damage.Publication == newer.Path || damage.Publication == older.Path) {
		return Span{}, err
	}
	if nights != nil {
		return Span{Ledger: Sum(nights), Nights: len(nights)}, nil
	}
	l, err := Between(older, newer, runtime.GOMAXPROCS(0))
	return Span{Ledger: l}, err
}

// chain are the ledgers of the nights after older up to newer, oldest first; nil: they are
// not all there and whole, each following the one before. The error says what kept it from
// reading one.
func chain(older, newer *publication.Publication) (nights []Ledger, err error) {
	for at := newer; ; {
		before, err := at.OpenPrevious()
		if err != nil || before == nil || !at.Follows(before) || before.AsOf < older.AsOf {
			return nil, err
		}
		l, err := Of(before, at)
		if err != nil {
			return nil, err
		}
		nights = append(nights, l)
		if before.RunID == older.RunID {
			slices.Reverse(nights)
			return nights, nil
		}
		at = before
	}
}

// Sum adds up the ledgers of nights that follow one another, oldest first. A group that is
// not there on a night has nothing; a kind of groups that one of them does not have is left
// out, as nothing tells who was where.
func Sum(nights []Ledger) Ledger {
	var sum Ledger
	for k, night := range slices.Backward(nights) { // groups in the order of the newest
		for _, g := range night {
			if !inAll(nights, g.Kind) {
				continue
			}
			i := slices.IndexFunc(sum, func(of Group) bool { return of.Kind == g.Kind && of.Name == g.Name })
			if i < 0 {
				i = sum.place(g)
			}
			into := &sum[i].Lines
			for _, line := range All {
				if line.Movement() {
					into.put(line, g.Lines[line])
				}
			}
			if k == 0 {
				into[Opening] = g.Lines[Opening]
			}
			if k == len(nights)-1 {
				into[Closing] = g.Lines[Closing]
			}
		}
	}
	return sum
}

func inAll(nights []Ledger, kind string) bool {
	return !slices.ContainsFunc(nights, func(l Ledger) bool {
		return !slices.ContainsFunc(l, func(g Group) bool { return g.Kind == kind })
	})
}

// place makes room for a group behind those of its kind.
func (l *Ledger) place(g Group) int {
	at := len(*l)
	for i, of := range *l {
		if of.Kind == g.Kind {
			at = i + 1
		}
	}
	*l = slices.Insert(*l, at, Group{Kind: g.Kind, Name: g.Name})
	return at
}
