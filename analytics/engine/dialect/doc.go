// Package dialect has the words in which the engines' SQL differs.
//
// In comes the name of a word and its parts, out goes SQL that one engine understands. The
// statements of the ledger and of the customers package are written once, as templates; what both engines say
// in the same words stands in them as it is, and what they do not is a word of the table in
// words.go. No statement asks which engine it is for.
//
//	words.go       the table
//	dialect.go     an engine's SQL: words, names and texts in quotes, parameters
//	statements.go  files of statements, read for one engine
package dialect
