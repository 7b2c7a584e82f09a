package column

import (
	"sync"

	"clientele/internal/wording"
)

// Heading is what a column is called in files for spreadsheets, in a language: in English
// its name. Columns that the catalogue does not know, such as mapped attributes, keep their
// names.
func Heading(say wording.Language, name string) string {
	if say.Has("heading", name) {
		return say.SayOf("heading", name)
	}
	return name
}

// NameOf is the name of the column with a heading, whatever the language; a heading that
// is none is a name itself.
func NameOf(heading string) string {
	if name, is := headings()[heading]; is {
		return name
	}
	return heading
}

// NamesOf are those of the columns of a file, by its first line.
func NamesOf(header []string) []string {
	names := make([]string, len(header))
	for i, heading := range header {
		names[i] = NameOf(heading)
	}
	return names
}

// headings are those of all columns that are no names, with what they are of.
var headings = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, language := range wording.Languages {
		say := wording.In(language)
		for _, c := range All() {
			if heading := Heading(say, c.Name); heading != c.Name {
				names[heading] = c.Name
			}
		}
	}
	return names
})

// All are the columns of customers and of all lists; names that several have are there as
// often.
func All() []*Column {
	all := append([]*Column{}, Customers...)
	for _, l := range Lists {
		all = append(all, l.Columns...)
	}
	return all
}
