package job

// Numbers says how an export writes its numbers: the word auto, or 1234.56
// written in its way.
type Numbers string

// The ways to write numbers that a source may state.
const (
	AutoNumbers       Numbers = "auto" // as the whole column shows
	CommaPointNumbers Numbers = "1,234.56"
	PointCommaNumbers Numbers = "1.234,56"
	SpaceCommaNumbers Numbers = "1 234,56"
	ApostropheNumbers Numbers = "1'234.56"
	IndianNumbers     Numbers = "12,34,567.89"
)

// readNumbers reads how a source writes its numbers.
func readNumbers(s *section, into *Numbers) {
	choice(s, "numbers", "way to write numbers", into,
		AutoNumbers, CommaPointNumbers, PointCommaNumbers, SpaceCommaNumbers, ApostropheNumbers, IndianNumbers)
}
