// Package column is the registry of the columns that a publication has of each
// customer: what each is called, what its cells are, which stage of the run gives it,
// and what it means.
//
// A column is declared once. [Customers] and [State] list the columns of the two files
// in their order. Everything else follows from here: what is written
// (analytics/publication refuses a column that is not listed, or has cells of another
// type), what is read back, the names that a job file may not give to attributes, the
// numbers by which tiers are earned, what `clientele diff` takes for the cause of a
// move, and docs/columns.md.
//
// The package imports nothing of the project, so that every other may import it.
package column
