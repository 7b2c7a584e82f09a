// Package assettest makes random shops, has a night of them, and hands their rows to DuckDB,
// which works out by itself what the tables of the asset should say.
package assettest
