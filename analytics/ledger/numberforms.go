package ledger

import (
	"strings"

	"clientele/analytics/job"
)

// formCounts are how many texts have which form.
type formCounts struct {
	of     [unreadForm + 1]int64
	priced int64 // among them
}

func (c *formCounts) add(form numberForm, n int64) {
	if form >= pricedForms {
		form -= pricedForms
		c.priced += n
	}
	c.of[form] += n
}

func (c *formCounts) total() (n int64) {
	for _, k := range c.of {
		n += k
	}
	return n
}

// sum is how many texts have one of the forms.
func (c *formCounts) sum(forms []numberForm) (n int64) {
	for _, f := range forms {
		n += c.of[f]
	}
	return n
}

// numberForms is what is known of the forms of a text in a source.
type numberForms struct {
	key        string
	plainTexts int64      // of a sample: written as programs write numbers
	all        formCounts // of the rows that tell how the text is written
	used       formCounts // of the rows that count, or would if it could be read
	first      [unreadForm + 1]place
}

// place is a row of an export.
type place struct {
	file int
	line int64
}

// doubt is why a text cannot be read.
type doubt int

const (
	noDoubt  doubt = iota
	twoWays        // nothing tells 1.234 from 1234
	bothWays       // both decimal points and decimal commas are written
)

const (
	slips = 0.01 // of the numbers, as many as malformed lines, may be typing mistakes; and one is one
	many  = 20   // times as many as typing mistakes are the others, where some can be read in two ways
)

// isSlip tells whether so many of all are typing mistakes.
func isSlip(n, all int64) bool { return float64(n) <= max(1, slips*float64(all)) }

// style is how a text is to be read.
func (f *numberForms) style(stated job.Numbers) (numberStyle, doubt) {
	style, is := statedStyles[stated]
	if is && strings.HasPrefix(f.key, columnSign) {
		return style, noDoubt
	}
	found, doubt := f.all.style()
	if doubt == twoWays && is { // what an expression gives may be written as programs do
		return style, noDoubt
	}
	return found, doubt
}

// style is the one that forms show.
func (c *formCounts) style() (numberStyle, doubt) {
	point, comma, ways := c.of[pointForm], c.of[commaForm], c.of[twoPoint]+c.of[twoComma]
	if point == 0 && comma == 0 {
		return c.unpartedStyle(ways)
	}
	s := numberStyle{comma: comma > point}
	s.otherParts = c.of[spacedForm] > 0 && c.of[spacedForm] >= c.of[s.grouped()]
	few, most := min(point, comma), max(point, comma)
	if few > 0 && (few == most || !isSlip(few, c.total()) || ways > 0 && most < many*few) {
		return s, bothWays
	}
	return s, noDoubt
}

// unpartedStyle is the style of texts none of which shows its decimals beyond doubt.
// Thousands without a point or a comma tell that these stand before decimals.
func (c *formCounts) unpartedStyle(ways int64) (numberStyle, doubt) {
	spaced := c.of[spacedForm]
	switch {
	case ways == 0:
		return numberStyle{otherParts: spaced > 0}, noDoubt
	case c.of[twoPoint] > 0 && c.of[twoComma] > 0, spaced+c.of[largeForm] < ways:
		return numberStyle{}, twoWays
	}
	return numberStyle{comma: c.of[twoComma] > 0, otherParts: true}, noDoubt
}

// grouped is the form of thousands without decimals, unless other signs part them.
func (s numberStyle) grouped() numberForm {
	if s.comma {
		return twoPoint
	}
	return twoComma
}

// contrary are the forms that a style does not read, although they are of numbers.
func (s numberStyle) contrary() []numberForm {
	forms := []numberForm{brokenForm, commaForm}
	if s.comma {
		forms[1] = pointForm
	}
	if s.otherParts {
		forms = append(forms, s.grouped())
	}
	return forms
}
