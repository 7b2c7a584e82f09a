package job

import (
	"fmt"
	"regexp"
	"strconv"
)

// Nights is a number of publications, written `400 nights`; 0: all of them.
type Nights int

// fewestNights are tonight and the night that it follows: without that one, tonight could not
// be run again as it was. mostNights is a hundred years of them.
const (
	fewestNights = 2
	mostNights   = 36525
)

// numberOfNights is how they are written.
var numberOfNights = regexp.MustCompile(`^(\d+)\s*nights?$`)

// nights reads a number of nights, or all.
func (s *section) nights(key string, into *Nights) {
	text, ok := s.scalar(key, "a number of nights such as 400 nights, or all")
	if !ok {
		return
	}
	if err := into.UnmarshalText([]byte(text)); err != nil {
		s.fail(key, "%v", err)
	}
}

// UnmarshalText reads a number of nights.
func (n *Nights) UnmarshalText(text []byte) error {
	if string(text) == All {
		*n = 0
		return nil
	}
	parts := numberOfNights.FindSubmatch(text)
	if parts == nil {
		return fmt.Errorf("%s is no number of nights; want a number such as 400 nights, or all", quoted(string(text)))
	}
	count, err := strconv.Atoi(string(parts[1]))
	if err != nil || count < fewestNights || count > mostNights {
		return fmt.Errorf("%s is out of range; want %d to %d nights, or all", text, fewestNights, mostNights)
	}
	*n = Nights(count)
	return nil
}

// MarshalText writes them as the job file does, for the settings in force.
func (n Nights) MarshalText() ([]byte, error) {
	if n == 0 {
		return []byte(All), nil
	}
	return fmt.Appendf(nil, "%d nights", int(n)), nil
}
