package scalar

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/engine/dialect"
)

// Kind is what a value is, as far as it matters for what may be done with it.
type Kind string

// The kinds of values.
const (
	Words   Kind = "a text"
	Whole   Kind = "a whole number"
	Exact   Kind = "a number"
	Float   Kind = "a floating-point number"
	Truth   Kind = "true or false"
	Day     Kind = "a day"
	Instant Kind = "a time"
	Nothing Kind = "NULL"
	Unknown Kind = "a column" // whose kind is not known yet: it may be any
)

func (k Kind) isNumber() bool { return k == Whole || k == Exact || k == Float || k == Unknown }

// is tells whether a value is, or may be, of a kind.
func (k Kind) is(other Kind) bool { return k == other || k == Unknown }

// comparable tells whether values of two kinds are compared by what they are, without one
// being made into the other.
func (k Kind) comparable(other Kind) bool {
	return k == other || k == Nothing || other == Nothing || k == Unknown || other == Unknown || k.isNumber() && other.isNumber()
}

// Spark writes the expression in the SQL of Spark, where it means the same. see gives the
// SQL and the kind of a column of the row, by where its name stands in the text. What
// Spark does not do as DuckDB does is an error that names it.
//
// A value on which DuckDB would fail makes the whole expression NULL. So every step here
// gives NULL where it fails; that NULL must not be caught by a step around it.
func (s *Syntax) Spark(see func(at int) (string, Kind)) (string, error) {
	t := &translation{see: see, offset: s.offset}
	sql, _, err := t.write(s.root)
	return sql, err
}

type translation struct {
	see    func(at int) (string, Kind)
	offset int
	caught int // how many steps around take NULL for a value
}

func (t *translation) write(n node) (sql string, k Kind, err error) {
	switch n["class"] {
	case "COLUMN_REF":
		at, ok := n["query_location"].(float64)
		if !ok || at >= math.MaxInt32 {
			return "", "", errors.New("names a column in a form that Spark does not read")
		}
		sql, k = t.see(int(at) - t.offset)
		return sql, k, nil
	case "CONSTANT":
		return t.constant(n)
	case "CAST":
		return t.cast(n)
	case "COMPARISON":
		return t.comparison(n)
	case "CONJUNCTION":
		return t.joined(n)
	case "BETWEEN":
		return t.between(n)
	case "OPERATOR":
		return t.operator(n)
	case "CASE":
		return t.choice(n)
	case "FUNCTION":
		return t.function(n)
	}
	return "", "", notOnSpark("a part of the kind " + fmt.Sprint(n["class"]))
}

// notOnSpark is the error of what only DuckDB does, or does otherwise.
func notOnSpark(what string) error {
	return fmt.Errorf("has %s, which is not among what DuckDB and Spark do alike (docs/scale.md lists that); let the export or a view of it do this", what)
}

func of(v any) node { n, _ := v.(node); return n }

func nodesOf(v any) (all []node) {
	list, _ := v.([]any)
	for _, one := range list {
		all = append(all, of(one))
	}
	return all
}

// writeAll writes several expressions.
func (t *translation) writeAll(all []node) (sql []string, kinds []Kind, err error) {
	for _, n := range all {
		s, k, err := t.write(n)
		if err != nil {
			return nil, nil, err
		}
		sql, kinds = append(sql, s), append(kinds, k)
	}
	return sql, kinds, nil
}

// largestWhole is up to where the parser's JSON tells whole numbers apart.
const largestWhole = 1 << 53

func (t *translation) constant(n node) (string, Kind, error) {
	value := of(n["value"])
	kind, _ := of(value["type"])["id"].(string)
	if null, _ := value["is_null"].(bool); null {
		return "NULL", Nothing, nil
	}
	number, isNumber := value["value"].(float64)
	// The parser writes a longer decimal in two halves.
	if isNumber && math.Abs(number) > largestWhole || kind == "DECIMAL" && !isNumber {
		return "", "", notOnSpark("a number of more than 15 digits")
	}
	switch kind {
	case "VARCHAR":
		text, _ := value["value"].(string)
		return dialect.Spark.Literal(text), Words, nil
	case "INTEGER", "BIGINT":
		return strconv.FormatInt(int64(number), 10), Whole, nil
	case "DECIMAL":
		scale, _ := of(of(value["type"])["type_info"])["scale"].(float64)
		digits := fmt.Sprintf("%0*d", int(scale)+1, int64(number))
		return digits[:len(digits)-int(scale)] + "." + digits[len(digits)-int(scale):], Exact, nil
	case "BOOLEAN":
		return fmt.Sprint(value["value"]), Truth, nil
	}
	return "", "", notOnSpark("a constant of type " + kind)
}

