package draft

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"clientele/analytics/job"
)

// Write writes the job file: each line with what was decided and why beside it,
// and what else it could have been as lines that are comments.
func (d *Draft) Write(w io.Writer) error {
	f := &file{}
	f.comment(0, "Drafted by clientele init from the names of the columns and the rows of the exports.")
	f.comment(0, "Lines that begin with # are not in force: take the # away to use one.")
	f.job(d.Job)
	f.blank()
	f.line(0, "sources:")
	for _, s := range d.Sources {
		f.source(s)
	}
	for _, u := range d.Unused {
		f.blank()
		f.comment(2, "Not used: "+u.Path+": "+u.Why+".")
	}
	_, err := io.WriteString(w, f.String())
	return err
}

// job writes what holds for all sources.
func (f *file) job(decisions []Decision) {
	section := ""
	for _, decision := range decisions {
		indent := 0
		if in, key, below := strings.Cut(decision.Key, "."); below {
			if in != section {
				f.line(0, in+":")
				section = in
			}
			decision.Key, indent = key, 2
		}
		f.decision(indent, decision)
	}
}

// file is a job file that grows.
type file struct{ strings.Builder }

func (f *file) line(indent int, text string) {
	f.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

func (f *file) blank() { f.WriteString("\n") }

// commentWidth is where a comment goes on to the next line.
const commentWidth = 110

// comment writes a sentence as lines that are comments. An end of a line in a
// name must not end the comment.
func (f *file) comment(indent int, text string) {
	line := "#"
	for word := range strings.FieldsSeq(oneLine(text)) {
		if len(line) > 1 && len(line)+len(word) >= commentWidth-indent {
			f.line(indent, line)
			line = "#"
		}
		line += " " + word
	}
	f.line(indent, line)
}

func (f *file) source(s *Source) {
	const at, in = 4, 6
	f.comment(2, s.Title+".")
	for _, about := range s.About {
		f.comment(2, about)
	}
	f.line(2, "- path: "+job.YAMLText(s.Path))
	f.line(at, "columns:")
	for _, d := range s.Decisions {
		if name, is := strings.CutPrefix(d.Key, "columns."); is {
			d.Key = name
			f.decision(in, d)
		}
	}
	for _, d := range s.Decisions {
		if !strings.HasPrefix(d.Key, "columns.") && d.Key != "join" {
			f.decision(at, d)
		}
	}
	f.joins(at, s)
}

// joins writes the files that are joined.
func (f *file) joins(indent int, s *Source) {
	first := true
	for _, d := range s.Decisions {
		if d.Key != "join" {
			continue
		}
		if first {
			f.line(indent, "join:")
			first = false
		}
		if d.Why != "" {
			f.comment(indent+2, d.Why+".")
		}
		f.line(indent+2, "- path: "+job.YAMLText(d.Value))
		if d.Sheet != "" {
			f.line(indent+4, "sheet: "+job.YAMLText(d.Sheet))
		}
		if as := d.List[0]; as != "" {
			f.line(indent+4, "as: "+job.YAMLText(as))
		}
		f.line(indent+4, "on: "+listOrText(d.List[1:]))
	}
}

// decision writes one line, with what there is to say about it.
func (f *file) decision(indent int, d Decision) {
	line := d.Key + ": " + valueOf(d)
	if d.Off {
		line = "# " + line
	}
	said := reason(d)
	const beside = 60 // a longer line has its comment above
	switch {
	case said == "":
		f.line(indent, line)
	case len(line)+len(said)+indent < commentWidth && len(line) < beside:
		f.line(indent, line+strings.Repeat(" ", max(2, 34-len([]rune(line))-indent))+"# "+said)
	default:
		f.comment(indent, said)
		f.line(indent, line)
	}
	for _, o := range d.Others {
		other := "# " + d.Key + ": " + job.YAMLText(o.Value)
		if o.Why != "" {
			other += "  # " + oneLine(o.Why)
		}
		f.line(indent, other)
	}
}

func reason(d Decision) string {
	why := oneLine(d.Why)
	switch {
	case d.Off || d.Sure == Known:
		return why
	case why == "":
		return d.Sure.String()
	}
	return d.Sure.String() + ": " + why
}

// oneLine is a text without what would end a comment or give orders to a terminal.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }), " ")
}

// alwaysLists are keys that take no text alone.
var alwaysLists = []string{"fill_down", "exclude_products"}

func valueOf(d Decision) string {
	switch {
	case slices.Contains(alwaysLists, d.Key):
		return listOf(d.List)
	case len(d.List) > 0:
		return listOrText(d.List)
	}
	return job.YAMLText(d.Value)
}

// listOrText writes a list in brackets, or the one text that it has.
func listOrText(values []string) string {
	if len(values) == 1 {
		return job.YAMLText(values[0])
	}
	return listOf(values)
}

func listOf(values []string) string {
	all := slices.Clone(values)
	for i, v := range all {
		all[i] = job.YAMLListed(v)
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// Table is what was decided, for people: rows of the key, the value, how sure it
// is and why.
func (d *Draft) Table() [][]string {
	var rows [][]string
	for _, decision := range d.Job {
		rows = append(rows, rowOf("", decision))
	}
	for _, s := range d.Sources {
		for _, decision := range s.Decisions {
			rows = append(rows, rowOf(s.Path, decision))
		}
	}
	return slices.DeleteFunc(rows, func(r []string) bool { return r == nil })
}

func rowOf(path string, d Decision) []string {
	if d.Off {
		return nil
	}
	value := d.Value
	if len(d.List) > 0 && d.Key != "join" {
		value = strings.Join(d.List, ", ")
	}
	why := oneLine(d.Why)
	if len(d.Others) > 0 {
		var others []string
		for _, o := range d.Others {
			others = append(others, o.Value)
		}
		why += fmt.Sprintf(" (or %s)", strings.Join(others, ", "))
	}
	return []string{path, d.Key, value, d.Sure.String(), strings.TrimSpace(why)}
}
