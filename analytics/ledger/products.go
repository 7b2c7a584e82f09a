package ledger

import (
	"strings"

	"clientele/analytics/engine/dialect"
)

// excludedSQL is the condition under which a product is one of those that patterns name.
// Letters match in either case: shops write POST, Post and post for the same.
func excludedSQL(d dialect.Dialect, product string, patterns []string) string {
	var names, conditions []string
	for _, pattern := range patterns {
		pattern = strings.ToLower(pattern)
		if !strings.ContainsAny(pattern, "*?") {
			names = append(names, d.Literal(pattern))
			continue
		}
		conditions = append(conditions, "lower("+product+") LIKE "+d.Literal(likePattern(pattern))+" ESCAPE "+d.Literal(`\`))
	}
	if names != nil {
		conditions = append(conditions, "lower("+product+") IN ("+strings.Join(names, ", ")+")")
	}
	if conditions == nil {
		return "FALSE"
	}
	return "coalesce(" + strings.Join(conditions, " OR ") + ", FALSE)"
}

// likePattern is a pattern in which * stands for any text and ? for one character, as LIKE
// has it.
var likePattern = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`, "*", "%", "?", "_").Replace
