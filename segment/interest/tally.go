package interest

import "math"

// millionth is the unit of a ShiftTally.
const millionth = 1_000_000

// ShiftTally adds up the ShiftSums of one thing over customers, in whole millionths,
// each customer's part cut off there: the sum is the same in whatever order the
// customers come.
type ShiftTally struct {
	rise, fall [Windows]int64
}

// Add counts in a customer with so many baskets, of which some hold the thing.
func (t *ShiftTally) Add(all, with BasketCounts) {
	for k := range Windows {
		rise, fall := shiftTerms(all, with, k)
		t.rise[k] += millionth * rise / int64(all.All)
		t.fall[k] += millionth * fall / int64(all.All)
	}
}

// Sums gives the sums.
func (t *ShiftTally) Sums() (s ShiftSums) {
	for k := range Windows {
		s.Rise[k], s.Fall[k] = float64(t.rise[k])/millionth, float64(t.fall[k])/millionth
	}
	return s
}

const (
	// leastBaskets is how many baskets must hold a thing to be worth a test: who had it
	// once or twice never had a habit to lose. A chosen number.
	leastBaskets = 3
	// mostRise is the rise of a thing's odds for everybody else up to which a loss can
	// be found. In a shop where a thing has become four times as likely, even few
	// baskets without it tell; a rise beyond that is rare. A chosen number.
	mostRise = 4
)

// WorthTesting tells whether a pair of a customer and a thing may be found at a level at
// all, for a customer with so many baskets, of which some hold the thing: no recent
// basket with it must be improbable enough, though the odds had risen by mostRise,
//
//	(before / (before + mostRise·recent))^with ≤ level
//
// with the counts of baskets before the longest window and in it. It looks at how many
// baskets hold the thing, not at which: a test that is picked by its outcome is none.
func WorthTesting(all, with BasketCounts, level float64) bool {
	before, recent := float64(all.before(wholeWindow)), float64(all.Recent[wholeWindow])
	if with.All < leastBaskets || before == 0 || recent == 0 {
		return false
	}
	return math.Pow(before/(before+mostRise*recent), float64(with.All)) <= level
}
