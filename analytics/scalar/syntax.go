package scalar

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"clientele/analytics/engine"
)

// Syntax is a parsed expression.
type Syntax struct {
	Text string
	Refs []Reference

	root   node
	offset int // of the text in what was parsed
}

// Reference is a name in an expression that may be a column.
type Reference struct {
	Path []string // the parts between its dots
	At   int      // of its first byte in the text; -1: written in another form
}

// node is a part of a parsed expression, as the engine's JSON has it.
type node = engine.Parsed

// OwnPrefix begins the names of the program's own columns. No name from an export reaches
// a statement, so that the two cannot be confused.
const OwnPrefix = "clientele."

// maxDepth is how deep an expression may be nested: more than a person writes.
const maxDepth = 200

// Parse reads an expression, or says why it is none.
func Parse(ctx context.Context, e engine.Engine, known Functions, text string) (*Syntax, error) {
	w := &syntaxWalk{ctx: ctx, engine: e, known: known}
	return w.parse(text)
}

// parse reads the text of the expression that is walked.
func (w *syntaxWalk) parse(text string) (*Syntax, error) {
	const before = "SELECT "
	selects, err := engine.ParseSelects(w.ctx, w.engine, before+text)
	switch {
	case errors.Is(err, engine.ErrNotSelect), err == nil && len(selects) != 1:
		return nil, ErrNotOne
	case err != nil:
		return nil, err
	}
	root, err := soleExpression(selects[0])
	if err != nil {
		return nil, err
	}
	w.offset = len(before)
	if err := w.walk(root, 0); err != nil {
		return nil, err
	}
	return &Syntax{Text: text, Refs: w.refs, root: root, offset: w.offset}, nil
}

// ErrNotOne is the error of what is no expression, or more than one.
var ErrNotOne = errors.New("is not one expression: expected a column, or an expression over the columns of one row")

// soleExpression takes the expression out of SELECT expression, and refuses
// every clause that could follow it.
func soleExpression(n node) (node, error) {
	list, _ := n["select_list"].([]any)
	from, _ := n["from_table"].(node)
	if n["type"] != "SELECT_NODE" || len(list) != 1 || from["type"] != "EMPTY" {
		return nil, ErrNotOne
	}
	for _, clause := range []string{"where_clause", "having", "qualify", "sample"} {
		if n[clause] != nil {
			return nil, ErrNotOne
		}
	}
	for _, clause := range []string{"modifiers", "group_expressions"} {
		if more, _ := n[clause].([]any); len(more) > 0 {
			return nil, ErrNotOne
		}
	}
	root, _ := list[0].(node)
	if alias, _ := root["alias"].(string); alias != "" {
		return nil, ErrNotOne
	}
	return root, nil
}

// syntaxWalk goes through a parsed expression.
type syntaxWalk struct {
	ctx    context.Context
	engine engine.Engine
	known  Functions
	offset int      // of the expression in what was parsed
	bound  []string // parameters of the lambdas around
	macros []string // the macros whose definition this is, the outermost first
	refs   []Reference
}

// plainClasses are the kinds of expressions about one row that have no rule of their
// own in walk.
// A LAMBDA that is no argument of a function that takes one is the arrow by
// which a member is taken out of JSON: the parser does not tell them apart.
var plainClasses = []string{"CONSTANT", "CAST", "CASE", "COMPARISON", "CONJUNCTION", "OPERATOR", "BETWEEN", "COLLATE", "TYPE", "LAMBDA"}

// takesLambda are the functions that do something with each entry of a list.
var takesLambda = []string{
	"list_transform", "array_transform", "list_apply", "array_apply", "apply",
	"list_filter", "array_filter", "filter", "list_reduce", "array_reduce", "reduce",
}

func (w *syntaxWalk) walk(n node, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("is nested more than %d deep", maxDepth)
	}
	class, _ := n["class"].(string)
	switch {
	case class == "COLUMN_REF":
		return w.reference(n)
	case class == "FUNCTION":
		return w.function(n, depth)
	case class == "WINDOW":
		return ErrSeveralRows
	case !slices.Contains(plainClasses, class):
		return refusedClass(class)
	}
	return w.children(n, depth)
}

