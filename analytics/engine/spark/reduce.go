package spark

import (
	"context"
	"fmt"
	"slices"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
)

// Reduce implements engine.Engine.
func (e *Engine) Reduce(ctx context.Context, r engine.Reduction) error {
	steps := slices.Concat(r.Parts, r.Customers)
	for i, s := range steps {
		if err := e.step(ctx, s, readers(s.Name, steps[i+1:])); err != nil {
			return fmt.Errorf("%s: %w", s.Name, engine.WithoutValues(err))
		}
	}
	return nil
}

// step makes a view of a step that is read once: it becomes a part of the step that reads
// it. What is read several times, or here, is staged.
func (e *Engine) step(ctx context.Context, s engine.Step, readers int) error {
	sql, err := bind(s.SQL, s.Args)
	if err != nil {
		return err
	}
	if s.Take == nil && readers < 2 {
		return e.session.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+dialect.Spark.Identifier(s.Name)+" AS "+sql)
	}
	if s.Take == nil {
		return e.Keep(ctx, s.Name, s.SQL, s.Args...)
	}
	name := e.next(s.Name)
	if err := e.stage.Write(ctx, name, sql); err != nil {
		return err
	}
	files, err := e.stage.Files(name)
	if err != nil {
		return err
	}
	rows := engine.ReadParquet(files...)
	if s.Expect != nil {
		n, err := engine.Count(ctx, e.reader, rows)
		if err != nil {
			return err
		}
		s.Expect(n)
	}
	return s.Hand(ctx, e.reader, "SELECT * FROM "+rows)
}

// view makes a view of rows that are staged.
func (e *Engine) view(ctx context.Context, view, staged string) error {
	d := dialect.Spark
	return e.session.Exec(ctx, "CREATE OR REPLACE TEMPORARY VIEW "+d.Identifier(view)+" USING parquet OPTIONS (path "+d.Literal(e.stage.Path(staged))+")")
}

// readers are how many steps read a table.
func readers(table string, steps []engine.Step) (n int) {
	for _, s := range steps {
		if slices.Contains(s.From, table) {
			n++
		}
	}
	return n
}
