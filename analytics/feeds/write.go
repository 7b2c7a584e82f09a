package feeds

import (
	"fmt"
	"io"
	"strings"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Folder is that of all feeds in a publication.
const Folder = "feeds"

// Feed is what an engine is given.
type Feed struct {
	Shape *shapes.Shape
	// IDs say whose a row is, and Properties what a profile has: their names, and columns of
	// customers.
	IDs, Properties shapes.Fields
	// Profiles, Tiers and Lists say which files are written; of lists, one for each channel.
	Profiles, Tiers, Lists bool
}

// Nameless counts customers of a file who have none of the ids that its engine knows, and are
// left out.
type Nameless struct {
	File      string
	Customers int64
}

// Create makes a file in the publication, to which write writes. That gives the number of
// rows, of JSON that of lines.
type Create func(file string, write func(io.Writer) (int64, error)) error

// Write writes all files of a feed.
func (f *Feed) Write(p *publication.Publication, create Create) ([]Nameless, error) {
	known, err := f.people(p)
	if err != nil {
		return nil, err
	}
	var all []Nameless
	for _, s := range f.sources(p, known) {
		file := fmt.Sprintf("%s/%s/%s.%s", Folder, f.Shape.Name, s.name, f.Shape.Format)
		var missing int64
		err := create(file, func(w io.Writer) (rows int64, err error) {
			rows, missing, err = f.writeRows(w, s)
			return rows, err
		})
		if err != nil {
			return nil, err
		}
		if missing > 0 {
			all = append(all, Nameless{file, missing})
		}
	}
	return all, nil
}

// sources are the files of the feed, before they have a shape.
func (f *Feed) sources(p *publication.Publication, known *people) (all []source) {
	if f.Profiles {
		all = append(all, f.profiles(p))
	}
	if f.Tiers {
		all = append(all, f.tiers(p, known))
	}
	if f.Lists {
		for _, file := range p.FilesOf(column.Contacts) {
			all = append(all, f.list(p, file, known))
		}
	}
	return all
}

// output takes the rows of a file. Its end gives how many rows, or lines of JSON, there are.
type output interface {
	add(ids, cells []string) error
	end() (int64, error)
}

// writeRows writes rows as the shape's format has them.
func (f *Feed) writeRows(w io.Writer, s source) (rows, nameless int64, err error) {
	var out output
	if f.Shape.Format == shapes.CSV {
		out = newTable(w, f.IDs, s.fields)
	} else {
		out = newRequests(w, f.Shape, f.IDs, s)
	}
	err = s.each(func(ids, cells []string) error {
		if strings.Join(ids, "") == "" {
			nameless++
			return nil
		}
		return out.add(ids, cells)
	})
	if err == nil {
		rows, err = out.end()
	}
	return rows, nameless, err
}
