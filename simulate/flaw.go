package simulate

import "time"

// Flaw is a kind of damage to a row.
type Flaw uint8

// The kinds of damage that Options.Mess spreads evenly over its rows.
const (
	// Sound rows have no damage.
	Sound Flaw = iota
	// NoCustomer rows have an empty customer_id.
	NoCustomer
	// NoTime rows have an empty time.
	NoTime
	// BadTime rows have a time that no calendar has, or a word for it.
	BadTime
	// BadAmount rows have an amount that is no number, or none.
	BadAmount
	// AfterEnd rows have a time up to 30 days after the last day.
	AfterEnd
	// Formula rows have a text that a spreadsheet would run.
	Formula
	// Awkward rows have a text with a comma, quotes and a line break.
	Awkward
	// CutOff rows end after the product, as when a disk fills up: the columns
	// after it are missing.
	CutOff
	// Duplicate rows repeat the row before them in every column. They come in
	// addition to it.
	Duplicate
)

// flawNames are the kinds of damage as a person reads them.
var flawNames = [...]string{
	"sound", "no customer", "no time", "unreadable time", "unreadable amount",
	"after the end", "formula", "awkward text", "cut off", "duplicate",
}

// String is the flaw in words.
func (f Flaw) String() string { return flawNames[f] }

// Flaws lists the kinds of damage, Sound not among them.
func Flaws() []Flaw {
	flaws := make([]Flaw, 0, len(flawNames)-1)
	for f := NoCustomer; f <= Duplicate; f++ {
		flaws = append(flaws, f)
	}
	return flaws
}

// Texts that have been seen in real exports: the zero date of a database, a day
// that February lacks, a letter typed for a digit, a spreadsheet's error, and
// what attackers type into forms that end up in spreadsheets.
var (
	badTimes   = []string{"0000-00-00 00:00:00", "2025-02-30 10:15:00", "2025-13-45", "2025-06-01 25:61:00", "n/a"}
	badAmounts = []string{"12,3o", "1.2.3", "#REF!", "N/A", ""}
	formulas   = []string{"=1+1", "@cmd", "+1-1", "-2+3", `=HYPERLINK("http://example.invalid","open")`}
)

// damage appends rows to out, on average the share mess of them damaged.
func damage(d *dice, mess float64, lastDay time.Time, rows, out []Row) []Row {
	for _, r := range rows {
		if d.Float64() >= mess {
			out = append(out, r)
			continue
		}
		flaw := NoCustomer + Flaw(d.IntN(int(Duplicate)))
		if flaw == Duplicate {
			out = append(out, r)
		}
		out = append(out, flawed(d, r, flaw, lastDay))
	}
	return out
}

// flawed is the row with a flaw.
func flawed(d *dice, r Row, flaw Flaw, lastDay time.Time) Row {
	r.Flaw = flaw
	switch flaw {
	case Sound, NoTime, CutOff, Duplicate: // the flaw alone says it all
	case NoCustomer:
		r.Customer = ""
	case BadTime:
		r.Text = oneOf(d, badTimes)
	case BadAmount:
		r.Text = oneOf(d, badAmounts)
	case AfterEnd:
		clock := r.Time.Sub(midnight(r.Time))
		r.Time = lastDay.AddDate(0, 0, 1+d.IntN(30)).Add(clock)
	case Formula:
		*anyText(d, &r) = oneOf(d, formulas)
	case Awkward:
		*anyText(d, &r) += ", \"large\"\nboxed"
	}
	return r
}

// anyText chooses one of the row's columns of free text.
func anyText(d *dice, r *Row) *string {
	return oneOf(d, []*string{&r.Product, &r.Category, &r.Channel, &r.Region})
}

// oneOf chooses evenly.
func oneOf[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }
