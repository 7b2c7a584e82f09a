package publication

import (
	"clientele/analytics/publication/column"
	"clientele/internal/wording"
	"clientele/segment"
	"clientele/segment/lifecycle"
	"clientele/segment/quality"
)

// Labels are the names of groups for people in a language, which need not be that of the
// nights whose groups they are. A name that the job file gives is the same in all.
type Labels struct {
	say    wording.Language
	labels map[[2]string]string // by kind and name
	tables []segment.Scheme     // of segments
}

// LabelsIn are those of the groups of some nights, the newest first; nil ones are passed
// over.
func LabelsIn(say wording.Language, nights ...*Publication) Labels {
	l := Labels{say: say, labels: map[[2]string]string{}}
	for _, night := range nights {
		if night == nil {
			continue
		}
		if table, named := night.segmentTable(); named {
			l.tables = append(l.tables, table)
		}
		levels := l.levels(night.Segments)
		for _, g := range night.Segments {
			if key := [2]string{g.Kind, g.Name}; l.labels[key] == "" {
				l.labels[key] = g.Label
				if label := levels[g.Name]; g.Kind == byLevel && label != "" {
					l.labels[key] = label
				}
			}
		}
	}
	return l
}

// byLevel is the kind of groups that the pyramid has.
const byLevel = "pyramid"

// segmentTable is the table that a night's segments are of; named is false where the job
// file lists its own.
func (p *Publication) segmentTable() (table segment.Scheme, named bool) {
	settings, err := p.Settings.Flat()
	if err != nil {
		return table, false
	}
	return segment.Named(settings["rfm.segments"])
}

// levels are the names of the pyramid's levels, by their keys.
func (l Labels) levels(groups []Group) map[string]string {
	labels, n := map[string]string{}, 0
	add := func(level, of int) string {
		key, label := quality.LevelName(l.say, level, of)
		labels[key] = label
		return key
	}
	loss := add(quality.Loss, 0)
	for _, g := range groups {
		if g.Kind == byLevel && g.Name != loss {
			n++
		}
	}
	for level := range n {
		add(level, n)
	}
	return labels
}

// Of is what a group of a kind is called.
func (l Labels) Of(kind, name string) string {
	switch {
	case name == "" && kind == column.ByTier.Name:
		return l.say.Say("group.no_tier")
	case name == "":
		return l.say.Say("group.none")
	case kind == column.ByStage.Name && l.say.Has("stage.name", name):
		return lifecycle.Stage(name).Label(l.say)
	case kind == column.BySegment.Name:
		if label := l.segment(name); label != "" {
			return label
		}
	}
	if label := l.labels[[2]string{kind, name}]; label != "" {
		return label
	}
	return name
}

// segment is what the program calls a segment; empty: the job file names it.
func (l Labels) segment(name string) string {
	for _, table := range l.tables {
		if table.Has(name) || name == segment.Others {
			return table.Label(l.say, name)
		}
	}
	if name == segment.Others {
		return segment.Scheme{}.Label(l.say, name)
	}
	return ""
}

// Kind are the names of the groups of one kind.
func (l Labels) Kind(kind string) func(name string) string {
	return func(name string) string { return l.Of(kind, name) }
}

// In are groups with their names in the language.
func (l Labels) In(groups []Group) []Group {
	all := make([]Group, len(groups))
	for i, g := range groups {
		all[i] = g
		all[i].Label = l.Of(g.Kind, g.Name)
	}
	return all
}
