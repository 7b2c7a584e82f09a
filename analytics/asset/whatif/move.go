package whatif

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Move is what is asked of one thing: by how many percent or points it is to change, or what
// it is to be. The zero Move asks for nothing.
type Move struct {
	Asked string // as it was written
	how   how
	value float64
}

type how int

const (
	byNothing how = iota
	byPercent     // of what it is
	byPoints      // hundredths of the whole, of a share
	toLevel       // whatever it is
)

// What can be changed.
const (
	Retention   = "retention"        // of customers, a year
	Margin      = "margin"           // share of spend that is profit
	Frequency   = "frequency"        // purchases while a customer
	Acquisition = "acquisition-cost" // of one customer, money
	Discount    = "discount-rate"    // per year
)

// Names are those of all that can be changed, in the order in which it is told.
var Names = []string{Retention, Frequency, Margin, Acquisition, Discount}

// allowed is how each may be changed, with an example of each way.
var allowed = map[string]struct {
	ways    map[how]bool
	example string
	// most is what a level may come up to; 0: as much as there is.
	most float64
}{
	Retention:   {map[how]bool{byPercent: true, byPoints: true, toLevel: true}, "+5%, -5%, +1pt or 0.8", 1},
	Margin:      {map[how]bool{byPercent: true, byPoints: true, toLevel: true}, "+5%, -5%, +1pt or 0.35", 1},
	Frequency:   {map[how]bool{byPercent: true}, "+10% or -10%", 0},
	Acquisition: {map[how]bool{byPercent: true, toLevel: true}, "+20%, -20% or 12.50", 0},
	Discount:    {map[how]bool{byPercent: true, byPoints: true, toLevel: true}, "+5%, -5%, +1pt or 0.08", 1},
}

// moveText is a number, with its sign where it is a change, and perhaps its unit.
var moveText = regexp.MustCompile(`^([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(%|pt)?$`)

// ParseMove reads what is asked of a thing. An empty text asks for nothing.
func ParseMove(of, text string) (Move, error) {
	if text == "" {
		return Move{}, nil
	}
	m, ok := moveOf(strings.TrimSpace(text))
	may := allowed[of]
	if !ok || !may.ways[m.how] || !m.inRange(may.most) {
		return Move{}, fmt.Errorf("--%s: %q is no change of it; want %s", of, text, may.example)
	}
	return m, nil
}

// moveOf reads a move of anything.
func moveOf(text string) (m Move, ok bool) {
	found := moveText.FindStringSubmatch(text)
	if found == nil {
		return m, false
	}
	sign, unit := found[1], found[3]
	v, err := strconv.ParseFloat(found[2], 64)
	if err != nil || (sign == "") != (unit == "") { // a change has a sign and a unit, a level neither
		return m, false
	}
	if sign == "-" {
		v = -v
	}
	m = Move{Asked: text, how: toLevel, value: v}
	switch unit {
	case "%":
		m.how, m.value = byPercent, v/100
	case "pt":
		m.how, m.value = byPoints, v/100
	}
	return m, true
}

// inRange reports whether there can be such a change.
func (m Move) inRange(most float64) bool {
	const mostTimes = 100 // nothing becomes a hundred times as much
	switch {
	case math.Abs(m.value) < 1e-6 && m.how != toLevel: // less than a change
		return false
	case m.how == byPercent:
		return m.value > -1 && m.value <= mostTimes
	case m.how == byPoints:
		return math.Abs(m.value) < 1
	}
	return most == 0 || m.value < most
}

// Some tells whether anything is asked.
func (m Move) Some() bool { return m.how != byNothing }

// from is what becomes of a number.
func (m Move) from(now float64) float64 {
	switch m.how {
	case byPercent:
		return now * (1 + m.value)
	case byPoints:
		return now + m.value
	case toLevel:
		return m.value
	default:
		return now
	}
}

// Changes are the moves that are asked, by name.
type Changes map[string]Move

// some are the names of those that ask for anything, in order.
func (c Changes) some() []string {
	var names []string
	for _, name := range Names {
		if c[name].Some() {
			names = append(names, name)
		}
	}
	return names
}

// only is one of them.
func (c Changes) only(name string) Changes { return Changes{name: c[name]} }
