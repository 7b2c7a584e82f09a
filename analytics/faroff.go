package analytics

import (
	"slices"
	"time"

	"clientele/analytics/ledger"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

const (
	// farOffDays is how long a shop may be without a single transaction: a year and a
	// day, so that a sale once a year is allowed. What lies beyond a longer gap is far
	// from the rest.
	farOffDays = 366
	// fewRows is the share of all rows up to which those far from the rest are
	// taken for mistakes, and leastRows the rows it takes to tell. More are the
	// shop's past; but on a day that systems write where they know none, any
	// number is a mistake.
	fewRows   = 0.01
	leastRows = 20
)

// defaultDays are the days that systems write for an unknown day: the first and last days
// of their calendars. A time zone may move one by a day.
var defaultDays = []string{
	"1000-01-01", "1582-10-15", "1601-01-01", "1753-01-01", "1858-11-17", "1899-12-30", "1899-12-31", "1900-01-01", "1901-01-01",
	"1904-01-01", "1960-01-01", "1970-01-01", "1980-01-01", "2000-01-01", "2001-01-01", "2038-01-19", "2099-12-31", "2100-01-01", "9999-12-31",
}

// stretch is days without a gap of more than farOffDays between them.
type stretch struct {
	first, last time.Time
	rows        int64
	isDefault   bool // all of it is a day that systems write where they know none
}

// stretches are the days, cut where nothing happened for more than farOffDays.
func stretches(days []ledger.DayRows) []stretch {
	var all []stretch
	for _, d := range days {
		if n := len(all); n > 0 && calendar.DayOf(d.Day)-calendar.DayOf(all[n-1].last) <= farOffDays {
			s := &all[n-1]
			s.last, s.rows, s.isDefault = d.Day, s.rows+d.Rows, s.isDefault && isDefaultDay(d.Day)
			continue
		}
		all = append(all, stretch{d.Day, d.Day, d.Rows, isDefaultDay(d.Day)})
	}
	return all
}

func isDefaultDay(day time.Time) bool {
	for _, text := range defaultDays {
		known, err := time.Parse(time.DateOnly, text)
		if err != nil {
			panic("analytics: " + err.Error())
		}
		if off := calendar.DayOf(day) - calendar.DayOf(known); off >= -1 && off <= 1 {
			return true
		}
	}
	return false
}

// farOff names the few transactions that lie far from all others. One row of 1970 makes
// the history of the shop fifty years long, which changes the stages and values of all
// customers. Rows after asOf change nothing, as they are set aside. asOf is zero if it
// follows from the rows.
func farOff(days []ledger.DayRows, asOf time.Time) []wording.Message {
	all := stretches(days)
	if len(all) < 2 {
		return nil
	}
	var rows int64
	most := 0
	for i, s := range all {
		rows += s.rows
		if s.rows > all[most].rows && !s.isDefault || all[most].isDefault && !s.isDefault {
			most = i
		}
	}
	odd := func(s stretch) bool {
		few := rows >= leastRows && float64(s.rows) <= max(1, fewRows*float64(rows))
		return s.isDefault || few
	}
	var found []wording.Message
	for i, s := range all[:most] {
		if odd(s) {
			found = append(found, wording.OfFamily("warning.far_before", advice(s, asOf),
				"rows", transactions(s.rows), "when", s.when(), "other", all[i+1].first.Format(time.DateOnly)))
		}
	}
	for i, s := range slices.Backward(all) {
		if i > most && odd(s) {
			found = append(found, wording.OfFamily("warning.far_after", advice(s, asOf),
				"rows", transactions(s.rows), "when", s.when(), "other", all[i-1].last.Format(time.DateOnly)))
		}
	}
	return found
}

// advice names what is to be done about a stretch.
func advice(s stretch, asOf time.Time) string {
	if !asOf.IsZero() && s.first.After(asOf) {
		return "set_aside"
	}
	return "left_out"
}

func transactions(n int64) wording.Message {
	return wording.Of("warning.transactions", "rows", plain(n))
}

func (s stretch) when() wording.Message {
	first, last := s.first.Format(time.DateOnly), s.last.Format(time.DateOnly)
	if first == last {
		return wording.Of("warning.on_day", "day", first)
	}
	return wording.Of("warning.from_to", "from", first, "to", last)
}
