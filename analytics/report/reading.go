package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/wording"
)

// words is the catalogue of the page's language.
type words = wording.Language

// reading is what is read of both publications, once for all sections.
type reading struct {
	night, before *publication.Publication // before: nil where there is none
	options       Options
	say           words
	settings      map[string]string // in force, by their full key

	// The customers of both nights, in order of id. was has, for each of tonight's, the place
	// among those of the night before, or -1; gone are the places of those who are no
	// customers any more. Nobody was there before the first night.
	now, then *publication.State
	was, gone []int

	atRisk *slipping // nil: the publication has no at_risk.csv
}

// remembered are the columns of the state that the page rests on.
var remembered = []*column.Column{column.LastDay}

func readAll(night, before *publication.Publication, o Options) (*reading, error) {
	r := &reading{night: night, before: before, options: o}
	var err error
	if r.settings, err = night.Settings.Flat(); err != nil {
		return nil, night.Damaged(publish.ManifestFile, err)
	}
	r.say = wording.In(cmp.Or(o.Language, r.settings["output.language"]))
	if r.now, err = night.ReadStateColumns(remembered...); err != nil {
		return nil, err
	}
	if before != nil {
		if r.then, err = before.ReadStateColumns(remembered...); err != nil {
			return nil, fmt.Errorf("the night before: %w", err)
		}
	}
	r.was, r.gone = r.then.Match(r.now.ID)
	r.atRisk, err = slippingOf(night)
	return r, err
}

// newcomers counts tonight's customers who were none on the night before.
func (r *reading) newcomers() int64 {
	n := int64(0)
	for _, at := range r.was {
		if at < 0 {
			n++
		}
	}
	return n
}

// groupsOf are the groups of a kind, in the order of segments.csv.
func groupsOf(p *publication.Publication, kind string) []publication.Group {
	if p == nil {
		return nil
	}
	var all []publication.Group
	for _, g := range p.Segments {
		if g.Kind == kind {
			all = append(all, g)
		}
	}
	return all
}

// labels give the names for people of the groups of a kind.
func (r *reading) labels(kind string) func(name string) string {
	return publication.LabelsIn(r.say, r.night, r.before).Kind(kind)
}

// mapped tells whether any source of the job maps a column.
func (r *reading) mapped(name string) bool {
	for key := range r.settings {
		if strings.HasPrefix(key, "sources.") && strings.HasSuffix(key, ".columns."+name) {
			return true
		}
	}
	return false
}

// attributes are those of what the job may map that say where customers are. Others may say
// who they are, and are not shown.
func (r *reading) attributes() []string {
	return slices.DeleteFunc([]string{"region", "channel"}, func(name string) bool { return !r.mapped(name) })
}
