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
// job's time zone. Each file is read once, in Load: text by the program itself
// (packages charset and records), which takes its fingerprint and counts its lines on the
// way, and Parquet by the engine. A row carries its file, its line and its text
// from the moment it is read; nothing about it is found again by its place in a
// table.
package ledger
