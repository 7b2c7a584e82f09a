// Package wording has every text that people read, in each language: one
// catalogue per language, which is a folder with a JSON file per topic.
//
// An entry is a text with names in braces,
//
//	"summary.linked": "and linked as {link}"
//
// or a text for one and a text for every other number, with the name of the
// number that decides:
//
//	"summary.rows": {"by": "rows", "one": "{rows} row", "other": "{rows} rows"}
//
// The first part of a key is its topic, and the name of its file. Keys stand as
// literals where they are used; a test holds the source against the catalogues
// and finds the entry that is missing, that nobody uses, or that lacks a value.
//
// The catalogues are our own and no library's: reasons are written for every
// customer every night, and libraries of translations run a template for each
// text.
package wording
