package equity

import (
	"fmt"
	"slices"

	"clientele/analytics/publication/cause"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Line is a line of the ledger.
type Line int

// The lines, in the order of the ledger.
const (
	Opening      Line = iota // equity of the night before
	MovedIn                  // of it that of customers who stood in another group
	MovedOut                 // less, that of customers who stand in another group now
	NewCustomers             // customers who bought for the first time
	Discount                 // what is ahead is nearer: interest on the opening equity
	BecamePast               // less, the margin that was expected of the days between
	Horizon                  // the margin expected of the days by which the horizon moved on
	Corrected                // what is known now of the time before the night before is another
	Grew                     // more than was expected, by what customers did
	CameBack                 // the same of customers in decline, or gone, who bought
	Shrank                   // less than was expected
	Lost                     // the same of customers whom a decline begins with, or who gave all back
	Erased                   // customers who are in the exports no more
	Merged                   // ids that were joined or parted, out and in
	Model                    // tonight's models and expected spend in place of those of the night before
	Settings                 // tonight's prices, horizon, discount and meaning of rows
	Unexplained              // what another version of the program made of it
	Closing                  // equity of the night

	lines // how many there are
)

// All are the lines in the order of the ledger.
var All = func() (all []Line) {
	for l := range lines {
		all = append(all, l)
	}
	return all
}()

// names are those of the file.
var names = [lines]string{
	"opening", "moved_in", "moved_out", "new_customers", "discount", "became_past", "horizon", "corrected",
	"grew", "came_back", "shrank", "lost", "erased", "merged", "model", "settings", "unexplained", "closing",
}

// String is the line's name in the file.
func (l Line) String() string { return names[l] }

// In is a movement in words.
func (l Line) In(say wording.Language) string { return say.SayOf("equity.line", l.String()) }

// On is what the opening and the closing are called, which are of a day.
func On(say wording.Language, day string) string { return say.Say("equity.on", "day", day) }

// MarshalText writes the name.
func (l Line) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// lineOf finds a line by its name.
func lineOf(name string) (Line, bool) {
	i := slices.Index(names[:], name)
	return Line(i), i >= 0
}

// Movement tells whether the line is a step from the opening to the closing, and no balance.
func (l Line) Movement() bool { return l != Opening && l != Closing }

// Cause is the cause of a line as [clientele/analytics/publication/cause] names it for those
// who tell of one customer, given what became of the customer (empty: nothing).
//
// It is the one place where the two vocabularies meet: parts of a change by cause are sums of
// the lines of the ledger.
func (l Line) Cause(happened cause.Cause) cause.Cause {
	switch l {
	case Discount, BecamePast, Horizon:
		return cause.TimePassed
	case Grew, CameBack, Shrank, Lost:
		if happened == "" { // silence
			return cause.TimePassed
		}
		return happened
	case Corrected:
		return cause.Corrected
	case Merged:
		if happened == cause.Parted {
			return cause.Parted
		}
		return cause.Joined
	case Model:
		return cause.ModelMoved
	case Settings:
		return cause.RuleChanged
	default:
		return cause.Unexplained
	}
}

// Lines are amounts by line. Those of a customer, of a group and of all have the same form:
// the movements are what the closing has more than the opening.
type Lines [lines]money.Amount

// MarshalJSON writes them by name, in the order of the ledger.
func (l Lines) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i, line := range All {
		if i > 0 {
			text = append(text, ',')
		}
		text = fmt.Appendf(text, "%q:%q", line, l[line])
	}
	return append(text, '}'), nil
}

// add adds other lines.
func (l *Lines) add(other *Lines) {
	for i := range l {
		l[i] = l[i].Plus(other[i])
	}
}

// put adds an amount to a line.
func (l *Lines) put(line Line, amount money.Amount) { l[line] = l[line].Plus(amount) }

// Left is what the movements do not explain: nothing, of every ledger.
func (l Lines) Left() money.Amount {
	left := l[Closing].Minus(l[Opening])
	for _, line := range All {
		if line.Movement() {
			left = left.Minus(l[line])
		}
	}
	return left
}
