package report

import (
	"cmp"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"

	"clientele/analytics/publication"
	"clientele/segment/quality"
)

// Segments is the section about scores and named segments.
type Segments struct {
	Text    string
	Drift   string // how far the scores have moved; empty: nothing to compare with
	Groups  Table
	Where   []Table // by region, channel and category
	Quality Table
}

func (p *Page) addSegments(r *reading) error {
	groups := groupsOf(r.night, "rfm")
	if len(groups) == 0 {
		p.leaveOut(r.say.Say("report.off.segments"))
		return nil
	}
	s := &Segments{
		Text:    r.say.Say("report.segments.text"),
		Groups:  r.segmentTable(groups),
		Quality: r.qualityTable(groups),
	}
	if d := r.night.Drift; d != nil && d.Moved != nil {
		s.Drift = r.say.Say("report.segments.drift", "unchanged", d.Moved.Unchanged, "segment", d.Moved.Segment, "since", d.Moved.Since)
	}
	for _, attribute := range r.attributes() {
		t, err := r.whereTable(attribute, groups)
		if errors.Is(err, publication.ErrNoColumn) {
			continue // the job leaves it out of its files
		}
		if err != nil {
			return err
		}
		s.Where = append(s.Where, t)
	}
	bought, err := r.categoryTable(groups)
	if err != nil {
		return err
	}
	if len(bought.Rows) > 0 {
		s.Where = append(s.Where, bought)
	}
	p.Segments = s
	return nil
}

// segmentTable is who the segments are.
func (r *reading) segmentTable(groups []publication.Group) Table {
	t := r.groupTable("segments", "rfm", r.say.Say("report.segments.caption"), r.say.Say("report.col.segment"))
	t.Head = append(t.Head, sentences(r.say.Say("report.col.rule"))...)
	for i, g := range groups {
		rule := ""
		if g.Quality != nil {
			rule = g.Quality.Rule
		}
		t.Rows[i] = append(t.Rows[i], Cell{Text: rule})
	}
	return t
}

// qualityTable says whether segments are worth having.
func (r *reading) qualityTable(groups []publication.Group) Table {
	say := r.say
	t := Table{ID: "quality", Caption: say.Say("report.quality.caption"), Note: say.Say("report.quality.note")}
	t.Head = texts(say.Say("report.col.segment"), say.Say("report.quality.distinct"), say.Say("report.quality.stable"),
		say.Say("report.quality.measurable"), say.Say("report.quality.reachable"), say.Say("report.quality.substantial"))
	for _, g := range groups {
		q := g.Quality
		if q == nil {
			continue
		}
		row := rowOf(r.labels(g.Kind)(g.Name))
		for _, v := range []quality.Verdict{q.Distinct, q.Stable, q.Measurable, q.Reachable, q.Substantial} {
			row = append(row, r.verdict(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (r *reading) verdict(v quality.Verdict) Cell {
	if v == "" {
		return Cell{Text: nothing}
	}
	return Cell{Text: r.say.SayOf("report.verdict", string(v)), Verdict: string(v)}
}

// shownPlaces is how many values of an attribute have a column of their own.
const shownPlaces = 6

// whereTable is where the customers of each segment are, beside all customers: the share of
// those of whom it is known.
func (r *reading) whereTable(attribute string, groups []publication.Group) (Table, error) {
	counts, err := countPlaces(r.night, attribute)
	if err != nil {
		return Table{}, err
	}
	shown := largestOf(counts.all, shownPlaces)
	title := r.say.SayOf("report.by_place", attribute)
	t := Table{ID: "where-" + attribute, Caption: title, Head: texts(r.say.Say("report.col.segment"))}
	t.Head = append(t.Head, numbers(shown...)...)
	add := func(label string, of map[string]int64, total int64) {
		row := rowOf(label)
		for _, value := range shown {
			share, all := float64(of[value])/float64(total), float64(counts.all[value])/float64(counts.total)
			row = append(row, Cell{Text: percent(share), Verdict: apart(share, all, total)})
		}
		t.Rows = append(t.Rows, row)
	}
	add(r.say.Say("report.all"), counts.all, counts.total)
	for _, g := range groups {
		if of := counts.of[g.Name]; counts.known[g.Name] > 0 {
			add(r.labels(g.Kind)(g.Name), of, counts.known[g.Name])
		}
	}
	if more := len(counts.all) - len(shown); more > 0 {
		t.Note = r.say.Say("report.where.more", "more", more)
	}
	return t, nil
}

// apart tells whether the share of some customers is further from that of all than chance
// would have it: by two standard errors, which one in twenty is by chance.
func apart(share, all float64, customers int64) string {
	const standardErrors = 2
	switch off := (share - all) / math.Sqrt(all*(1-all)/float64(customers)); {
	case off >= standardErrors:
		return "above"
	case off <= -standardErrors:
		return "below"
	}
	return ""
}

// places counts customers by segment and by a value of an attribute. Who has none is not
// counted.
type places struct {
	all   map[string]int64
	of    map[string]map[string]int64
	known map[string]int64
	total int64
}

func countPlaces(p *publication.Publication, attribute string) (*places, error) {
	c := &places{all: map[string]int64{}, of: map[string]map[string]int64{}, known: map[string]int64{}}
	names := interner{}
	err := p.EachCustomerTexts([]string{"segment", attribute}, func(cells []string) {
		segment, value := names.copy(cells[0]), names.copy(cells[1])
		if value == "" {
			return
		}
		if c.of[segment] == nil {
			c.of[segment] = map[string]int64{}
		}
		c.of[segment][value]++
		c.all[value]++
		c.known[segment]++
		c.total++
	})
	return c, err
}

// largestOf are the names with the greatest counts.
func largestOf(counts map[string]int64, most int) []string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b)) })
	return names[:min(most, len(names))]
}

// interner keeps one copy of each text.
type interner map[string]string

func (in interner) copy(text string) string {
	if kept, known := in[text]; known {
		return kept
	}
	text = strings.Clone(text)
	in[text] = text
	return text
}