// ErrSeveralRows is the error of an aggregate or a window.
var ErrSeveralRows = errors.New("looks at several rows; an expression is about one row")

func refusedClass(class string) error {
	what, known := map[string]string{
		"SUBQUERY": "has a query of its own within", "STAR": "names all columns at once",
		"PARAMETER": "has a parameter", "POSITIONAL_REFERENCE": "names a column by its place", "DEFAULT": "has the word DEFAULT",
	}[class]
	if !known {
		what = "has a part that is no expression about one row"
	}
	return errors.New(what + "; expected an expression over the columns of one row")
}

// children walks all expressions below a node, in the order of the text's
// parts where they have one.
func (w *syntaxWalk) children(n any, depth int) error {
	switch n := n.(type) {
	case []any:
		for _, v := range n {
			if err := w.visit(v, depth); err != nil {
				return err
			}
		}
	case node:
		keys := make([]string, 0, len(n))
		for k := range n {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if k == "value" && n["class"] == "CONSTANT" {
				continue // data, whatever it holds
			}
			if err := w.visit(n[k], depth); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *syntaxWalk) visit(v any, depth int) error {
	if n, ok := v.(node); ok && n["class"] != nil {
		return w.walk(n, depth+1)
	}
	return w.children(v, depth)
}

func (w *syntaxWalk) reference(n node) error {
	parts, _ := n["column_names"].([]any)
	r := Reference{At: -1}
	for _, p := range parts {
		name, _ := p.(string)
		r.Path = append(r.Path, name)
	}
	if len(r.Path) == 0 || slices.Contains(w.bound, r.Path[0]) {
		return nil
	}
	if at, ok := n["query_location"].(float64); ok && at < math.MaxInt32 {
		r.At = int(at) - w.offset
	}
	w.refs = append(w.refs, r)
	return nil
}

// lambda binds the parameters of a lambda while its body is walked.
func (w *syntaxWalk) lambda(n node, depth int) error {
	lhs, _ := n["lhs"].(node)
	before := len(w.bound)
	if err := w.parameters(lhs); err != nil {
		return err
	}
	err := w.visit(n["expr"], depth)
	w.bound = w.bound[:before]
	return err
}

func (w *syntaxWalk) parameters(lhs node) error {
	if parts, ok := lhs["column_names"].([]any); ok && len(parts) == 1 {
		name, _ := parts[0].(string)
		if strings.HasPrefix(name, OwnPrefix) {
			return fmt.Errorf("has a parameter %q: names that begin with %s are the program's own", name, OwnPrefix)
		}
		w.bound = append(w.bound, name)
		return nil
	}
	for _, key := range []string{"children", "arguments"} { // (x, i) -> ... is a row of parameters
		parameters, _ := lhs[key].([]any)
		for _, p := range parameters {
			if inner, ok := p.(node); ok {
				if err := w.parameters(inner); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// schemas are those in which the engine keeps its functions.
var schemas = []string{"main", "pg_catalog"}

// function refuses functions whose value is not a row's own.
func (w *syntaxWalk) function(n node, depth int) error {
	name, _ := n["function_name"].(string)
	name = strings.ToLower(name)
	arguments, _ := n["children"].([]any)
	if schema, _ := n["schema"].(string); schema != "" && !slices.Contains(schemas, schema) {
		return fmt.Errorf("calls %[1]s behind a dot; write %[1]s(...) with the column in its brackets", name)
	}
	switch w.kindOf(name, len(arguments)) {
	case functionUnknown, functionScalar: // of an unknown one the engine says so
	case functionAggregate:
		return ErrSeveralRows
	case functionRefused:
		return fmt.Errorf("calls %s, which is not a function of the row alone; expected an expression over the columns of one row", name)
	}
	for _, a := range arguments {
		var err error
		if l, ok := a.(node); ok && l["class"] == "LAMBDA" && slices.Contains(takesLambda, name) {
			err = w.lambda(l, depth)
		} else {
			err = w.visit(a, depth)
		}
		if err != nil {
			return err
		}
	}
	rest := maps.Clone(n)
	delete(rest, "children")
	return w.children(rest, depth)
}
