package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/returns"
	"clientele/analytics/persons"
)

// Plan is what is known before the exports are read: their files and columns,
// and the job's expressions bound to them.
type Plan struct {
	engine  engine.Engine
	job     *job.Job
	batches []*batch
	files   int
	joins   [][]*lookup // by source

	numbers     []*sourceNumbers                    // by source
	times       []*timeReading                      // by source
	rates       *rates                              // nil: none
	shown       shownCurrency                       // beside the numbers of all sources, once loaded
	reviews     int                                 // how often the exports have been read
	duplicates  []Count                             // by source, once loaded
	unreadCosts []int64                             // rows by source, once loaded
	returned    Returned                            // once loaded
	seenPiece   func(returns.Piece, []returns.Line) // for tests; nil: nobody looks
	moved       bool                                // once loaded: the engine has a table `moved`
	repetitions []Repetition                        // by source, once loaded
	blankLines  []BlankLines                        // by source, once loaded
	idMap       *job.IDMap
	persons     *persons.Found // once loaded; nil: an id is a person

	// Attributes are the names of what is kept of each customer beside the
	// numbers, in the order of the publication's columns.
	Attributes []string
	// HasOrders and HasCost tell whether any source maps them.
	HasOrders, HasCost bool
	// HasCategory and HasProduct tell whether the ledger has a column category
	// and a column product: where a source maps them and the job looks for lost
	// interests.
	HasCategory, HasProduct bool
}

