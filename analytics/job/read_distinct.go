package job

import (
	"slices"
	"strconv"
)

// readDistinct reads a list of texts, each once: what says what one of them is, such as a
// column, and wanted what the list is. given tells whether the key is there.
func readDistinct(s *section, key, what, wanted string) (out []string, given bool) {
	items, given := s.items(key, wanted)
	for i, item := range items {
		path := join(s.key(key), strconv.Itoa(i))
		switch {
		case item.kind != scalar:
			s.report(item.at, path, "%s is not a %s; want %s", item, what, wanted)
		case item.text == "":
			s.report(item.at, path, "is empty; give a %s or remove it", what)
		case slices.Contains(out, item.text):
			s.report(item.at, path, "%s is listed twice; keep one", quoted(item.text))
		default:
			out = append(out, item.text)
		}
	}
	return out, given
}
