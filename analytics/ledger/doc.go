// Package ledger turns transaction exports into clean transactions.
//
// In come a job's sources: files as somebody exported them, and what their
// columns mean. Out comes one table in the engine, `ledger`, with a row for
// every row of every export. A row is either used or set aside with a reason;
// none is dropped, and rows and money add up by source:
//
//	find files -> describe columns -> bind expressions -> load -> tally, rejects
//
// Amounts are exact decimals with six places. Days are calendar days in the
// job's time zone. Rows are read once, in Load. A file's bytes are read beside
// it for their fingerprint, and lines set aside are looked up in their file
// again, for an editor's line number and the line as it was.
package ledger
