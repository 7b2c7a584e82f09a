package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"clientele/analytics/job"
	"clientele/analytics/scalar"
)

// readBatches reads the expressions of every batch.
func (p *Plan) readBatches(ctx context.Context, known scalar.Functions) (wrong job.Errors, err error) {
	for i, b := range p.batches {
		b.sample, b.compared, b.numbers = fmt.Sprintf("sample_%d", i), p.looksForDuplicates(b.source), p.numbers[b.source]
		var violations job.Errors
		if b.formulas, violations, err = p.formulas(ctx, known, b); err != nil {
			return nil, err
		}
		unfilled, err := p.readFilling(ctx, known, b)
		if err != nil {
			return nil, err
		}
		b.use(b.formulas)
		b.wantNumbers = b.maybeNumbers(b.formulas)
		wrong = append(append(wrong, violations...), unfilled...)
	}
	return wrong, nil
}

// bindBatches samples every batch, settles how its numbers are written, and binds the job's
// expressions to it.
func (p *Plan) bindBatches(ctx context.Context) (wrong job.Errors, err error) {
	for _, b := range p.batches {
		take := func() error { return b.takeSample(ctx, p.engine) }
		if p.cluster != nil {
			take = func() error { return p.sampleOnCluster(ctx, b) }
		}
		if err := take(); err != nil {
			return nil, err
		}
	}
	if err := p.settleNumbers(ctx); err != nil {
		return nil, err
	}
	for _, b := range p.batches {
		unbound, err := p.bindBatch(ctx, b)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, unbound...)
	}
	return wrong, nil
}

func (p *Plan) bindBatch(ctx context.Context, b *batch) (wrong job.Errors, err error) {
	if err := b.typeSample(ctx, p.engine); err != nil {
		return nil, err
	}
	wrong, err = p.bindJoins(ctx, b)
	if err != nil {
		return nil, err
	}
	var unbound job.Errors
	if b.mapped, unbound, err = p.bindAll(ctx, b, b.formulas); err != nil {
		return nil, err
	}
	return append(wrong, unbound...), p.settleResults(ctx, b)
}

// formulas reads every expression of a batch's source.
func (p *Plan) formulas(ctx context.Context, known scalar.Functions, b *batch) ([]formula, job.Errors, error) {
	var all []formula
	var wrong job.Errors
	for _, x := range expressions(p.job.Sources[b.source]) {
		if x.sql == "" {
			continue
		}
		f, err := b.formulaOf(ctx, p.engine, known, x)
		if cut := b.cutByComment(p.job.Sources[b.source], x); cut != nil {
			err = cut
		}
		if err == nil {
			all = append(all, f)
			continue
		}
		v, err := p.misfit(ctx, b, x, err)
		if err != nil {
			return nil, nil, err
		}
		wrong = append(wrong, v)
	}
	return all, wrong, nil
}

// bindAll binds the formulas of a batch to its sample.
func (p *Plan) bindAll(ctx context.Context, b *batch, formulas []formula) ([]mapped, job.Errors, error) {
	var bound []mapped
	var wrong job.Errors
	for _, f := range formulas {
		m, err := bind(ctx, p.engine, b, f)
		if err == nil {
			bound = append(bound, m)
			continue
		}
		v, err := p.misfit(ctx, b, p.expressionNamed(b.source, f.name), err)
		if err != nil {
			return nil, nil, err
		}
		wrong = append(wrong, v)
	}
	return bound, wrong, nil
}

// misfit is the error about an expression that does not fit an export. A column that only
// a later file of the source lacks is a fault of that file, and not of the job.
func (p *Plan) misfit(ctx context.Context, b *batch, x expression, err error) (job.Violation, error) {
	if ctx.Err() != nil {
		return job.Violation{}, ctx.Err()
	}
	said := b.explain(x.sql, err)
	if _, cut := errors.AsType[*cutError](err); !cut {
		said += commentHint(p.job.Sources[b.source], x)
	}
	if earlier := p.firstBatch(b); earlier != b {
		return job.Violation{}, &DataError{Path: b.files[0].path, Message: fmt.Sprintf(
			"its columns differ from those of %s: sources.%d.%s: %s", earlier.files[0].path, b.source, x.key, said)}
	}
	return violation(p.job.Sources[b.source], b.source, x.key, "%s", said), nil
}

func (p *Plan) expressionNamed(source int, name string) expression {
	all := expressions(p.job.Sources[source])
	return all[slices.IndexFunc(all, func(x expression) bool { return x.name == name })]
}

// firstBatch is the first of the source's files, or of the files of a join.
func (p *Plan) firstBatch(b *batch) *batch {
	for _, l := range p.joins[b.source] {
		if slices.Contains(l.batches, b) {
			return l.batches[0]
		}
	}
	return p.firstOf(b.source)
}

// firstOf is the first of a source's files.
func (p *Plan) firstOf(source int) *batch {
	i := slices.IndexFunc(p.batches, func(b *batch) bool { return b.source == source })
	return p.batches[i]
}