// cast changes a type. A text that is none of the type gives NULL.
func (t *translation) cast(n node) (string, Kind, error) {
	to, _ := of(n["cast_type"])["id"].(string)
	child := of(n["child"])
	text, isText := of(child["value"])["value"].(string)
	if child["class"] == "CONSTANT" && isText {
		switch to {
		case "DATE":
			return "DATE " + dialect.Spark.Literal(text), Day, nil
		case "BOOLEAN":
			if text != "t" && text != "f" { // as the parser writes TRUE and FALSE
				return "", "", notOnSpark("a CAST of a text to BOOLEAN; write TRUE or FALSE")
			}
			return strconv.FormatBool(text == "t"), Truth, nil
		}
	}
	sql, from, err := t.write(child)
	if err != nil {
		return "", "", err
	}
	if tries, _ := n["try_cast"].(bool); !tries && t.caught > 0 && !from.is(Whole) {
		return "", "", notOnSpark("a CAST within CASE, coalesce, OR or IS NULL; write TRY_CAST")
	}
	whole := slices.Contains([]string{"TINYINT", "SMALLINT", "INTEGER", "BIGINT"}, to)
	switch {
	case to == "VARCHAR" && (from.is(Words) || from == Whole):
		return "CAST(" + sql + " AS STRING)", Words, nil
	case whole && from.is(Words): // decimals are rounded, as in 17850.0
		return "TRY_CAST(" + dialect.Spark.Write("number", sql, "DECIMAL(38, 0)") + " AS " + to + ")", Whole, nil
	case whole && (from == Whole || from == Exact):
		return "TRY_CAST(round(" + sql + ") AS " + to + ")", Whole, nil
	case to == "DECIMAL" && (from.is(Words) || from.isNumber()):
		info := of(of(n["cast_type"])["type_info"])
		kind := fmt.Sprintf("DECIMAL(%v, %v)", info["width"], info["scale"])
		if from == Words {
			return dialect.Spark.Write("number", sql, kind), Exact, nil
		}
		return "TRY_CAST(" + sql + " AS " + kind + ")", Exact, nil
	}
	return "", "", notOnSpark("a cast of " + string(from) + " to " + to)
}

// comparisons by their name in the engine's JSON.
var comparisons = map[string]string{
	"COMPARE_EQUAL": "=", "COMPARE_NOTEQUAL": "<>", "COMPARE_LESSTHAN": "<", "COMPARE_GREATERTHAN": ">",
	"COMPARE_LESSTHANOREQUALTO": "<=", "COMPARE_GREATERTHANOREQUALTO": ">=",
}

func (t *translation) comparison(n node) (string, Kind, error) {
	name, _ := n["type"].(string)
	sign, known := comparisons[name]
	if !known {
		return "", "", notOnSpark("a part of the kind " + name)
	}
	sql, kinds, err := t.writeAll([]node{of(n["left"]), of(n["right"])})
	if err != nil {
		return "", "", err
	}
	if err := alike(kinds); err != nil {
		return "", "", err
	}
	return "(" + sql[0] + " " + sign + " " + sql[1] + ")", Truth, nil
}

// alike refuses to compare values of kinds that one engine would make into another's.
func alike(kinds []Kind) error {
	for _, k := range kinds[1:] {
		if !kinds[0].comparable(k) {
			return fmt.Errorf("compares %s with %s, which Spark does not do as DuckDB does; make both the same, as in CAST(... AS VARCHAR) or TRY_CAST(... AS DECIMAL(18, 6))", kinds[0], k)
		}
	}
	return nil
}

func (t *translation) joined(n node) (string, Kind, error) {
	word := " AND "
	if n["type"] == "CONJUNCTION_OR" {
		word = " OR "
	}
	t.caught++ // FALSE AND NULL is FALSE, TRUE OR NULL is TRUE
	defer func() { t.caught-- }()
	sql, _, err := t.writeAll(nodesOf(n["children"]))
	return "(" + strings.Join(sql, word) + ")", Truth, err
}

func (t *translation) between(n node) (string, Kind, error) {
	sql, kinds, err := t.writeAll([]node{of(n["input"]), of(n["lower"]), of(n["upper"])})
	if err == nil {
		err = alike(kinds)
	}
	if err != nil {
		return "", "", err
	}
	return "(" + sql[0] + " BETWEEN " + sql[1] + " AND " + sql[2] + ")", Truth, nil
}

func (t *translation) operator(n node) (string, Kind, error) {
	name, _ := n["type"].(string)
	if slices.Contains([]string{"OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_COALESCE"}, name) {
		t.caught++
		defer func() { t.caught-- }()
	}
	sql, kinds, err := t.writeAll(nodesOf(n["children"]))
	if err != nil {
		return "", "", err
	}
	switch name {
	case "OPERATOR_NOT":
		return "(NOT " + sql[0] + ")", Truth, nil
	case "OPERATOR_IS_NULL":
		return "(" + sql[0] + " IS NULL)", Truth, nil
	case "OPERATOR_IS_NOT_NULL":
		return "(" + sql[0] + " IS NOT NULL)", Truth, nil
	case "OPERATOR_COALESCE":
		return "coalesce(" + strings.Join(sql, ", ") + ")", kinds[0], alike(kinds)
	case "COMPARE_IN", "COMPARE_NOT_IN":
		not := ""
		if name == "COMPARE_NOT_IN" {
			not = "NOT "
		}
		return "(" + sql[0] + " " + not + "IN (" + strings.Join(sql[1:], ", ") + "))", Truth, alike(kinds)
	}
	return "", "", notOnSpark("a part of the kind " + name)
}

func (t *translation) choice(n node) (string, Kind, error) {
	t.caught++
	defer func() { t.caught-- }()
	var text strings.Builder
	text.WriteString("CASE")
	var kinds []Kind
	for _, check := range nodesOf(n["case_checks"]) {
		sql, found, err := t.writeAll([]node{of(check["when_expr"]), of(check["then_expr"])})
		if err != nil {
			return "", "", err
		}
		text.WriteString(" WHEN " + sql[0] + " THEN " + sql[1])
		kinds = append(kinds, found[1])
	}
	otherwise, kind, err := t.write(of(n["else_expr"]))
	if err != nil {
		return "", "", err
	}
	kinds = append(kinds, kind)
	known := slices.DeleteFunc(slices.Clone(kinds), func(k Kind) bool { return k == Nothing })
	if len(known) == 0 {
		known = kinds
	}
	return text.String() + " ELSE " + otherwise + " END", known[0], alike(known)
}
