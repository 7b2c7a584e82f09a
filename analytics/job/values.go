package job

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// text reads text that must not be empty.
func (s *section) text(key string, into *string) {
	text, ok := s.scalar(key, "text")
	switch v := s.value(key); {
	case !ok:
	case v.anchor != "" && !v.used && s.mapsExpressions():
		s.fail(key, "%s", "&"+v.anchor+" is a name for the value to YAML, and nothing refers to it"+s.mending(v.at))
	case text == "":
		s.fail(key, "is empty; give a value or remove the key")
	default:
		*into = text
	}
}

// required reads text that has no default; what says what to give.
func (s *section) required(key, what string, into *string) {
	if s.value(key) == nil {
		s.missing(key, what)
		return
	}
	s.text(key, into)
}

// decimal is how a number is written: not as hexadecimal, `1_000` or `inf`,
// all of which strconv would take.
var decimal = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)

// number reads a finite number in a range and tells whether there was one.
func (s *section) number(key string, into *float64, within interval) bool {
	text, ok := s.scalar(key, "a number")
	if !ok {
		return false
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case strings.HasSuffix(text, "%"):
		s.fail(key, "%s is not a number; write a fraction, such as 0.05 for 5%%", quoted(text))
	case !decimal.MatchString(text):
		s.fail(key, "%s is not a number", quoted(text))
	case err != nil || math.IsInf(v, 0):
		s.fail(key, "%s is too large for a number", text)
	case !within.contains(v):
		s.fail(key, "%s is out of range; want %s", text, within)
	default:
		*into = v
		return true
	}
	return false
}

// share reads a share of a whole, as a fraction or in per cent: 0.01 or 1%.
func (s *section) share(key string, into *float64) {
	text, ok := s.scalar(key, "a share such as 1% or 0.01")
	if !ok {
		return
	}
	digits, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if percent {
		v /= 100
	}
	switch {
	case err != nil || !decimal.MatchString(strings.TrimSpace(digits)):
		s.fail(key, "%s is not a share; want a percentage or a fraction, such as 1%% or 0.01", quoted(text))
	case v < 0 || v > 1:
		s.fail(key, "%s is out of range; want 0 to 1, or 0%% to 100%%", text)
	default:
		*into = v
	}
}

// whole reads a whole number in a range.
func (s *section) whole(key string, into *int, within interval) {
	text, ok := s.scalar(key, "a whole number")
	if !ok {
		return
	}
	v, err := strconv.Atoi(text)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		s.fail(key, "%s is not a whole number", quoted(text))
	case err != nil || !within.contains(float64(v)):
		s.fail(key, "%s is out of range; want %s", text, within)
	default:
		*into = v
	}
}

// span reads a length of time, or one of the words allowed in its place.
func (s *section) span(key string, into *Span, words ...string) {
	use := append([]string{"a length of time such as 12 months"}, words...)
	if v := s.value(key); v == nil {
		return
	}
	text, ok := s.scalar(key, alternatives(use))
	if !ok {
		return
	}
	span, err := parseSpan(text, words)
	if err != nil {
		s.fail(key, "%v", err)
		return
	}
	*into = span
}

// choice reads one of the words allowed; what names the sort of word it is.
func choice[T ~string](s *section, key, what string, into *T, allowed ...T) {
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	if v := s.value(key); v == nil {
		return
	}
	text, ok := s.scalar(key, alternatives(words))
	switch {
	case !ok:
	case !slices.Contains(words, text):
		s.fail(key, "%s", unknown(what, text, words))
	default:
		*into = T(text)
	}
}

// truth reads true or false.
func (s *section) truth(key string, into *bool) {
	text, ok := s.scalar(key, "true or false")
	switch {
	case !ok:
	case s.value(key).isOff():
		*into = false
	case !strings.EqualFold(text, "true"):
		s.fail(key, "%s is neither true nor false", quoted(text))
	default:
		*into = true
	}
}

// unknown is the message about a word that is not one of those allowed.
func unknown(what, word string, allowed []string) string {
	return "unknown " + what + " " + quoted(word) + "; " +
		suggestion(word, allowed, "want "+alternatives(allowed))
}
