package condition

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/publication/column"
	"clientele/analytics/scalar"
)

// Check holds the conditions of a job against the columns of its customers. The error is a
// [job.Errors] where they do not fit.
func Check(ctx context.Context, e engine.Engine, j *job.Job) error {
	if j.Activation == nil || len(j.Activation.Conditions()) == 0 {
		return nil
	}
	known, err := scalar.ReadFunctions(ctx, e)
	if err != nil {
		return err
	}
	c := checker{engine: e, known: known, job: j, columns: j.CustomerColumns()}
	var wrong job.Errors
	for _, condition := range j.Activation.Conditions() {
		message, err := c.check(ctx, condition.SQL)
		if err != nil {
			return err
		}
		if message != "" {
			wrong = append(wrong, job.Violation{At: condition.At, Key: condition.Key, Message: message})
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

// Fault is what is wrong with one condition over the customers of a job; empty: nothing.
func Fault(ctx context.Context, e engine.Engine, j *job.Job, sql string) (message string, err error) {
	known, err := scalar.ReadFunctions(ctx, e)
	if err != nil {
		return "", err
	}
	return checker{engine: e, known: known, job: j, columns: j.CustomerColumns()}.check(ctx, sql)
}

type checker struct {
	engine  engine.Engine
	known   scalar.Functions
	job     *job.Job
	columns []*column.Column
}

// check says what is wrong with a condition; empty: nothing.
func (c checker) check(ctx context.Context, sql string) (message string, err error) {
	parsed, err := scalar.Parse(ctx, c.engine, c.known, sql)
	if err == nil {
		for _, r := range parsed.Refs {
			if message := c.reference(r); message != "" {
				return message, nil
			}
		}
		err = c.try(ctx, sql)
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return said(sql, err), nil
}

// said is an error about a condition, in a message; empty: none.
func said(sql string, err error) string {
	if err == nil {
		return ""
	}
	if failed, is := errors.AsType[*engine.SQLError](err); is {
		message := strings.TrimSuffix(failed.Message, ".")
		if strings.HasSuffix(message, "at end of input") {
			message = "something is missing at its end, such as a bracket"
		}
		return fmt.Sprintf("%q is not a condition over the columns of customers: %s", sql, message)
	}
	return fmt.Sprintf("%q %v", sql, err)
}

// reference says what is wrong with a name in a condition; empty: nothing.
func (c checker) reference(r scalar.Reference) string {
	name := strings.Join(r.Path, ".")
	names := make([]string, len(c.columns))
	for i, known := range c.columns {
		if names[i] = known.Name; strings.EqualFold(known.Name, name) {
			return ""
		}
	}
	if off, is := column.Named(column.Customers, strings.ToLower(name)); is {
		return c.off(off)
	}
	hint := "; docs/columns.md has them all"
	if near, is := job.Nearest(name, names); is {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Sprintf("customers have no column %q%s", name, hint)
}

// off says why this job has no such column.
func (c checker) off(missing *column.Column) string {
	if missing.Stage == column.Interests && c.job.Stages != nil && !c.job.Stages.Interests.Off {
		return fmt.Sprintf("%q needs a source that maps category or product; map one, or choose another column", missing.Name)
	}
	return fmt.Sprintf("%q needs %s, which the job does not have; give it, or choose another column", missing.Name, missing.Setting())
}

// notConditionError says of which type an expression is that is neither true nor false.
type notConditionError struct{ kind string }

func (e notConditionError) Error() string {
	return "gives " + strings.ToLower(e.kind) + ", not true or false; compare it with something, as in stage = 'decline'"
}

// try runs a condition over no customers at all: the engine binds its functions to the types
// of the columns.
func (c checker) try(ctx context.Context, sql string) error {
	cells := make([]string, len(c.columns))
	for i, known := range c.columns {
		cells[i] = "CAST(NULL AS " + engine.TypeOf(known.Type) + ") AS " + engine.Identifier(known.Name)
	}
	rows, err := engine.Text(ctx, c.engine, "SELECT column_type FROM (DESCRIBE SELECT\n("+sql+"\n) FROM (SELECT "+strings.Join(cells, ", ")+"))")
	if err != nil {
		return err
	}
	if kind := rows[0][0]; kind != "BOOLEAN" {
		return notConditionError{kind}
	}
	return nil
}
