package scalar

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"clientele/analytics/engine"
)

// RefuseOnSpark looks at an expression before its columns are known. The error is of what Spark
// does not do as DuckDB does, whatever the columns hold. What may well be the name of a column,
// such as Price/Unit or Amount (EUR), is let pass: the export tells.
func RefuseOnSpark(ctx context.Context, e engine.Engine, known Functions, text string) error {
	s, err := Parse(ctx, e, known, text)
	if err != nil {
		return nil //nolint:nilerr // it may be a name, too
	}
	if _, err = s.Spark(func(int) (string, Kind) { return "NULL", Unknown }); err == nil || mayBeName(s.root, known) || unitBehind.MatchString(text) {
		return nil
	}
	return fmt.Errorf("%w; if it is the name of a column, write it in double quotes", err)
}

// unitBehind is how the names of columns have a unit or a remark: Length (cm), Date (yyyy-mm-dd). Who
// calls a function leaves no blank before the bracket.
var unitBehind = regexp.MustCompile(`^[\pL\pN_ ]+ \([^()'"]+\)$`)

// mayBeName tells whether there is nothing in an expression but names, whole numbers, signs between them
// and brackets behind a word that is no function: Q1/2024, Country->Code.
func mayBeName(v any, known Functions) bool {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if !mayBeName(one, known) {
				return false
			}
		}
	case node:
		switch v["class"] {
		case nil, "COLUMN_REF", "LAMBDA":
		case "CONSTANT":
			if wholeConstant(v) == 0 {
				return false
			}
		case "FUNCTION":
			name, _ := v["function_name"].(string)
			if isWord, isKnown := strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz"), known[name] != nil; isWord && isKnown {
				return false
			}
		default:
			return false
		}
		for _, one := range v {
			if !mayBeName(one, known) {
				return false
			}
		}
	}
	return true
}
