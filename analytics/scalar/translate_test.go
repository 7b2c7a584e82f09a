package scalar_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/scalar"
)

// see knows columns by the first letter of their names: t a text, n a number, w a whole one.
func see(text string) func(at int) (string, scalar.Kind) {
	return func(at int) (string, scalar.Kind) {
		kinds := map[byte]scalar.Kind{'t': scalar.Words, 'n': scalar.Exact, 'w': scalar.Whole, 'd': scalar.Day}
		return text[at : at+1], kinds[text[at]]
	}
}

// openFunctions opens an engine, which knows functions.
func openFunctions(t *testing.T) (*engine.DuckDB, scalar.Functions) {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	known, err := scalar.ReadFunctions(t.Context(), e)
	require.NoError(t, err)
	return e, known
}

// What both engines do alike is written for Spark so that a step that fails gives NULL.
func TestExpressionsOnSpark(t *testing.T) {
	e, known := openFunctions(t)
	for text, want := range map[string]string{
		"n * w":                               "try_multiply(n, w)",
		"-n + 1.50":                           "try_add(try_multiply(n, -1), 1.50)",
		"n / 100":                             "try_multiply(n, 0.01)",
		"t LIKE 'C%' AND NOT w IN (1, 2)":     "((t LIKE 'C%') AND (w NOT IN (1, 2)))",
		"t <> 'it''s' OR n >= 10":             `((t <> 'it\'s') OR (n >= 10))`,
		"CASE WHEN n > 1 THEN t ELSE 'x' END": "CASE WHEN (n > 1) THEN t ELSE 'x' END",
		"coalesce(lower(trim(t)), '')":        "coalesce(lower(trim(t)), '')",
		"substr(t, 1, 3) || '-'":              "(substr(t, 1, 3) || '-')",
		"d >= DATE '2024-01-31'":              "(d >= DATE '2024-01-31')",
		"nullif(t, '') IS NULL":               "(nullif(t, '') IS NULL)",
		"w BETWEEN 1 AND 2":                   "(w BETWEEN 1 AND 2)",
		"CAST(w AS VARCHAR)":                  "CAST(w AS STRING)",
	} {
		s, err := scalar.Parse(t.Context(), e, known, text)
		require.NoError(t, err, text)
		got, err := s.Spark(see(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]string{
		"n / w":                       "a division by something else than 10, 100, 1000 and so on",
		"t = 1":                       "compares a text with a whole number",
		"upper(t)":                    "has upper of a text",
		"regexp_matches(t, 'x')":      "has regexp_matches of a text and a text",
		"coalesce(CAST(t AS INT), 0)": "write TRY_CAST",
		"CAST(n AS VARCHAR)":          "a cast of a number to VARCHAR",
		"t LIKE 'a\\%'":               "a pattern without backslashes",
		"strptime(t, '%d.%m.%Y')":     "has strptime",
		"substr(t, -2)":               "substr with something else than whole numbers from 1",
		"w > 12345678901234567":       "a number of more than 15 digits",
	} {
		s, err := scalar.Parse(t.Context(), e, known, text)
		require.NoError(t, err, text)
		_, err = s.Spark(see(text))
		require.ErrorContains(t, err, want, text)
	}
}

// Before columns are known, what no column would make fit is refused, and what may be the name
// of a column is not.
func TestRefusedBeforeColumnsAreKnown(t *testing.T) {
	e, known := openFunctions(t)
	for text, want := range map[string]string{
		"upper(name)":                           "has upper of a column",
		"regexp_replace(id, 'x', '')":           "has regexp_replace",
		"amount / 0.9":                          "a division by something else than 10, 100, 1000 and so on",
		"round(amount * 1.1, 2)":                "has round",
		"strptime(day, '%d.%m.%Y')":             "has strptime",
		"name LIKE 'a\\%'":                      "a pattern without backslashes",
		"CASE WHEN a > 1 THEN b / c END":        "a division",
		"lower(1)":                              "has lower of a whole number",
		"CAST(day AS DATE) > DATE '2024-01-01'": "a cast of a column to DATE",
	} {
		err := scalar.RefuseOnSpark(t.Context(), e, known, text)
		require.ErrorContains(t, err, want, text)
		require.ErrorContains(t, err, "if it is the name of a column, write it in double quotes", text)
	}
	for _, text := range []string{
		"amount", "Price/Unit", "Amount (EUR)", "Date (yyyy-mm-dd)", "Q1/2024", "2024/Sales", "Country->Code", "Year (sale)", "Customer ID", "net-amount", `"upper(name)"`, "sum(amount)", "amount *", "a * b / 100", "lower(a) || 'x'",
		"coalesce(TRY_CAST(a AS INT), 0)", "CAST(a AS VARCHAR)", "a = 1", "abs(a - b)", "CAST(a AS DECIMAL(18, 2)) > 1", "coalesce(CAST(a AS INT), 0)",
	} {
		require.NoError(t, scalar.RefuseOnSpark(t.Context(), e, known, text), text)
	}
}
