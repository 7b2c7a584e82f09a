package ledger

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"clientele/analytics/accounts"
	"clientele/analytics/cache"
	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/ledger/returns"
	"clientele/analytics/persons"
	"clientele/analytics/scalar"
)

// Plan is what is known before the exports are read: their files and columns,
// and the job's expressions bound to them.
type Plan struct {
	engine  engine.Engine // of this process: it reads files, and tries out expressions
	cluster engine.Engine // that reads the exports; nil: this process does
	listing *Listing      // of the exports, on a cluster
	at      engine.Engine // where the ledger is: one of these
	job     *job.Job
	batches []*batch
	files   int
	joins   [][]*lookup // by source

	numbers          []*sourceNumbers                    // by source
	times            []*timeReading                      // by source
	rates            *rates                              // nil: none
	shown            shownCurrency                       // beside the numbers of all sources, once loaded
	watch            *watch                              // of what is read; nil: nobody waits
	kept             *keeping                            // what earlier nights read; nil: all is read
	reviews          int                                 // how often the exports have been read
	duplicates       []Count                             // by source, once loaded
	unreadCosts      []int64                             // rows by source, once loaded
	unreadListPrices []int64                             // likewise
	returned         Returned                            // once loaded
	seenPiece        func(returns.Piece, []returns.Line) // for tests; nil: nobody looks
	moved            bool                                // once loaded: the engine has a table `moved`
	repetitions      []Repetition                        // by source, once loaded
	sample           int64                               // of so many customers one is looked at for these; 0: none is
	blankLines       []BlankLines                        // by source, once loaded
	idMap            *job.IDMap
	keepsClock       bool            // the ledger has the time of the day: see clockColumn
	persons          *persons.Found  // once loaded; nil: an id is a person
	accounts         *accounts.Found // once loaded; nil: no source maps parents
	members          []Member        // once loaded; nil: each account is a customer
	emptyMayBe       bool            // files that hold nothing are passed over
	empty            []string        // and these were

	// Attributes are the names of what is kept of each customer beside the
	// numbers, in the order of the publication's columns.
	Attributes []string
	// HasOrders, HasCost and HasListPrice tell whether any source maps them.
	HasOrders, HasCost, HasListPrice bool
	// HasCategory and HasProduct tell whether the ledger has a column category
	// and a column product: where a source maps them and the job looks for lost
	// interests.
	HasCategory, HasProduct bool
}

// Prepare finds the exports of every source and binds the job's expressions to
// them. It reads the head of each file. An error is a [job.Errors] with every
// place of the job file that does not fit, or a [DataError].
func Prepare(ctx context.Context, e engine.Engine, j *job.Job) (*Plan, error) {
	return (&Plan{engine: e, job: j}).prepare(ctx)
}

// PrepareOn is Prepare where a cluster reads the exports that it has listed. The engine of
// this process tries the job's expressions out on some of the rows.
func PrepareOn(ctx context.Context, e, cluster engine.Engine, listing *Listing, j *job.Job) (*Plan, error) {
	return (&Plan{engine: e, cluster: cluster, listing: listing, job: j}).prepare(ctx)
}

// PrepareKept is Prepare of a run that takes the rows of files that did not change from a
// cache, and keeps there what it reads. trust says that files whose size and times of
// writing did not change are not looked into.
func PrepareKept(ctx context.Context, e engine.Engine, j *job.Job, folder *cache.Folder, trust bool) (*Plan, error) {
	return (&Plan{engine: e, job: j, kept: &keeping{folder: folder, trust: trust}}).prepare(ctx)
}

// prepare is Prepare of a plan that says how.
func (p *Plan) prepare(ctx context.Context) (*Plan, error) {
	e, j := p.engine, p.job
	p.at = e
	p.Attributes, p.joins = attributes(j), make([][]*lookup, len(j.Sources))
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
		p.HasListPrice = p.HasListPrice || s.Columns.ListPrice != ""
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
	if err := e.Seal(ctx, p.parquetFiles(), p.kept.folders()...); err != nil {
		return nil, err
	}
	known, err := scalar.ReadFunctions(ctx, e)
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
	if p.cluster != nil {
		wrong, err := p.describeOnCluster(ctx, i, s)
		return wrong, len(wrong) == 0, err
	}
	files, named, err := findFiles(p.job.Dir, s)
	if err != nil {
		return job.Errors{violation(s, i, "path", "%v", err)}, true, nil
	}
	files = p.kept.without(files)
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

// parquetFiles are the files that the engine opens by itself.
func (p *Plan) parquetFiles() []string {
	files := []string{}
	for _, b := range p.readHere() {
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

// FileCount is the number of export files.
func (p *Plan) FileCount() int { return p.files }
