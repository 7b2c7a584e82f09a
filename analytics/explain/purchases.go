package explain

import (
	"errors"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Purchases are the purchase days.
type Purchases struct {
	Days []PurchaseDay `json:"days"` // oldest first
	// Elsewhere is what net spend has beside them: mostly what was given back on other days.
	Elsewhere money.Amount `json:"elsewhere"`
}

// PurchaseDay is one of them.
type PurchaseDay struct {
	Day   publication.Day `json:"day"`
	Spend money.Amount    `json:"spend"` // less what was given back on it
}

func (c *reading) readPurchases() error {
	of, err := c.night.ReadPurchases(c.ID)
	if errors.Is(err, publication.ErrNoCustomer) {
		return nil
	}
	if err != nil || len(of.Days) == 0 {
		return orAbsent(err)
	}
	c.purchases = &of
	p := &Purchases{Elsewhere: c.history.Net}
	for i, day := range of.Days {
		p.Days = append(p.Days, PurchaseDay{Day: publication.Day(day), Spend: of.Spend[i]})
		p.Elsewhere = p.Elsewhere.Minus(of.Spend[i])
	}
	c.Purchases = p
	return nil
}

// marksWide is how many marks a line has: what stands beside two dates on a terminal of 80.
const marksWide = 54

// marks are purchase days on a line from the first to the night: a dot for a stretch of time
// without any, and a sign for one with them. It is empty for a customer of no time.
func marks(days []calendar.Day, night calendar.Day) string {
	if len(days) == 0 {
		return ""
	}
	span := night - days[0] + 1
	wide := min(int(span), marksWide)
	counts := make([]int, wide)
	for _, day := range days {
		counts[min(int(int64(day-days[0])*int64(wide)/int64(span)), wide-1)]++
	}
	var line strings.Builder
	for _, n := range counts {
		line.WriteString(mark(n))
	}
	return line.String()
}

// mark is the sign for a stretch with so many purchase days.
func mark(n int) string {
	const several, many = 2, 10
	switch {
	case n == 0:
		return "·"
	case n < several:
		return "|"
	case n < many:
		return string(rune('0' + n))
	}
	return "#"
}

// markedDays are the days that a line of marks shows: all or, without purchases.parquet, the
// first and the last, which are known.
func (c *Customer) markedDays(first, last calendar.Day) []calendar.Day {
	if c.Purchases == nil {
		return slices.Compact([]calendar.Day{first, last})
	}
	days := make([]calendar.Day, len(c.Purchases.Days))
	for i, d := range c.Purchases.Days {
		days[i] = calendar.Day(d.Day)
	}
	return days
}
