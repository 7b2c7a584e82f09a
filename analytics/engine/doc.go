// Package engine is where SQL runs.
//
// In comes SQL text that the ledger and the customers package wrote; out go
// Arrow record batches. An engine keeps the tables that statements make until
// it is closed, knows nothing of customers, and is the only package that
// talks to a database driver. The engine of today is DuckDB, inside this
// process; the door is narrow so that a cluster can take its place.
package engine
