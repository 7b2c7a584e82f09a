package night

import "clientele/analytics/publish"

// File is a file of a publication that a stage gives: CSV or JSON.
type File struct {
	Name    string
	Columns []publish.Col // of a CSV file
	JSON    any           // what a JSON file holds; nil: the file is CSV

	// Some makes the columns of some rows, in place of Columns, for a CSV file of so many
	// rows that their texts should never be in memory together. Rows is their number.
	Some func(from, to int) []publish.Col
	Rows int
}

// Head is the columns, of no row where Some makes them.
func (f File) Head() []publish.Col {
	if f.Some == nil {
		return f.Columns
	}
	return f.Some(0, 0)
}
