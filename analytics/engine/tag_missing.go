//go:build !duckdb_arrow

package engine

// The driver has an Arrow interface only under a build tag. Without the tag this line
// stops the build, and its name says which tag to add.
var _ = build_with_the_flag__tags_duckdb_arrow //nolint:all // the name is the message
