package ledger

import (
	"clientele/analytics/engine/dialect"
	"clientele/analytics/job"
)

// numberStyle is how the numbers of a column are written. Spaces and apostrophes part
// thousands in any style.
type numberStyle struct {
	comma bool // stands before the decimals, and points part thousands; else the other way round
	// others part the thousands, spaces or apostrophes: 1.250 or 1,250 is not twelve hundred
	// and fifty then.
	otherParts bool
	// seldomPlain: most values of the sample are not written as programs write numbers.
	seldomPlain bool
}

// statedStyles are those that a source may state.
var statedStyles = map[job.Numbers]numberStyle{
	job.CommaPointNumbers: {},
	job.IndianNumbers:     {},
	job.ApostropheNumbers: {otherParts: true},
	job.PointCommaNumbers: {comma: true},
	job.SpaceCommaNumbers: {comma: true, otherParts: true},
}

// digits is the pattern of a number's digits and the signs among them.
func (s numberStyle) digits() string {
	const spaced, whole = `\d{1,3}(?:` + partSign + `\d{3})+|`, `\d+`
	points, commas := `[1-9]\d{0,2}(?:\.\d{3})+|`, `[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}|`
	if s.otherParts { // one point alone parts no thousands, unless decimals follow
		points = `[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.\d{3},\d+|`
		commas = `[1-9]\d{0,2}(?:,\d{2,3})+,\d{3}|[1-9]\d{0,2},\d{3}\.\d+|`
	}
	if s.comma {
		return `(?:` + points + spaced + whole + `)(?:,\d*)?|,\d+`
	}
	return `(?:` + commas + spaced + whole + `)(?:\.\d*)?|\.\d+`
}

// plain reads a text as programs write numbers, where that is what it means in the style.
func (s numberStyle) plain(d dialect.Dialect, text string) string {
	if s.seldomPlain {
		return gatedNumberSQL(d, text)
	}
	return plainNumberSQL(d, text)
}

// number reads a text, given what it is as programs write numbers, as an exact decimal; NULL
// where it is no number.
func (s numberStyle) number(d dialect.Dialect, text, plain string) string {
	if s.comma {
		plain = "CASE WHEN contains(" + text + ", '.') THEN NULL ELSE " + plain + " END"
	}
	return "coalesce(" + plain + ", CASE WHEN " + text + " <> '' THEN " + s.written(d, bareNumberSQL(d, text)) + " END)"
}

// written reads a text by the style's pattern.
func (s numberStyle) written(d dialect.Dialect, text string) string {
	only := func(pattern string) string { return d.Write("replace_all", text, d.Literal(pattern), "''") }
	number := only(`\pL+\.?|[^0-9.]`)
	if s.comma {
		number = "replace(" + only(`\pL+\.?|[^0-9,]`) + ", ',', '.')"
	}
	negative := d.Write("matches", text, d.Literal(`[(\x{2212}-]`))
	return "CASE WHEN " + fullMatch(d, text, numberIn(s.digits())) + " THEN " +
		asMoney("CASE WHEN "+negative+" THEN '-' ELSE '' END || "+number) + " END"
}
