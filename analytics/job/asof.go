package job

import (
	"fmt"
	"regexp"
	"time"
)

// AsOf is the last day whose transactions count.
type AsOf struct {
	Day    time.Time // midnight UTC of the calendar day; zero when Latest
	Latest bool      // the day after the newest transaction
}

// String writes the day as the job file does: `2011-12-10` or `latest`.
func (a AsOf) String() string {
	if a.Latest {
		return "latest"
	}
	return a.Day.Format(time.DateOnly)
}

// MarshalText is String, for the settings in force.
func (a AsOf) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// calendarDay is a day with four, two and two digits.
var calendarDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// parseAsOf reads `latest`, `today` (which asks the clock), or a day.
func parseAsOf(text string, today func() AsOf) (AsOf, error) {
	switch text {
	case "latest":
		return AsOf{Latest: true}, nil
	case "today":
		return today(), nil
	}
	day, err := time.Parse(time.DateOnly, text)
	switch {
	case !calendarDay.MatchString(text):
		words := []string{"latest", "today"}
		return AsOf{}, fmt.Errorf("%s is not a day; %s", quoted(text),
			suggestion(text, words, "want a date such as 2011-12-10, latest or today"))
	case err != nil:
		return AsOf{}, fmt.Errorf("there is no day %s in the calendar; want a date such as 2011-12-10, latest or today", text)
	}
	return AsOf{Day: day}, nil
}

// dayOf is the calendar day of an instant where its midnight is the location's.
func dayOf(instant time.Time, where *time.Location) AsOf {
	year, month, day := instant.In(where).Date()
	return AsOf{Day: time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}
