// Package shapes has what engines take: one file for each, which says how rows, ids and
// values are written. They are data and part of the program, and know no publication.
package shapes

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// Shape is how one engine takes customers.
type Shape struct {
	Name  string `yaml:"shape"`
	Title string `yaml:"title"`
	// How is what to do with the files, in a sentence.
	How string `yaml:"how"`
	// Sources are the pages of the vendor that it follows, and Unverified what they do not say.
	Sources    []string `yaml:"sources"`
	Unverified []string `yaml:"unverified"`

	// Format is csv, or jsonl: each line is one request.
	Format Format `yaml:"format"`
	// Batch is how much a request holds at most, and Envelope the request, in which the text
	// $rows stands for the list of rows.
	Batch    Batch         `yaml:"batch"`
	Envelope yaml.MapSlice `yaml:"envelope"`
	// Row is one row of JSON. The key $ids stands for those of the customer, and $properties
	// for all else.
	Row yaml.MapSlice `yaml:"row"`

	// IDs are the fields that tell whose the row is, with the column of customers that they
	// have unless the job file says another; empty: it must say one. OtherIDs are fields that
	// a job file may add; * stands for any.
	IDs      Fields   `yaml:"ids"`
	OtherIDs []string `yaml:"other_ids"`

	// Days are written as date (2026-06-30), or as time (2026-06-30T00:00:00Z).
	Days string `yaml:"days"`
	// Empty is how an empty text is written in JSON, and Nothing how another empty value is.
	Empty   Empty `yaml:"empty"`
	Nothing Empty `yaml:"nothing"`

	// Profiles, Tiers and Lists are the fields of each kind of file: theirs, and our column.
	Profiles Fields `yaml:"profiles"`
	Tiers    Fields `yaml:"tiers"`
	Lists    Fields `yaml:"lists"`
	// EachChange: the file of tiers has a row for each change. Otherwise a row sets what the
	// engine holds of a customer, and only the last change of the night counts.
	EachChange bool `yaml:"each_change"`
}

// Format is that of a file.
type Format string

// The formats.
const (
	CSV   Format = "csv"
	JSONL Format = "jsonl"
)

// Batch is how much a request holds at most.
type Batch struct {
	Rows  int `yaml:"rows"`
	Bytes int `yaml:"bytes"` // 0: not said
}

// Empty is how an empty value is written in JSON.
type Empty string

// The ways.
const (
	Blank Empty = "blank" // ""
	Null  Empty = "null"
	Omit  Empty = "omit" // the field is left out
)

// Field is one of theirs and our column.
type Field struct {
	Name, Column string
}

// Fields are in the order of the file.
type Fields []Field

// UnmarshalYAML reads a mapping.
func (f *Fields) UnmarshalYAML(unmarshal func(any) error) error {
	var items yaml.MapSlice
	if err := unmarshal(&items); err != nil {
		return err
	}
	for _, item := range items {
		column, _ := item.Value.(string)
		*f = append(*f, Field{fmt.Sprint(item.Key), column})
	}
	return nil
}

// All are all shapes, by name.
var All = read()

func read() (all []*Shape) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		s := &Shape{}
		if err := yaml.UnmarshalWithOptions(text, s, yaml.Strict(), yaml.UseOrderedMap()); err != nil {
			panic(fmt.Sprintf("shapes: %s: %v", name, err)) // it is a part of the program
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *Shape) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Names are the names of all shapes.
func Names() (names []string) {
	for _, s := range All {
		names = append(names, s.Name)
	}
	return names
}

// Named finds a shape.
func Named(name string) (*Shape, bool) {
	i := slices.IndexFunc(All, func(s *Shape) bool { return s.Name == name })
	if i < 0 {
		return nil, false
	}
	return All[i], true
}

// TakesID tells whether a field may tell whose a row is.
func (s *Shape) TakesID(field string) bool {
	return slices.Contains(s.IDNames(), field) || slices.Contains(s.OtherIDs, "*")
}

// IDNames are the fields that may tell whose a row is.
func (s *Shape) IDNames() (names []string) {
	for _, f := range s.IDs {
		names = append(names, f.Name)
	}
	return append(names, s.OtherIDs...)
}

// MarshalJSON writes the fields as a mapping, in their order.
func (f Fields) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, field := range f {
		if i > 0 {
			b = append(b, ',')
		}
		for at, text := range []string{field.Name, field.Column} {
			part, err := json.Marshal(text)
			if err != nil {
				return nil, err
			}
			if at > 0 {
				b = append(b, ':')
			}
			b = append(b, part...)
		}
	}
	return append(b, '}'), nil
}
