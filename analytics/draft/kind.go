package draft

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"clientele/analytics/job"
)

// kindFiles are the kinds of export that are known, one file for each; see
// kinds/README.md.
//
//go:embed kinds/*.yaml
var kindFiles embed.FS

// kind is a known kind of export.
type kind struct {
	Kind  string `yaml:"kind"`
	Title string `yaml:"title"`
	// Row is what one row is, in words.
	Row string `yaml:"row"`
	// Needs are the columns that tell the kind; all of them must be there.
	Needs []string `yaml:"needs"`
	// Not are columns that tell that it is another kind.
	Not []string `yaml:"not"`
	// Format, where only one suits.
	Format job.Format `yaml:"format"`
	// Names are other names of its columns, such as those in other languages.
	Names map[string][]string `yaml:"names"`

	Columns columnChoices `yaml:"columns"`
	// Where are the conditions that all must hold, Returns those of which one does.
	Where   choices `yaml:"where"`
	Returns choices `yaml:"returns"`
	// FillDown are the columns that an order's first line has alone.
	FillDown []string `yaml:"fill_down"`
	AmountIs choices  `yaml:"amount_is"`
	Records  choices  `yaml:"records"`
	Dates    choices  `yaml:"dates"`
	Numbers  choices  `yaml:"numbers"`
	Encoding choices  `yaml:"encoding"`
	Currency choices  `yaml:"currency"`
	Exclude  []string `yaml:"exclude_products"`
	// Timezone is that of the export's times, if it is the same for all shops; Zone and
	// Money are the zone and the currency of most shops that have such exports.
	Timezone choices `yaml:"timezone"`
	Zone     string  `yaml:"zone"`
	Money    string  `yaml:"money"`
	// Refused says why no job can be made of it, and what to export instead.
	Refused string `yaml:"refused"`
	// Joins are other files that belong to it, in order; Beside are those that come
	// with it and are not read.
	Joins  []kindFile `yaml:"join"`
	Beside []kindFile `yaml:"beside"`
	// Notes are lines above the source.
	Notes []string `yaml:"notes"`
}

// kindFile is another file that comes with a kind's own.
type kindFile struct {
	As    string   `yaml:"as"`
	Needs []string `yaml:"needs"`
	Not   []string `yaml:"not"`
	On    []string `yaml:"on"`
	Why   string   `yaml:"why"`
	// Optional: the kind is known without the file.
	Optional bool `yaml:"optional"`
}

// choice is one way to say something: a value with {columns} in it, which holds
// where the export has them all.
type choice struct {
	Is  string `yaml:"is"`
	Why string `yaml:"why"`
	// Sum, instead of Is, adds up the columns of these that are there; Less takes the size of
	// these off, whichever sign the export gives them.
	Sum  []string `yaml:"sum"`
	Less []string `yaml:"less"`
	// Two, instead of Is, are a column of days and one of the time of day.
	Two []string `yaml:"two"`
}

// choices are in order of preference. A text alone is one choice.
type choices []choice

// UnmarshalYAML reads a text or a list.
func (c *choices) UnmarshalYAML(unmarshal func(any) error) error {
	var text string
	if unmarshal(&text) == nil {
		*c = choices{{Is: text}}
		return nil
	}
	var list []choice
	if err := unmarshal(&list); err != nil {
		return err
	}
	*c = list
	return nil
}

// columnChoices are the choices of each column of ours.
type columnChoices map[string]choices

// kinds are all known kinds. Those that need more columns come first, since
// they say more.
var kinds = readKinds()

