// Package query answers SQL over the tables of a publication.
//
// Each file with rows is a table: customers, segments, tiers_delta, at_risk and the
// others. The publication before it has the same tables under the schema `previous`.
// Types are those of the registry, package column, whatever a night's cells look like.
// The engine is sealed before a query runs: the query can read these tables and nothing
// else, and it writes nothing.
package query
