//go:build !duckdb_arrow

package engine

// The driver leaves its Arrow interface out unless a build tag asks for it.
// Without the tag this line stops the build with a name that says what to add.
var _ = build_with_the_flag__tags_duckdb_arrow //nolint:all // the name is the message
