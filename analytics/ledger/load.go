package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"clientele/analytics/engine"
)

// Load reads every export once into the engine's table `ledger`. Days after
// asOf are set aside; the zero time sets no limit.
func (p *Plan) Load(ctx context.Context, asOf time.Time) error {
	if err := p.dropRawSamples(ctx); err != nil {
		return err
	}
	if p.cluster != nil {
		return p.loadOnCluster(ctx, asOf)
	}
	err := p.load(ctx, asOf, func(b *batch, insert func(reader string) string, limit any) error {
		return p.readAll(ctx, b, insert, limit)
	})
	if err != nil {
		return err
	}
	for _, b := range p.batches {
		if err := b.allProven(); err != nil {
			return err
		}
	}
	return nil
}

// readAll puts all rows of a batch into the ledger, those of files that did not change from
// the cache.
func (p *Plan) readAll(ctx context.Context, b *batch, insert func(reader string) string, limit any) error {
	if p.kept != nil {
		return p.kept.fill(ctx, p, b, insert, limit)
	}
	return b.read(ctx, p.engine, 0, insert, limit)
}

// LoadSample is Load for some rows of each file only, to see what would become
// of them.
func (p *Plan) LoadSample(ctx context.Context, asOf time.Time) error {
	return p.load(ctx, asOf, func(b *batch, insert func(reader string) string, limit any) error {
		return b.unreadable(ctx, p.engine.Exec(ctx, insert(b.rawSample), limit))
	})
}

// dropRawSamples frees the rows that only [Plan.LoadSample] would read again.
func (p *Plan) dropRawSamples(ctx context.Context) error {
	for _, b := range p.allBatches() {
		if err := p.engine.Exec(ctx, "DROP TABLE IF EXISTS "+b.rawSample); err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
	}
	return nil
}

// fillBatch puts the rows of a batch into the ledger.
type fillBatch func(b *batch, insert func(reader string) string, limit any) error

// load fills the ledger, again where all rows show another way of writing than the sample
// did.
func (p *Plan) load(ctx context.Context, asOf time.Time, fill fillBatch) error {
	for again := true; again; {
		p.kept.begin()
		if err := p.fillLedger(ctx, asOf, fill); err != nil {
			return err
		}
		p.kept.allKnown()
		if err := p.checkMalformed(); err != nil {
			return err
		}
		var err error
		if again, err = p.review(ctx); err != nil {
			return err
		}
	}
	p.kept.keep()
	if err := p.checkNumbers(); err != nil {
		return err
	}
	if err := p.checkMarks(ctx); err != nil {
		return err
	}
	if err := p.checkCurrencies(ctx); err != nil {
		return err
	}
	if err := p.findDuplicates(ctx); err != nil {
		return err
	}
	if err := p.joinPersons(ctx); err != nil {
		return err
	}
	if err := p.findAccounts(ctx); err != nil {
		return err
	}
	if err := p.countTotalsOnce(ctx); err != nil {
		return err
	}
	if err := p.noticeBlankLines(ctx); err != nil {
		return err
	}
	if err := p.noticeRepetition(ctx); err != nil {
		return err
	}
	if err := p.addRefunds(ctx, limitOf(asOf)); err != nil {
		return err
	}
	if err := p.kept.takeReturners(ctx, p); err != nil {
		return err
	}
	if err := p.matchReturns(ctx); err != nil {
		return err
	}
	if err := p.findMembers(ctx); err != nil {
		return err
	}
	return p.keepRejects(ctx)
}

// limitOf is the last day that counts, as a parameter of SQL; nil: no limit.
func limitOf(asOf time.Time) any {
	if asOf.IsZero() {
		return nil
	}
	return asOf.Format(time.DateOnly)
}

// fillLedger makes the ledger of each batch in turn.
func (p *Plan) fillLedger(ctx context.Context, asOf time.Time, fill fillBatch) error {
	create, err := p.createSQL()
	if err != nil {
		return err
	}
	if err := p.engine.Exec(ctx, create); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	limit := limitOf(asOf)
	for _, b := range p.batches {
		sql, err := statement("load.sql", p.loadData(b, b.mapped))
		if err != nil {
			return err
		}
		insert := func(reader string) string {
			return strings.Replace(sql, readerPlace, b.joined(reader), 1)
		}
		if err := fill(b, insert, limit); err != nil {
			return err
		}
	}
	if err := p.kept.settle(ctx, p); err != nil {
		return err
	}
	if limit == nil {
		return nil
	}
	return p.execWith(ctx, "set_late_aside.sql", p.binding(), limit)
}

// createSQL makes the table ledger.
func (p *Plan) createSQL() (string, error) {
	return statement("create_ledger.sql", struct {
		Content, Joined, Matches, Refunds, Marks, Currencies, ListPrice bool
		Labels, Forms                                                   []string
	}{p.compares(), p.hasJoins(), p.matches(), p.hasRefunds(), p.marks(), p.hasCurrencies(), p.HasListPrice, p.labelNames(), p.formColumns()})
}

// mostReviews is how often the exports are read: what the rows show depends on how they are
// read only where `where` does.
const mostReviews = 3

// review tells whether the rows have to be read once more, in the way that all of them
// show.
func (p *Plan) review(ctx context.Context) (again bool, err error) {
	if again, err = p.reviewNumbers(ctx); err != nil {
		return false, err
	}
	timesAgain, err := p.reviewTimes(ctx)
	if again = again || timesAgain; err != nil || !again {
		return false, err
	}
	p.watch.again()
	if p.reviews++; p.reviews == mostReviews {
		return false, p.errUnsettled()
	}
	return true, nil
}

// errUnsettled says that the rows which count differ with the way of reading that they
// decide.
func (p *Plan) errUnsettled() error {
	return &DataError{Path: p.job.Sources[0].Path, Message: "how the numbers of the sources are written depends on which rows count, and that on how they are read; state numbers and dates beside the path of each source"}
}

// keepRejects keeps what was set aside beyond the ledger's end.
func (p *Plan) keepRejects(ctx context.Context) error {
	return p.keep(ctx, "rejects", "keep_rejects.sql", struct {
		FaultsOnly, Matches bool
		ByChoice            string
	}{p.faultsOnly(), p.matches(), byChoiceSQL()})
}

// byChoiceSQL lists the reasons that the job file gives.
func byChoiceSQL() string {
	var list []string
	for _, r := range ByChoice {
		list = append(list, engine.Literal(string(r)))
	}
	return strings.Join(list, ", ")
}
