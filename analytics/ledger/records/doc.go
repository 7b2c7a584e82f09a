// Package records splits exports of text into records.
//
// In comes the text of one file, in UTF-8: somebody has seen to that. Out come its
// records in order, each with the line on which it begins, its text as it stands in the
// file, and its cells:
//
//	lines.go     text -> physical lines, as an editor shows them
//	split.go     a line -> cells
//	csv.go       lines -> records of CSV; what to do where a quote stays open
//	footer.go    records of CSV -> those that close a report, such as totals
//	json.go      lines -> records of JSON lines
//	head.go      the first lines of a CSV file -> how it is written
//	count.go     how many lines a text has, counted by something else
//
// It stands beside the parsers of the engine and of the standard library for
// two reasons. A line that cannot be read must be shown with its number and
// its text, and so every record has both from the moment it is read. And one
// quote too many must not take the rest of the file with it: see [CSV].
package records