func readKinds() []*kind {
	names, err := fs.Glob(kindFiles, "kinds/*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var all []*kind
	for _, name := range names {
		text, err := kindFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		k := &kind{}
		if err := yaml.UnmarshalWithOptions(text, k, yaml.Strict()); err != nil {
			panic(fmt.Sprintf("draft: %s: %v", name, err)) // it is a part of the program
		}
		all = append(all, k)
	}
	slices.SortStableFunc(all, func(a, b *kind) int { return len(b.Needs) - len(a.Needs) })
	return all
}

// matches tells whether a table is of the kind.
func (k *kind) matches(t *table) bool {
	if k.Format != "" && k.Format != t.look.Format {
		return false
	}
	return k.has(t, k.Needs, k.Not)
}

// has tells whether a table has all of some columns and none of others.
func (k *kind) has(t *table, needs, not []string) bool {
	for _, n := range needs {
		if k.column(t, n) == nil {
			return false
		}
	}
	for _, n := range not {
		if k.column(t, n) != nil {
			return false
		}
	}
	return true
}

// column finds a column of the kind in a table, by any of its names.
func (k *kind) column(t *table, name string) *column {
	for _, n := range append([]string{name}, k.Names[name]...) {
		if c := t.named(n); c != nil {
			return c
		}
	}
	return nil
}

// place is where a column stands in the text of a choice.
var place = regexp.MustCompile(`\{([^{}]+)\}`)

// find finds a column in the tables, the first that has it. One without a value in it
// is none.
func (k *kind) find(name string, tables []*table) *column {
	for _, t := range tables {
		if found := k.column(t, name); found != nil && (found.filled > 0 || len(t.look.Rows) == 0) {
			return found
		}
	}
	return nil
}

// unmasked are the choices whose columns tell people apart.
func (k *kind) unmasked(of choices, tables []*table) choices {
	return slices.DeleteFunc(slices.Clone(of), func(c choice) bool {
		return slices.ContainsFunc(place.FindAllString(c.Is, -1), func(p string) bool {
			found := k.find(p[1:len(p)-1], tables)
			return found != nil && found.masked()
		})
	})
}

// sum adds up the columns that are there and takes off others.
func (k *kind) sum(c choice, tables []*table) (string, bool) {
	parts := k.parts(c.Sum, tables)
	var value strings.Builder
	value.WriteString(strings.Join(parts, " + "))
	for _, less := range k.parts(c.Less, tables) {
		value.WriteString(" - abs(" + less + ")")
	}
	return value.String(), len(parts) > 0
}

// parts are the columns that are there, for a sum; an empty cell is nothing.
func (k *kind) parts(names []string, tables []*table) (parts []string) {
	for _, name := range names {
		c := k.find(name, tables)
		if c == nil {
			continue
		}
		part := identifier(c.name)
		if c.fill(tables[0]) < 1 {
			part = "coalesce(" + part + ", 0)"
		}
		parts = append(parts, part)
	}
	return parts
}

// fill writes a choice with the columns of the tables; ok is false where one is missing.
func (k *kind) fill(c choice, tables ...*table) (value string, ok bool) {
	find := func(name string) *column { return k.find(name, tables) }
	if len(c.Sum) > 0 {
		return k.sum(c, tables)
	}
	ok = true
	whole := place.FindString(c.Is) == c.Is
	value = place.ReplaceAllStringFunc(c.Is, func(s string) string {
		found := find(s[1 : len(s)-1])
		switch {
		case found == nil:
			ok = false
			return ""
		case whole:
			return found.name
		}
		return identifier(found.name)
	})
	return value, ok
}

// decide takes the first of the choices that the tables have, and the rest as
// what else it could be; nil where none is there.
func (k *kind) decide(key string, of choices, tables ...*table) *Decision {
	var d *Decision
	for _, c := range of {
		if len(c.Two) > 0 && d == nil {
			if day, clock := k.find(c.Two[0], tables), k.find(c.Two[1], tables); day != nil && clock != nil {
				return &Decision{Key: key, List: []string{day.name, clock.name}, Why: c.Why, Sure: Known}
			}
			continue
		}
		value, ok := k.fill(c, tables...)
		switch {
		case !ok:
		case d == nil:
			d = &Decision{Key: key, Value: value, Why: c.Why, Sure: Known}
		default:
			d.Others = append(d.Others, Other{value, c.Why})
		}
	}
	return d
}

// all joins the choices that the tables have into one condition.
func (k *kind) all(key, with string, of choices, tables ...*table) *Decision {
	var parts, whys []string
	for _, c := range of {
		if value, ok := k.fill(c, tables...); ok {
			parts = append(parts, value)
			whys = append(whys, c.Why)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	if len(parts) > 1 {
		for i, p := range parts {
			parts[i] = "(" + p + ")"
		}
	}
	return &Decision{
		Key: key, Value: strings.Join(parts, " "+with+" "), Sure: Known, several: len(parts) > 1,
		Why: strings.Join(slices.DeleteFunc(whys, func(w string) bool { return w == "" }), "; "),
	}
}

// plainName is a name that SQL takes without quotes.
var plainName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// reserved are words of SQL that are no names without quotes: DuckDB's.
var reserved = strings.Fields(`all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
	default deferrable desc describe distinct do else end except false fetch for foreign from glob grant group having in initially intersect into
	is join lambda lateral leading left like limit natural not null offset on only or order outer overlaps pivot placing positional primary qualify
	references returning right select semi show similar some summarize symmetric table tablesample then to trailing true union unique unpivot using
	values variadic verbose when where window with date time timestamp interval`)

// identifier is a column's name within an expression.
func identifier(name string) string {
	if plainName.MatchString(name) && !slices.Contains(reserved, strings.ToLower(name)) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// text is a text within an expression.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