// Prepare finds the exports of every source and binds the job's expressions to
// them. It reads the head of each file. An error is a [job.Errors] with every
// place of the job file that does not fit, or a [DataError].
func Prepare(ctx context.Context, e engine.Engine, j *job.Job) (*Plan, error) {
	p := &Plan{engine: e, job: j, Attributes: attributes(j), joins: make([][]*lookup, len(j.Sources))}
	for range j.Sources {
		p.numbers = append(p.numbers, &sourceNumbers{styles: map[string]numberStyle{}})
	}
	var err error
	if p.idMap, err = j.ReadIDMap(); err != nil {
		return nil, err
	}
	interests := j.Stages != nil && !j.Stages.Interests.Off
	var wrong job.Errors
	unjoined := false // a joined file is not there: its columns cannot be named
	for i, s := range j.Sources {
		p.HasOrders = p.HasOrders || s.Columns.Order != ""
		p.HasCost = p.HasCost || s.Columns.Cost != ""
		p.HasCategory = p.HasCategory || interests && s.Columns.Category != ""
		p.HasProduct = p.HasProduct || interests && s.Columns.Product != ""
		violations, joined, err := p.findSource(ctx, i, s)
		if err != nil {
			return nil, err
		}
		wrong, unjoined = append(wrong, violations...), unjoined || !joined
	}
	if unjoined {
		return nil, inFileOrder(wrong)
	}
	if err := e.Seal(ctx, p.parquetFiles()); err != nil {
		return nil, err
	}
	known, err := readFunctions(ctx, e)
	if err != nil {
		return nil, err
	}
	if err := p.readRates(ctx); err != nil {
		return nil, err
	}
	violations, err := p.readBatches(ctx, known)
	if err != nil {
		return nil, err
	}
	joined, err := p.readJoins(ctx, known)
	if err != nil {
		return nil, err
	}
	if wrong = append(append(wrong, violations...), joined...); len(joined) > 0 {
		return nil, inFileOrder(wrong)
	}
	misfits, err := p.bindBatches(ctx)
	if err != nil {
		return nil, err
	}
	if wrong = append(wrong, misfits...); len(wrong) > 0 {
		return nil, inFileOrder(wrong)
	}
	if err := p.findTimeFormats(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

// findSource finds and describes the files of a source and what is joined to them. joined
// is false where files to join are not there: their columns cannot be named.
func (p *Plan) findSource(ctx context.Context, i int, s job.Source) (wrong job.Errors, joined bool, err error) {
	files, named, err := findFiles(p.job.Dir, s)
	if err != nil {
		return job.Errors{violation(s, i, "path", "%v", err)}, true, nil
	}
	joins, wrong, err := p.findJoins(ctx, i, s)
	if err != nil {
		return nil, false, err
	}
	if !named {
		files = withoutJoined(files, joins)
	}
	batches, err := p.describe(ctx, i, s, files, p.files)
	if err != nil {
		return nil, false, err
	}
	for _, b := range batches {
		b.join(joins)
	}
	p.batches, p.files, p.joins[i] = append(p.batches, batches...), p.files+len(files), joins
	return wrong, len(wrong) == 0, nil
}

// readBatches reads the expressions of every batch.
func (p *Plan) readBatches(ctx context.Context, known functions) (wrong job.Errors, err error) {
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
		if err := b.takeSample(ctx, p.engine); err != nil {
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

// parquetFiles are the files that the engine opens by itself.
func (p *Plan) parquetFiles() []string {
	files := []string{}
	for _, b := range p.allBatches() {
		for _, f := range b.files {
			if b.format == job.Parquet {
				files = append(files, f.open)
			}
		}
	}
	return files
}

// inFileOrder puts violations in the order of the job file; what the command
// line overrides, which has no line, comes last.
func inFileOrder(wrong job.Errors) job.Errors {
	line := func(v job.Violation) int {
		if v.At.Line == 0 {
			return math.MaxInt
		}
		return v.At.Line
	}
	slices.SortStableFunc(wrong, func(a, b job.Violation) int {
		return cmp.Or(cmp.Compare(line(a), line(b)), cmp.Compare(a.At.Column, b.At.Column))
	})
	return wrong
}

// attributes are the labels that a job maps: channel, region, then its own in
// order of name.
func attributes(j *job.Job) []string {
	own := map[string]bool{}
	var channel, region bool
	for _, s := range j.Sources {
		channel = channel || s.Columns.Channel != ""
		region = region || s.Columns.Region != ""
		for name := range s.Columns.Attributes {
			own[name] = true
		}
	}
	var names []string
	if channel {
		names = append(names, "channel")
	}
	if region {
		names = append(names, "region")
	}
	return append(names, slices.Sorted(maps.Keys(own))...)
}

// formulas reads every expression of a batch's source.
func (p *Plan) formulas(ctx context.Context, known functions, b *batch) ([]formula, job.Errors, error) {
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

// expression is one entry of a source's mapping.
type expression struct {
	name string // ours
	key  string // in the job file
	role role
	sql  string
}

func expressions(s job.Source) []expression {
	c := s.Columns
	list := []expression{
		{"customer", "columns.customer", roleText, c.Customer},
		{"order", "columns.order", roleText, c.Order},
		{"time", "columns.time", roleTime, c.Time},
		{"clock", "columns.time.1", roleText, c.Clock},
		{"amount", "columns.amount", roleNumber, c.Amount},
		{"product", "columns.product", roleText, c.Product},
		{"category", "columns.category", roleText, c.Category},
		{"quantity", "columns.quantity", roleNumber, c.Quantity},
		{"cost", "columns.cost", roleNumber, c.Cost},
		{"currency", "columns.currency", roleText, c.Currency},
		{"referrer", "columns.referrer", roleText, c.Referrer},
		{"consent", "columns.consent", roleText, c.Consent},
		{"provenance", "columns.provenance", roleText, c.Provenance},
		{"where", "where", roleCondition, s.Where},
		{"returns", "returns", roleCondition, s.Returns},
		{"original_order", "columns.original_order", roleText, c.OriginalOrder},
		{"refund", "columns.refund", roleNumber, c.Refund},
		{"refund_time", "columns.refund_time", roleTime, c.RefundTime},
		{AttributeColumn("channel"), "columns.channel", roleText, c.Channel},
		{AttributeColumn("region"), "columns.region", roleText, c.Region},
	}
	list = append(list, keyExpressions(c)...)
	for _, name := range slices.Sorted(maps.Keys(c.Attributes)) {
		list = append(list, expression{AttributeColumn(name), "columns.attributes." + name, roleText, c.Attributes[name]})
	}
	return list
}

// FileCount is the number of export files.
func (p *Plan) FileCount() int { return p.files }

// Mapping tells how one of our columns is read from a source, for `check`.
type Mapping struct {
	Source int
	Key    string // in the job file
	SQL    string
	Type   string // as the engine names it

	Examples []Example // once a sample is loaded; see [Plan.AddExamples]
}

// Mappings lists how the columns of each source are read, sources in order.
func (p *Plan) Mappings() []Mapping {
	var all []Mapping
	for i := range p.job.Sources {
		at := slices.IndexFunc(p.batches, func(b *batch) bool { return b.source == i })
		for _, x := range expressions(p.job.Sources[i]) {
			k := slices.IndexFunc(p.batches[at].mapped, func(m mapped) bool { return m.name == x.name })
			if k >= 0 {
				all = append(all, Mapping{Source: i, Key: x.key, SQL: x.sql, Type: p.batches[at].mapped[k].kind})
			}
		}
	}
	return all
}
