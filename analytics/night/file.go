package night

import "clientele/analytics/publish"

// File is a file of a publication that a stage gives: CSV or JSON.
type File struct {
	Name    string
	Columns []publish.Col // of a CSV file
	JSON    any           // what a JSON file holds; nil: the file is CSV
}
