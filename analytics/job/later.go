package job

import "slices"

// laterValues are the values of the contract that this version does not act
// on, by key. `a list` is any list.
var laterValues = map[string][]string{
	"engine": {"spark"},
}

// later refuses a value of a later version and says what to use in its place.
// A mapping goes by its first key: that is the engine in `engine: {spark: ...}`.
func (s *section) later(key string, v *node, use []string) bool {
	var value string
	switch v.kind {
	case scalar:
		value = v.text
	case mapping:
		if len(v.entries) > 0 {
			value = v.entries[0].key
		}
	case list, empty:
		value = v.String()
	}
	if !slices.Contains(laterValues[s.key(key)], value) {
		return false
	}
	s.fail(key, "%s is not available in this version; use %s", value, alternatives(use))
	return true
}
