package ledger

import (
	"fmt"

	"clientele/analytics/engine/dialect"
)

// numberForm is how the text of a number is written, where that says how the others of its
// column are. The forms from priced on are the same with a currency beside them.
type numberForm uint8

const (
	plainForm   numberForm = 1  // 45
	largeForm   numberForm = 2  // 1250: thousands that no sign parts
	spacedForm  numberForm = 3  // 1 250 or 1'250: parted, and neither by a point nor by a comma
	pointForm   numberForm = 4  // 12.50 or 1,234.56 or 1,234,567 or 12,34,567: a point stands before decimals
	commaForm   numberForm = 5  // 12,50 or 1.234,56 or 1.234.567: a comma does
	twoPoint    numberForm = 6  // 1.250: one and a quarter, or twelve hundred and fifty
	twoComma    numberForm = 7  // 1,250: the same
	brokenForm  numberForm = 8  // 1.234.56: no number in any way of writing, though all digits and signs
	unreadForm  numberForm = 9  // n/a: no number
	pricedForms numberForm = 16 // added where a currency is written beside the number
)

// The parts of a number as regular expressions of the engine.
const (
	blanks = `[\s\x{a0}\x{2009}\x{202f}]*`
	// partSign stands between thousands, beside points and commas.
	partSign = `[ '\x{2019}\x{a0}\x{2009}\x{202f}]`
	minus    = `[-\x{2212}]`
	sign     = `[-+\x{2212}]?`
	// currencyMark is a currency beside a number: its sign, its code, or what shops of the
	// country write.
	currencyMark = `(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|[Kk]r\.?|R[sp]\.?|Fr\.?|RM|R|[Ll]ei|zł|Kč|Ft|лв\.?|руб\.?|元|円|圆|圓|원)`
	// notOfNumber are the characters beside the digits and their points and commas; the
	// point of an abbreviation is no point of the number.
	notOfNumber = `\pL+\.?|[^0-9.,]`
)

// anyDigits are digits with whatever signs among them.
const anyDigits = `[.,]?\d(?:(?:[.,]|` + partSign + `)?\d)*[.,]?`

// numberIn is the pattern of a text that holds one number, written as digits say, with what
// may stand around it: a sign before or behind, a currency before or behind, brackets.
func numberIn(digits string) string {
	before := sign + blanks + "(?:" + currencyMark + blanks + sign + blanks + ")?"
	behind := "(?:" + blanks + currencyMark + ")?"
	inner := before + "(?:" + digits + ")" + behind
	return blanks + "(?:" + inner + "(?:" + blanks + minus + behind + ")?|" +
		"(?:" + currencyMark + blanks + `)?\(` + blanks + inner + blanks + `\)` + behind + ")" + blanks
}

// noValueSQL tells whether a text is what databases and data frames write where a value is
// missing. It is two conditions, as DuckDB makes a join of a list of five words, with all
// columns of all rows in it: that took a quarter of what to load a row costs.
func noValueSQL(d dialect.Dialect, text string) string {
	return "(lower(" + text + ") IN ('null', 'nan', 'none', 'n/a') OR " + text + " = " + d.Literal(`\N`) + " OR " + text + " = " + d.Literal(`\n`) + ")"
}

func fullMatch(d dialect.Dialect, text, pattern string) string {
	return d.Write("full_match", text, d.Literal(pattern))
}

// plainNumberSQL reads the text of a number as programs write it, 1234.56 or 1e3; NULL
// where it is not written so.
func plainNumberSQL(d dialect.Dialect, text string) string {
	return d.Write("plain_number", text, moneyType)
}

// gatedNumberSQL is plainNumberSQL for a column that is mostly written otherwise: to try and
// fail takes the engine ten times as long as to look at the text first.
func gatedNumberSQL(d dialect.Dialect, text string) string {
	return fmt.Sprintf("CASE WHEN %[1]s >= '+' AND %[1]s < ':' AND NOT contains(%[1]s, ',') AND NOT contains(%[1]s, ' ') THEN %[2]s END",
		text, plainNumberSQL(d, text))
}

