package scalar

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"clientele/analytics/engine"
)

// Functions are those that the engine has, by name in small letters.
type Functions map[string][]functionForm

// functionForm is what the engine says of one way to call a function.
type functionForm struct {
	kind      string // scalar, aggregate, macro, table
	stability string // of a scalar function: CONSISTENT where its value is that of its arguments
	macro     string // its definition in SQL
}

// isOfTheRow tells whether the value is that of the arguments.
func (f functionForm) isOfTheRow() bool { return f.kind == "scalar" && f.stability == "CONSISTENT" }

// asked are the functions of engines by their version. They are part of it, and the answer
// takes longer than all else about an expression.
var asked sync.Map

// ReadFunctions asks the engine for its functions, once for each version.
func ReadFunctions(ctx context.Context, e engine.Engine) (Functions, error) {
	if known, is := asked.Load(e.Version()); is {
		return known.(Functions), nil
	}
	rows, err := engine.Text(ctx, e, `SELECT DISTINCT lower(function_name), function_type, coalesce(stability, ''), coalesce(macro_definition, '')
		FROM duckdb_functions() ORDER BY ALL`)
	if err != nil {
		return nil, fmt.Errorf("functions of the engine: %w", err)
	}
	all := Functions{}
	for _, r := range rows {
		all[r[0]] = append(all[r[0]], functionForm{r[1], r[2], r[3]})
	}
	asked.Store(e.Version(), all)
	return all, nil
}

type functionKind int

const (
	functionUnknown functionKind = iota
	functionScalar
	functionAggregate
	functionRefused
)

// surroundings are functions that the engine calls consistent although they
// tell of the machine, the session or the plan. Those that are called current_
// and something do as well, or tell of the clock.
var surroundings = []string{"getvariable", "getenv", "version", "pg_typeof", "in_search_path", "write_log", "vector_type", "json_serialize_plan"}

// kindOf says what a function is. What is refused in one form is refused in all;
// repeat and range are tables too, but not where an expression calls them.
func (w *syntaxWalk) kindOf(name string, arguments int) functionKind {
	switch {
	case slices.Contains(surroundings, name), strings.HasPrefix(name, "current_"):
		return functionRefused
	case name == "age" && arguments == 1: // of one time: its age today
		return functionRefused
	case slices.Contains(w.macros, name): // a macro that calls itself has no end
		return functionRefused
	}
	kind := functionUnknown
	for _, f := range w.known[name] {
		found := functionRefused
		switch {
		case f.kind == "table" && slices.ContainsFunc(w.known[name], functionForm.isOfTheRow):
			found = functionScalar
		case f.isOfTheRow():
			found = functionScalar
		case f.kind == "aggregate":
			found = functionAggregate
		case f.kind == "macro" && w.plainMacro(name, f.macro):
			found = functionScalar
		}
		kind = max(kind, found)
	}
	return kind
}

// plainMacro tells whether a function that the engine writes in SQL, such as
// nullif or split_part, is made of scalar functions alone.
func (w *syntaxWalk) plainMacro(name, definition string) bool {
	inner := &syntaxWalk{ctx: w.ctx, engine: w.engine, known: w.known, macros: append(slices.Clip(w.macros), name)}
	s, err := inner.parse(definition)
	if err != nil {
		return false
	}
	for _, r := range s.Refs { // its parameters, or the clock: current_date looks like a column
		if strings.HasPrefix(strings.ToLower(r.Path[0]), "current_") || strings.HasPrefix(strings.ToLower(r.Path[0]), "local") {
			return false
		}
	}
	return true
}
