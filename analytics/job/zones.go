package job

import (
	_ "embed"
	"strings"
)

// zoneList is the principal time zones, one per line: what a mistyped name is
// compared with. Any name in the time zone database is accepted, listed or not.
//
//go:embed zones.txt
var zoneList string

// zoneSuggestion finds the zone that was probably meant: most often only the
// city was given, or a name in small letters.
func zoneSuggestion(name string) string {
	zones := strings.Fields(zoneList)
	city := folded(name)
	for _, zone := range zones {
		if folded(zone[strings.LastIndexByte(zone, '/')+1:]) == city {
			return "did you mean " + quoted(zone) + "?"
		}
	}
	return suggestion(name, zones, "want a name of the time zone database such as Europe/London, or UTC")
}