// fullWidth are the characters that Chinese and Japanese keyboards write for those of ASCII.
const fullWidth, halfWidth = "０１２３４５６７８９．，＋－（）＄￥￡　＇", "0123456789.,+-()$¥£ '"

// bareNumberSQL is a text without what a spreadsheet or a keyboard puts around a number: `="12.50"`,
// and characters of full width.
func bareNumberSQL(d dialect.Dialect, text string) string {
	ascii := "translate(" + text + ", " + d.Literal(fullWidth) + ", " + d.Literal(halfWidth) + ")"
	return "CASE WHEN " + d.Write("bytes", text) + " = length(" + text + ") AND NOT " + d.Write("starts_with", text, "'='") + " THEN " + text +
		" ELSE " + d.Write("first_group", ascii, d.Literal(`^="(.*)"$`)) + " END"
}

// numberFormSQL tells the form of a text; plain is the number that it is where it is
// written as programs do. NULL where there is no text.
func numberFormSQL(d dialect.Dialect, text, plain string) string {
	return fmt.Sprintf(`CASE
            WHEN %[2]s IS NOT NULL THEN %[3]s
            WHEN %[1]s IS NULL OR %[1]s = '' THEN NULL
            ELSE %[4]s
        END`, text, plain, plainFormSQL(d, text, plain), otherFormSQL(d, bareNumberSQL(d, text)))
}

// plainFormSQL tells the form of a text that is written as programs write numbers. It is a
// CASE where AND would do: DuckDB tries the parts of AND in any order, the pattern too.
func plainFormSQL(d dialect.Dialect, text, plain string) string {
	endsWith := func(sign string) string { return d.Write("ends_with", text, "'"+sign+"'") }
	twoWays := fullMatch(d, text, `\s*[-+]?`+twoWaysPoint+`\s*`)
	return fmt.Sprintf(`CASE
                WHEN contains(%[1]s, '.') THEN CASE WHEN NOT (%[2]s = '.' OR %[3]s) THEN %[6]d WHEN %[4]s THEN %[5]d ELSE %[6]d END
                WHEN abs(%[7]s) >= 1000 THEN %[8]d
                WHEN %[7]s IS NOT NULL THEN %[9]d END`,
		text, d.Write("from_end", text, "4"), endsWith(" "), twoWays, twoPoint, pointForm, plain, largeForm, plainForm)
}

// Numbers that may be read in two ways.
const (
	twoWaysPoint = `[1-9]\d{0,2}\.\d{3}`
	twoWaysComma = `[1-9]\d{0,2},\d{3}`
)

// otherFormSQL tells the form of a text that is not written as programs write numbers.
func otherFormSQL(d dialect.Dialect, text string) string {
	digits := d.Write("replace_all", text, d.Literal(notOfNumber), "''")
	is := func(pattern string) string { return fullMatch(d, digits, pattern) }
	matches := func(pattern string) string { return d.Write("matches", text, d.Literal(pattern)) }
	return fmt.Sprintf(`CASE
                WHEN %[2]s THEN CASE WHEN %[3]s THEN %[4]d ELSE 0 END + CASE
                    WHEN %[5]s THEN CASE WHEN %[6]s THEN %[7]d WHEN length(%[8]s) > 3 THEN %[9]d ELSE %[10]d END
                    WHEN %[11]s THEN %[12]d
                    WHEN %[13]s THEN %[14]d
                    WHEN %[15]s THEN %[16]d
                    WHEN %[17]s THEN %[18]d
                    ELSE %[19]d END
                WHEN %[20]s = '' OR %[21]s THEN NULL
                ELSE %[22]d END`,
		text, fullMatch(d, text, numberIn(anyDigits)), matches(currencyMark), pricedForms,
		is(`\d+`), matches(`\d`+partSign+`\d`), spacedForm, digits, largeForm, plainForm,
		is(twoWaysPoint), twoPoint, is(twoWaysComma), twoComma,
		is(`[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d*)?|\d*\.\d*`), pointForm,
		is(`[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?|\d*,\d*`), commaForm, brokenForm,
		trimmedSQL(d, text), noValueSQL(d, trimmedSQL(d, text)), unreadForm)
}
