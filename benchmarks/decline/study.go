package main

import (
	"math/rand/v2"
	"slices"

	"clientele/segment"
)

// row is what became of the customers of one kind.
type row struct {
	kind
	customers int
	purchases float64 // mean
	calm      int     // not in decline when the year of nights began
	ever      int     // of them: called on any night of the year
	tonight   int     // in decline on the last night
	gradual   int     // of those
	many      int     // of those with ten purchases or more
	manyRight int     // of those: kind as in truth
	returns   int     // came back once or more
	delays    []int32 // from the change to the call
}

// result is what became of one shop.
type result struct {
	shop
	rows          []row
	power         [len(histories) + 1]found
	false, called int
}

// found is how many of some customers are in decline on the last night.
type found struct{ in, of int }

// histories are bounds of classes of purchases: how many of those who stop at 60%
// are found depends on how many purchases they made until then.
var histories = [...]int{4, 6, 9, 13, 20}

// history is the class of a number of purchases.
func history(purchases int) int {
	at, same := slices.BinarySearch(histories[:], purchases)
	if same {
		at++
	}
	return at
}

func study(s shop, o options) (result, error) {
	dice := rand.New(rand.NewPCG(o.seed, 0))
	p, of := s.play(dice, o.customers)
	l := o.lifecycle()
	l.Rules.LostSilenceDays = 1e6 // the kind of a decline shows for as long as nobody is lost
	begin, err := l.Follow(p, nil, halfTime)
	if err != nil {
		return result{}, err
	}
	end, err := l.Follow(p, begin, span)
	if err != nil {
		return result{}, err
	}
	out, err := l.Describe(p, end, nil)
	if err != nil {
		return result{}, err
	}
	r := result{shop: s, rows: make([]row, len(kinds))}
	for i := range r.rows {
		r.rows[i].kind = kinds[i]
	}
	for i, kind := range of {
		if kind >= 0 {
			r.rows[kind].add(p.Days[p.Start[i]:p.Start[i+1]], begin.Lives[i], end.Lives[i], out.Decline[i])
			r.count(kinds[kind], int(p.Start[i+1]-p.Start[i]), end.Lives[i].Stage == segment.Declining)
		}
	}
	return r, nil
}

// count counts one customer whatever the kind.
func (r *result) count(k kind, purchases int, in bool) {
	if in {
		r.called++
		if k.truth == steady {
			r.false++
		}
	}
	if k.truth == sudden && k.changes == 0.6 && purchases > 1 {
		class := &r.power[history(purchases)]
		class.of++
		if in {
			class.in++
		}
	}
}

func (r *row) add(days []int32, begin, end segment.Life, decline segment.Decline) {
	r.customers++
	r.purchases += float64(len(days))
	in := end.Stage == segment.Declining
	if begin.Stage != segment.Declining {
		r.calm++
		if end.Declines > begin.Declines {
			r.ever++
		}
	}
	if end.Reactivations > 0 {
		r.returns++
	}
	if !in {
		return
	}
	r.tonight++
	if r.truth == sudden || r.truth == gradual {
		r.delays = append(r.delays, end.Since-int32(r.changes*span)-days[0])
	}
	isGradual := decline == segment.DeclineGradual
	if isGradual {
		r.gradual++
	}
	if len(days) >= 10 {
		r.many++
		if isGradual == (r.truth == gradual) {
			r.manyRight++
		}
	}
}

func (r *row) medianDelay() int32 {
	if len(r.delays) == 0 {
		return 0
	}
	slices.Sort(r.delays)
	return r.delays[len(r.delays)/2]
}
