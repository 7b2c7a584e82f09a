// Package ledger turns transaction exports into clean transactions.
//
// In come a job's sources: files as somebody exported them, and what their
// columns mean. Out comes one table in the engine, `ledger`, with a row for
// every row of every export. A row is either used or set aside with a reason;
// none is dropped, and rows and money add up by source:
//
//	find files -> describe columns -> bind expressions -> read what is joined
//	-> read: decode, split, fill down, join, evaluate, judge
//	-> duplicates, totals of orders, persons, refunds, returns -> tally, rejects
//
// [Prepare] does the first line, [Plan.Load] the second and third, [Plan.Tally] the last
// step. The second line looks at one row at a time; the third compares rows with each
// other, once all are in the table. A refund that stands on the row of its sale is the
// one thing that becomes a row of its own; it is counted with the returns, and not with
// the rows of a file.
//
// Amounts are exact decimals with six places. Days are calendar days in the
// job's time zone. Each file is read once: text by the program itself
// (package records), which takes its fingerprint and counts its lines on the
// way, and Parquet by the engine. Text that turns out not to be UTF-8 is looked at
// to its end first (package charset), and its reading begins anew. A row carries its
// file, its line and its text from the moment it is read; nothing about it is found
// again by its place in a table. A row of text also tells which of its cells need no second
// look (tidy.go).
//
// Which ids are one person is decided in analytics/persons, and which sales a return
// takes back in ledger/returns: both know no engine, and are given what matters only.
package ledger
