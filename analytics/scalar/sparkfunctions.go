package scalar

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// sparkFunction is a function that both engines have: what it takes, what it gives, and how
// Spark calls it, %[1]s and on being its arguments.
type sparkFunction struct {
	takes  []Kind
	gives  Kind
	writes string
}

// sparkFunctions are those that mean the same on both engines, by DuckDB's name. The
// documentation lists them.
var sparkFunctions = map[string]sparkFunction{
	"lower":       {[]Kind{Words}, Words, "lower(%[1]s)"},
	"trim":        {[]Kind{Words}, Words, "trim(%[1]s)"},
	"ltrim":       {[]Kind{Words}, Words, "ltrim(%[1]s)"},
	"rtrim":       {[]Kind{Words}, Words, "rtrim(%[1]s)"},
	"replace":     {[]Kind{Words, Words, Words}, Words, "replace(%[1]s, %[2]s, %[3]s)"},
	"length":      {[]Kind{Words}, Whole, "length(%[1]s)"},
	"starts_with": {[]Kind{Words, Words}, Truth, "startswith(%[1]s, %[2]s)"},
	"ends_with":   {[]Kind{Words, Words}, Truth, "endswith(%[1]s, %[2]s)"},
	"contains":    {[]Kind{Words, Words}, Truth, "contains(%[1]s, %[2]s)"},
	"||":          {[]Kind{Words, Words}, Words, "(%[1]s || %[2]s)"},
}

// arithmetic are the operators, whose results beyond what a type holds are NULL.
var arithmetic = map[string]string{"+": "try_add", "-": "try_subtract", "*": "try_multiply"}

func (t *translation) function(n node) (string, Kind, error) {
	name, _ := n["function_name"].(string)
	name = strings.ToLower(name)
	arguments := nodesOf(n["children"])
	if name == "nullif" {
		t.caught++
		defer func() { t.caught-- }()
	}
	sql, kinds, err := t.writeAll(arguments)
	if err != nil {
		return "", "", err
	}
	if f, known := sparkFunctions[name]; known && slices.EqualFunc(kinds, f.takes, Kind.is) {
		parts := make([]any, len(sql))
		for i, s := range sql {
			parts[i] = s
		}
		return fmt.Sprintf(f.writes, parts...), f.gives, nil
	}
	switch {
	case arithmetic[name] != "":
		return added(name, sql, kinds)
	case name == "/":
		return divided(sql, kinds, arguments)
	case name == "~~", name == "!~~":
		return like(name, sql, kinds, arguments)
	case slices.Contains([]string{"left", "right", "substr", "substring"}, name):
		return piece(name, sql, kinds, arguments)
	case name == "abs" && len(kinds) == 1 && kinds[0].isNumber():
		return "abs(" + sql[0] + ")", kinds[0], nil
	case name == "nullif" && len(kinds) == 2 && kinds[0].comparable(kinds[1]):
		return "nullif(" + sql[0] + ", " + sql[1] + ")", kinds[0], nil
	}
	takes := make([]string, len(kinds))
	for i, k := range kinds {
		takes[i] = string(k)
	}
	return "", "", notOnSpark(name + " of " + strings.Join(takes, " and "))
}

func added(name string, sql []string, kinds []Kind) (string, Kind, error) {
	for _, k := range kinds {
		if !k.isNumber() {
			return "", "", notOnSpark(name + " of " + string(k))
		}
	}
	kind := kinds[0]
	if slices.Contains(kinds, Unknown) {
		kind = Unknown
	}
	if len(sql) == 1 {
		if name == "+" {
			return sql[0], kind, nil
		}
		return "try_multiply(" + sql[0] + ", -1)", kind, nil
	}
	switch {
	case kind == Unknown:
	case kinds[0] == Float || kinds[1] == Float:
		kind = Float
	case kinds[0] == Exact || kinds[1] == Exact:
		kind = Exact
	}
	return arithmetic[name] + "(" + sql[0] + ", " + sql[1] + ")", kind, nil
}

// divided is a number by a power of ten, as of money in cents. Any other quotient is a
// floating-point number, which the engines round each in their own way.
func divided(sql []string, kinds []Kind, arguments []node) (string, Kind, error) {
	by := int64(0)
	if len(arguments) == 2 {
		by = wholeConstant(arguments[1])
	}
	zeros := math.Log10(float64(by))
	if len(kinds) != 2 || !kinds[0].isNumber() || by < 1 || zeros != math.Trunc(zeros) || zeros > 6 {
		return "", "", notOnSpark("a division by something else than 10, 100, 1000 and so on")
	}
	tenth := "0." + strings.Repeat("0", max(0, int(zeros)-1)) + "1"
	if by == 1 {
		tenth = "1"
	}
	if kinds[0] == Float {
		return "(" + sql[0] + " / " + strconv.FormatInt(by, 10) + ")", Float, nil
	}
	return "try_multiply(" + sql[0] + ", " + tenth + ")", Exact, nil
}

// like is LIKE with a pattern that is written in the expression. Spark takes a backslash in
// it for a sign of its own.
func like(name string, sql []string, kinds []Kind, arguments []node) (string, Kind, error) {
	pattern, is := of(arguments[1]["value"])["value"].(string)
	if !kinds[0].is(Words) || !is || strings.Contains(pattern, `\`) {
		return "", "", notOnSpark("LIKE with something else than a text and a pattern without backslashes")
	}
	word := " LIKE "
	if name == "!~~" {
		word = " NOT LIKE "
	}
	return "(" + sql[0] + word + sql[1] + ")", Truth, nil
}

// piece is a part of a text that begins and ends where the expression says, in numbers.
func piece(name string, sql []string, kinds []Kind, arguments []node) (string, Kind, error) {
	if !kinds[0].is(Words) {
		return "", "", notOnSpark(name + " of " + string(kinds[0]))
	}
	call := []string{sql[0]}
	for _, a := range arguments[1:] {
		number := wholeConstant(a)
		if number < 1 {
			return "", "", notOnSpark(name + " with something else than whole numbers from 1")
		}
		call = append(call, strconv.FormatInt(number, 10))
	}
	return name + "(" + strings.Join(call, ", ") + ")", Words, nil
}

// wholeConstant is a whole number that is written in the expression; 0: it is none.
func wholeConstant(n node) int64 {
	value := of(n["value"])
	kind, _ := of(value["type"])["id"].(string)
	number, is := value["value"].(float64)
	if n["class"] != "CONSTANT" || !is || kind != "INTEGER" && kind != "BIGINT" {
		return 0
	}
	return int64(number)
}
