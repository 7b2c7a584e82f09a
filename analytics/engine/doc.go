// Package engine is where SQL runs.
//
// In comes SQL text that the ledger and the customers package wrote; out go
// Arrow record batches. An engine knows nothing of customers, and is the only package
// that talks to a database driver. The engine of today is DuckDB, inside this process.
//
//	statements of the ledger      -> Exec, Query, Feed -> the table ledger
//	plan of a reduce (Reduction)  -> Reduce            -> rows of customers
//
// The second is the narrow door. What comes after it is handed rows, and does not
// know which engine made them, where, or what of it an earlier night had kept.
package engine
