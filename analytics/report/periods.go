package report

import (
	"strconv"
	"strings"
)

// horizon says how far ahead value counts.
func (r *reading) horizon() string { return r.period("clv.horizon") }

// period writes a length of time of the settings, such as 36 months, for people.
func (r *reading) period(key string) string {
	text := r.settings[key]
	number, unit, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(number)
	unit = strings.TrimSuffix(unit, "s")
	switch {
	case err == nil && r.say.Has("report.period", unit):
		return r.say.SayOf("report.period", unit, "n", n)
	case r.say.Has("report.endless", text):
		return r.say.SayOf("report.endless", text)
	}
	return text
}
