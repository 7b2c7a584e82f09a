// Package scalar reads the SQL of the job file.
//
// An expression of the job file is one scalar expression over the columns of one row. It
// has no sub-query, no table, no second statement and no function that depends on
// anything but the row. The engine's parser reads it alone, so that no bracket or comment
// in it can reach the statement around it. The parsed form is checked here. In come the
// engine and a text; out come the names in it that may be columns, with their places: what
// columns there are is for the caller to know.
package scalar
