package ledger

import (
	"fmt"
	"regexp"
	"strings"
)

// rateCommas reads rates that are written with a comma, as where semicolons part the
// columns: 1,0857. A comma may also part thousands. 0,915 and 1,0857 do not; 1,085 alone
// could, and what all rates of a file leave open is asked.
type rateCommas struct {
	allowed bool // the columns are not parted by commas themselves
	decided bool // some rate shows that commas are decimal
	open    int  // line of a rate that may be in thousands; 0: none
	points  int  // line of a rate with a decimal point; 0: none
}

// commaRate is a rate with one comma, and openRate one whose comma may part thousands.
var (
	commaRate = regexp.MustCompile(`^\d+,\d+$`)
	openRate  = regexp.MustCompile(`^[1-9]\d{0,2},\d{3}$`)
)

// plain is a rate with a decimal point. What is none stays as it is, and is refused.
func (c *rateCommas) plain(text string, line int) string {
	if strings.Contains(text, ".") && c.points == 0 {
		c.points = line
	}
	if !c.allowed || !commaRate.MatchString(text) {
		return text
	}
	if !openRate.MatchString(text) {
		c.decided = true
	} else if c.open == 0 {
		c.open = line
	}
	return strings.Replace(text, ",", ".", 1)
}

// alternative is how else a rate may be written.
func (c *rateCommas) alternative() string {
	if c.allowed {
		return " or 1,0857"
	}
	return ""
}

// undecided asks what no rate of the file shows.
func (c *rateCommas) undecided(path string) error {
	if c.open == 0 || c.decided && c.points == 0 {
		return nil
	}
	what := "no rate of the file shows whether the comma is decimal or parts thousands"
	if c.points > 0 {
		what = fmt.Sprintf("the comma may be decimal or part thousands, as line %d has a decimal point", c.points)
	}
	return &DataError{Path: path, Line: int64(c.open), Message: "rate: " + what + "; write the rates with a decimal point and no comma, such as 1.085 or 1085"}
}
