package compare

import (
	"clientele/internal/wording"
	"clientele/segment"
	"clientele/segment/lifecycle"
)

// Label is a group's name for people in a language, which need not be that of the night
// whose group it is. A name that the job file gives is the same in all.
func (r *Report) Label(say wording.Language, g Group) string {
	switch g.Kind {
	case "stage":
		return lifecycle.Stage(g.Name).Label(say)
	case "rfm":
		for _, table := range r.tables {
			if scheme, named := segment.Named(table); named && (scheme.Has(g.Name) || g.Name == segment.Others) {
				return scheme.Label(say, g.Name)
			}
		}
		if g.Name == segment.Others {
			return segment.Scheme{}.Label(say, g.Name)
		}
	}
	return g.Label
}
