package job

import "strconv"

// Join is files whose columns stand beside those of a source, by key.
type Join struct {
	Path   string `json:"path"`             // file, glob or directory, as written
	As     string `json:"as,omitempty"`     // what expressions call the files; empty: the name of the file
	Format Format `json:"format,omitempty"` // empty: by extension
	// Records says where in JSON the list of rows stands.
	Records string    `json:"records,omitempty"`
	On      []JoinKey `json:"on"` // the parts of the key, one at least
}

// JoinKey is a column, or SQL expression, of the key: what the source calls it, and what
// the joined files do.
type JoinKey struct {
	Left  string `json:"left"`
	Right string `json:"right"`
}

// Source is how the joined files are read: as a source is, without its columns. What the
// source says of its files holds for them where they do not say otherwise.
func (j Join) Source(of Source, number int) Source {
	s := DefaultSource()
	s.Path, s.Format, s.Records = j.Path, j.Format, j.Records
	s.above = "join." + strconv.Itoa(number) + "."
	s.Malformed, s.Duplicates = of.Malformed, KeepDuplicates
	s.At, s.places = of.At, of.places
	return s
}

// Key is the full name, within its source, of a key that says how files are read.
func (s Source) Key(name string) string { return s.above + name }
