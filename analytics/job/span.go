package job

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// Unit is a unit of calendar or model time.
type Unit string

// The units of time a job file may use. As model time a month has 30.4375
// days and a year 365.25; as calendar time both follow the calendar.
const (
	Day   Unit = "day"
	Week  Unit = "week"
	Month Unit = "month"
	Year  Unit = "year"
)

// Days is the length of the unit as model time.
func (u Unit) Days() float64 {
	switch u {
	case Day:
		return 1
	case Week:
		return 7
	case Month:
		return 30.4375
	case Year:
		return 365.25
	}
	panic("job: unknown unit " + string(u))
}

// Span is a length of time such as `12 months`, or one of the words that a key
// allows in its place: `all`, `forever` and `lifetime` have no end.
type Span struct {
	N    int
	Unit Unit
	// Word is the word written instead of a length; N is then 0.
	Word string
}

// The words that may stand for a Span.
const (
	All            = "all"                       // rfm.window
	Forever        = "forever"                   // clv.horizon
	Lifetime       = string(tier.Lifetime)       // tiers.window
	CalendarYear   = string(tier.CalendarYear)   // tiers.window
	MembershipYear = string(tier.MembershipYear) // tiers.window: from anniversaries of the first purchase
	TierYear       = string(tier.TierYear)       // tiers.window: from anniversaries of the day the tier was reached
	None           = "none"                      // tiers.grace, tiers.warn: no time at all
	Auto           = "auto"                      // stages: by the shop's own rhythm
)

// Unbounded tells whether the span has no end.
func (s Span) Unbounded() bool {
	return s.Word == All || s.Word == Forever || s.Word == Lifetime
}

// Period is the span as calendar time; a word is no time at all.
func (s Span) Period() calendar.Period {
	switch s.Unit {
	case Day:
		return calendar.Period{Days: s.N}
	case Week:
		return calendar.Period{Days: 7 * s.N}
	case Month:
		return calendar.Period{Months: s.N}
	case Year:
		return calendar.Period{Months: 12 * s.N}
	}
	return calendar.Period{}
}

// Days is the span as model time; the span must be a length.
func (s Span) Days() float64 { return float64(s.N) * s.Unit.Days() }

// String writes the span as the job file does: `12 months`, `1 day`, `all`.
func (s Span) String() string {
	switch {
	case s.Word != "":
		return s.Word
	case s.N == 1:
		return "1 " + string(s.Unit)
	}
	return strconv.Itoa(s.N) + " " + string(s.Unit) + "s"
}

// In is the length in words of a language.
func (s Span) In(say wording.Language) string {
	if s.Word != "" {
		return say.SayOf("span.word", s.Word)
	}
	return say.SayOf("span.of", string(s.Unit), "n", wording.Plain(s.N))
}

// MarshalText is String, for the settings in force.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// longestDays bounds a span: no customer relationship is longer, and calendar
// arithmetic stays far from where it overflows.
const longestDays = 100 * 365.25

// length is a number and a unit.
var length = regexp.MustCompile(`^(\d+)\s*([a-zA-Z]+)$`)

// ParseSpan reads a length as the settings in force have it.
func ParseSpan(text string) (Span, error) {
	return parseSpan(text, []string{All, Forever, Auto, Lifetime})
}

// parseSpan reads a length such as `12 months`, or one of the words.
func parseSpan(text string, words []string) (Span, error) {
	if slices.Contains(words, text) {
		return Span{Word: text}, nil
	}
	otherwise := "want " + alternatives(append([]string{"a length such as 12 months"}, words...))
	parts := length.FindStringSubmatch(text)
	if parts == nil {
		return Span{}, fmt.Errorf("%s is not a length of time; %s", quoted(text), suggestion(text, words, otherwise))
	}
	unit, err := parseUnit(parts[2])
	if err != nil {
		return Span{}, fmt.Errorf("%s is not a length of time: %w", quoted(text), err)
	}
	n, err := strconv.Atoi(parts[1])
	switch s := (Span{N: n, Unit: unit}); {
	case err != nil || s.Days() > longestDays:
		return Span{}, fmt.Errorf("%s is too long; want at most 100 years", quoted(text))
	case n == 0:
		least := []string{"at least 1 " + string(unit)}
		return Span{}, fmt.Errorf("%s is no time at all; want %s", quoted(text), alternatives(append(least, words...)))
	default:
		return s, nil
	}
}

// parseUnit reads a unit, in the singular or the plural.
func parseUnit(word string) (Unit, error) {
	units := []Unit{Day, Week, Month, Year}
	plurals := make([]string, len(units))
	for i, u := range units {
		plurals[i] = string(u) + "s"
		if word == string(u) || word == plurals[i] {
			return u, nil
		}
	}
	return "", errors.New(unknown("unit", word, plurals))
}

// UnmarshalText reads a span as [Span.MarshalText] writes it, from the settings in force.
func (s *Span) UnmarshalText(text []byte) (err error) {
	*s, err = parseSpan(string(text), []string{All, Forever, Lifetime, CalendarYear, MembershipYear, TierYear, None, Auto})
	return err
}
