// Package segment has tables of named segments: boxes over the scores r, f and m.
//
//	r, f, m scores -> Scheme.Assign -> name of a segment
//
// The first box of a table that holds a customer wins. [Scheme.Lint] says which
// scores no box holds and which boxes no score reaches.
//
//	scheme.go   what a table is, and how it names a customer
//	tables.go   the published tables, each with its source
//	rfgrid.go   the table of this project, in which the order of boxes makes no difference
//	lint.go     what is wrong with a table
//
// The packages below sort customers in other ways, and say what came of it. None depends
// on another, but that campaign draws by experiment, and none knows a file, a database or a clock: what comes in are columns, one entry per
// customer in the caller's order, and so is what goes out. The same arguments give
// the same bits, whatever the number of workers.
//
//	tier        loyalty programmes: who rises, stays and falls, and why
//	lifecycle   the stages of a customer's life with the shop, and declines
//	interest    things that a customer used to buy and has dropped
//	quality     pyramids of value, and how good a grouping is
//	campaign    whom to contact tonight, and whom not
//	experiment  what contacts did
package segment
