package job

import (
	"encoding/json"
	"slices"
	"strings"
)

// Dates says how an export writes its times: one of the words below, or the patterns of
// strptime that its times may have.
type Dates []string

// The words for dates.
const (
	AutoDates       = "auto" // as the whole column shows
	DayFirstDates   = "dmy"
	MonthFirstDates = "mdy"
	YearFirstDates  = "ymd"
)

// MarshalJSON writes one entry by itself.
func (d Dates) MarshalJSON() ([]byte, error) {
	if len(d) == 1 {
		return json.Marshal(d[0])
	}
	return json.Marshal([]string(d))
}

// Word is the word that says how dates are written; empty where patterns say it.
func (d Dates) Word() string {
	if len(d) == 1 && slices.Contains([]string{AutoDates, DayFirstDates, MonthFirstDates, YearFirstDates}, d[0]) {
		return d[0]
	}
	return ""
}

const wantedDates = "auto, dmy, mdy, ymd, a pattern such as %d.%m.%Y %H:%M, or a list of patterns"

// readDates reads how a source writes its times.
func readDates(s *section, into *Dates) {
	v := s.value("dates")
	switch {
	case v == nil:
		return
	case v.kind != list:
		text, ok := s.scalar("dates", wantedDates)
		if !ok {
			return
		}
		if *into = (Dates{text}); into.Word() == "" && !strings.Contains(text, "%") {
			s.fail("dates", "%s says nothing about dates; want %s", quoted(text), wantedDates)
		}
		return
	}
	items, _ := s.items("dates", wantedDates)
	var patterns Dates
	for _, item := range items {
		if item.kind != scalar || !strings.Contains(item.text, "%") {
			s.report(item.at, s.key("dates"), "%s is not a pattern; want parts such as %%d.%%m.%%Y", item)
			return
		}
		patterns = append(patterns, item.text)
	}
	if len(patterns) > 0 {
		*into = patterns
	}
}

const wantedTime = "the column, or SQL expression, that tells when it was"

// readTime reads where the time stands: in one column, or as a list of a date and a clock.
func readTime(c *section) (time, clock string) {
	v := c.value("time")
	if v == nil || v.kind != list {
		c.required("time", wantedTime, &time)
		return time, ""
	}
	parts, _ := c.items("time", "a date and a clock")
	if len(parts) != 2 || parts[0].kind != scalar || parts[1].kind != scalar || parts[0].text == "" || parts[1].text == "" {
		c.fail("time", "a list is two columns, of the date and of the clock, such as [Date, Time]")
		return "", ""
	}
	return parts[0].text, parts[1].text
}

// MarshalJSON writes a date and a clock as they are given.
func (c Columns) MarshalJSON() ([]byte, error) {
	type plain Columns
	if c.Clock == "" {
		return json.Marshal(plain(c))
	}
	return json.Marshal(struct {
		plain
		Time []string `json:"time"`
	}{plain(c), []string{c.Time, c.Clock}})
}
