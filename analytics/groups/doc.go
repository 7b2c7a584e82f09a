// Package groups is the stage that sums customers up by group, and says whether the groups
// are worth having.
//
// In come the ways in which earlier stages group customers (night.Kind), what customers
// are worth, and what the night before remembers of an anchor night. Out come the rows of
// segments.csv with their verdicts, the levels of the pyramid among them, and how unevenly
// value is spread; and the anchor for the next night. The numbers are those of package
// segment/quality.
//
//	pyramid.go   levels by value
//	summary.go   customers, money and value of each group
//	anchor.go    what groups of an earlier night have spent since
//	judge.go     whether groups are distinct, stable, measurable, reachable and substantial
//	columns.go   segments.csv, and what is remembered
package groups
