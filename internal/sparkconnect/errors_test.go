package sparkconnect_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// What a statement got wrong is told with the name and the words; what a value got wrong is
// told without the value.
func TestErrors(t *testing.T) {
	s := open(t, sparktest.Shared(t), sparkconnect.Options{})
	for _, c := range []struct{ sql, condition, state, want string }{
		{"SELECT misspelt FROM range(1)", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703", "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `misspelt` cannot be resolved."},
		{"SELEC 1", "PARSE_SYNTAX_ERROR", "42601", "[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'."},
		{"SELECT * FROM nowhere", "TABLE_OR_VIEW_NOT_FOUND", "42P01", "`nowhere`"},
		{"SELECT * FROM csv.`/nowhere/at/all`", "PATH_NOT_FOUND", "42K03", "/nowhere/at/all"},
		{"SELECT CAST(concat('customer ', id) AS INT) FROM range(1)", "CAST_INVALID_INPUT", "22018", "spark: CAST_INVALID_INPUT SQLSTATE: 22018"},
		{"SELECT raise_error(concat('customer ', id)) FROM range(1)", "USER_RAISED_EXCEPTION", "P0001", "spark: USER_RAISED_EXCEPTION SQLSTATE: P0001"},
		{"SELECT 1 / (id - id) FROM range(1)", "DIVIDE_BY_ZERO", "22012", "spark: DIVIDE_BY_ZERO SQLSTATE: 22012"},
	} {
		_, err := s.Rows(t.Context(), c.sql)
		var e *sparkconnect.Error
		require.ErrorAs(t, err, &e, c.sql)
		require.Equal(t, c.condition, e.Condition, c.sql)
		require.Equal(t, c.state, e.SQLState, c.sql)
		require.Contains(t, err.Error(), c.want, c.sql)
		require.NotContains(t, err.Error(), "customer 0", c.sql)
		require.NotContains(t, err.Error(), "\n", c.sql)
	}
}
