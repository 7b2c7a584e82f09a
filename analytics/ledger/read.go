package ledger

import (
	"context"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// read runs a statement over the rows of a batch. statement is given the text after FROM.
// If most is above 0, only that many rows of each file are read. Otherwise the files are
// read to their end, checked to be the files that were described, and their fingerprints
// are kept.
func (b *batch) read(ctx context.Context, e engine.Engine, most int64, statement func(reader string) string, args ...any) error {
	run := func(ctx context.Context) error {
		switch {
		case b.format != job.Parquet:
			return b.readFeed(ctx, e, b.newFeed(ctx, most), statement(feedReader), args...)
		case b.hidesVirtual():
			f, err := b.newParquetFeed(ctx, most)
			if err != nil {
				return err
			}
			return b.readFeed(ctx, e, f, statement(b.parquetFeedReader()), args...)
		}
		return b.unreadable(ctx, e.Exec(ctx, statement(b.parquetReader(most)), args...))
	}
	if b.format == job.Parquet {
		b.readings = make([]reading, len(b.files))
		if most <= 0 {
			return b.proveParquet(ctx, run)
		}
		return run(ctx)
	}
	for {
		b.readings = make([]reading, len(b.files))
		err := run(ctx)
		if err == nil {
			return nil
		}
		if err := b.readAgain(ctx, err); err != nil {
			return err
		}
	}
}

// readFeed runs a statement over a feed, and closes it.
func (b *batch) readFeed(ctx context.Context, e engine.Engine, f *feed, statement string, args ...any) error {
	err := e.Feed(ctx, feedView, f, statement, args...)
	// The error of the reading says more than the engine's error about it.
	if read := f.close(); read != nil && ctx.Err() == nil {
		return read
	}
	return b.unreadable(ctx, err)
}
