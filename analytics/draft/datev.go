package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"clientele/analytics/ledger"
)

// A Buchungsstapel as DATEV itself writes it leaves out of its rows what its first line
// says: the year of a booking. And a booking may have the customer's account on either of
// its sides.

// dayMonth is Belegdatum as DATEV writes it: day and month, the zero before often lost.
var dayMonth = regexp.MustCompile(`^\d{3,4}$`)

// financialYearField is where the first line of a file has the beginning of the financial
// year: DATEV-Format, Kopfzeile, field 13.
const financialYearField = 12

// FinancialYear is the day on which the financial year of a Buchungsstapel without years
// begins; empty for another file. Files of different years cannot be one source.
func FinancialYear(l *ledger.Look) string {
	if len(l.Titles) == 0 || len(l.Titles[0]) <= financialYearField || !slices.Contains([]string{"EXTF", "DTVF"}, l.Titles[0][0]) {
		return ""
	}
	at := slices.IndexFunc(l.Columns, func(c ledger.LookColumn) bool { return fold(c.Name) == "belegdatum" })
	if at < 0 || slices.ContainsFunc(l.Rows, func(row []string) bool { return !dayMonth.MatchString(strings.TrimSpace(row[at])) }) {
		return ""
	}
	return l.Titles[0][financialYearField]
}

// decideBookings completes a source of bookings of DATEV.
func (s *Source) decideBookings() error {
	s.decideAccounts()
	c := s.timeColumn()
	if c == nil || !c.allMatch(dayMonth) {
		return nil
	}
	d := s.find("columns.time")
	begins, err := time.Parse("20060102", FinancialYear(s.table.look))
	if err != nil {
		return &Question{
			Key: "columns.time", Flag: fmt.Sprintf(`time "%s"`, dayOfYear(c, "'2024'")),
			Text: fmt.Sprintf("%s: %s says day and month alone, and no line above the heading tells of which year: which is it, where this says 2024", s.Path, c.name),
		}
	}
	d.Value, d.Why = dayOfYear(c, yearSQL(c, begins)), "day and month; the year is that of the file's first line"
	return nil
}

// dayMonthSQL is a column of days and months with all its zeros.
func dayMonthSQL(c *column) string { return "lpad(" + identifier(c.name) + ", 4, '0')" }

func dayOfYear(c *column, year string) string {
	return fmt.Sprintf("strptime(%s || %s, '%%d%%m%%Y')", dayMonthSQL(c), year)
}

// yearSQL is the year of a booking: a financial year may begin in any month.
func yearSQL(c *column, begins time.Time) string {
	year := begins.Year()
	if begins.Month() == time.January {
		return fmt.Sprintf("'%d'", year)
	}
	return fmt.Sprintf("CASE WHEN substr(%s, 3) >= '%02d' THEN '%d' ELSE '%d' END", dayMonthSQL(c), begins.Month(), year, year+1)
}

// decideAccounts finds the customer's account where Konto is not always it: that of a
// person or firm has one digit more than the others. On the other side S and H change
// their meaning. Bookings that are no revenue, such as payments, are left out.
func (s *Source) decideAccounts() {
	konto, contra, side := s.columnOf("columns.customer"), s.kind.column(s.table, "Gegenkonto"), s.kind.column(s.table, "Soll/Haben-Kennzeichen")
	if konto == nil || contra == nil || !s.table.contraLonger(konto, contra) {
		return
	}
	a, b := identifier(konto.name), identifier(contra.name)
	longer := func(x, y string) string { return fmt.Sprintf("length(%s) > length(%s)", x, y) }
	person, other := fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", longer(a, b), a, b), fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", longer(a, b), b, a)
	customer := s.find("columns.customer")
	customer.Value, customer.Why = person, "the debtor's account, on whichever side; it has one digit more than others"
	s.alsoWhere(fmt.Sprintf("length(%s) <> length(%s) AND left(%s, 1) < '7' AND left(%s, 1) IN ('4', '8')", a, b, person, other),
		"a debtor's account and one of revenue (4 in SKR04, 8 in SKR03); others are payments, or bills of suppliers")
	if returns := s.find("returns"); returns != nil && side != nil {
		returns.Value = fmt.Sprintf("%s = CASE WHEN %s THEN 'H' ELSE 'S' END", identifier(side.name), longer(a, b))
	}
}

// contraLonger tells whether the contra account of some row is the one with more digits.
func (t *table) contraLonger(konto, contra *column) bool {
	return slices.ContainsFunc(t.look.Rows, func(row []string) bool {
		return len(strings.TrimSpace(row[contra.at])) > len(strings.TrimSpace(row[konto.at]))
	})
}
