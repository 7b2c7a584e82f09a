package ledger

import (
	"context"
	"errors"
	"fmt"

	"clientele/analytics/cache"
	"clientele/analytics/engine"
)

// Returns take back sales of the same customer, of whatever file. So a sum has nothing of
// customers with returns but what is asked of rows by file: all their rows are kept beside it, and
// are in the ledger before returns are matched. Who is in the sum and has a first return tonight
// leaves it: their rows come from the entries of its files.

const (
	// returnsPiece has the rows of customers with returns, beside a sum.
	returnsPiece = "rows_with_returns"
	// returners is a table of the customers with returns, and of those that the sum took for such.
	returners = "returners"
	// leavers is a table of those among them of whom no row is kept so: who of them is in the
	// sum leaves it.
	leavers = "leavers"
)

// matchesReturns tells whether a return can take back a sale: whether it may name its order.
// Those that are matched by product alone rule a sum out.
func (p *Plan) matchesReturns() bool { return p.HasOrders }

// leavable tells whether the customers who have a first return tonight can leave a sum. It finds
// the rows of all its files then, which must be those that would be read tonight: since the sum
// was made they may have been read on another night, in another way.
func (k *keeping) leavable(ctx context.Context, p *Plan, s *sum) (bool, error) {
	if !p.matchesReturns() {
		return true, nil
	}
	path, _ := s.Piece(returnsPiece)
	if path == "" {
		return false, nil
	}
	first, err := counted(ctx, p.engine, "count(*)", "("+returnersSQL+") WHERE customer NOT IN ("+customersOf(path)+")")
	if err != nil || first[0] == 0 {
		return err == nil, err
	}
	k.entries = map[int]*cache.Entry{}
	for _, c := range k.claimed {
		rows := k.findRows(p, c.intake, c.at, c.key, c.facts.sha256)
		if rows == nil {
			return false, nil
		}
		k.entries[c.file()] = rows.Entry
	}
	return true, nil
}

// returnersSQL is a query of the customers of the ledger's returns.
const returnersSQL = "SELECT customer FROM ledger WHERE reason IS NULL AND is_return"

// customersOf is a query of the customers of rows that are kept.
func customersOf(path string) string { return "SELECT customer FROM " + engine.ReadParquet(path) }

// takeReturners has all rows of customers with returns in the ledger.
func (k *keeping) takeReturners(ctx context.Context, p *Plan) error {
	if k == nil || k.asked == nil || !p.matchesReturns() {
		return nil
	}
	if err := k.listReturners(ctx, p); err != nil {
		return fmt.Errorf("ledger: customers with returns: %w", err)
	}
	if k.sum == nil {
		return nil
	}
	path, _ := k.sum.Piece(returnsPiece)
	if err := p.engine.Exec(ctx, "INSERT INTO ledger BY NAME "+k.sum.read(path, true, "")); err != nil {
		return k.unreadable(err)
	}
	k.sum.beside = true
	switch {
	case k.leaving == 0:
		return nil
	case k.entries == nil:
		return errors.New("ledger: customers leave a sum whose rows were not looked for; please report this, and run with --set cache=off")
	}
	return k.takeLeavers(ctx, p)
}

// listReturners makes the tables of customers.
func (k *keeping) listReturners(ctx context.Context, p *Plan) error {
	found := returnersSQL
	if k.sum != nil {
		path, _ := k.sum.Piece(returnsPiece)
		known := customersOf(path)
		if err := p.at.Keep(ctx, leavers, "SELECT DISTINCT customer FROM ("+found+") WHERE customer NOT IN ("+known+")"); err != nil {
			return err
		}
		found += " UNION ALL " + known
	}
	if err := p.at.Keep(ctx, returners, "SELECT DISTINCT customer FROM ("+found+")"); err != nil {
		return err
	}
	var err error
	if k.returning, err = count(ctx, p, returners); err == nil && k.sum != nil {
		k.leaving, err = count(ctx, p, leavers)
	}
	return err
}

func count(ctx context.Context, p *Plan, table string) (int, error) {
	counts, err := counted(ctx, p.engine, "count(*)", table)
	if err != nil {
		return 0, err
	}
	return counts[0], nil
}

// takeLeavers puts into the ledger what files of the sum have of customers that leave it.
func (k *keeping) takeLeavers(ctx context.Context, p *Plan) error {
	for _, b := range p.batches {
		var rows keptRows
		for i := range b.files {
			if e := k.entries[b.first+i]; e != nil {
				rows.add(e.Data, b.first+i)
			}
		}
		if err := rows.insert(ctx, p, b.source, "WHERE reason IS NULL AND customer IN (SELECT customer FROM "+leavers+")"); err != nil {
			return k.unreadable(err)
		}
	}
	return nil
}

// stay is what the sum has of a part tonight: all of it, or that without the customers who leave,
// where customers are made of it.
func (k *keeping) stay(ctx context.Context, p *Plan, t part, tonight bool) (string, error) {
	kept := k.sum.kept(t, tonight)
	switch {
	case !t.customers || k.leaving == 0:
		return kept, nil
	case t.ofCustomer():
		return "SELECT * FROM (" + kept + ") WHERE customer NOT IN (SELECT customer FROM " + leavers + ")", nil
	}
	theirs := fmt.Sprintf("reason IS NULL AND file IN (%s) AND customer IN (SELECT customer FROM %s)", listOf(k.sum.files), leavers)
	return engine.Less(ctx, p.engine, kept, overLedger(t.sql, theirs, ""), t.adds)
}

// others is a further condition on the rows of which a sum has a part: they are of customers
// without returns, where customers are made of the part. Empty: they are all rows.
func (k *keeping) others(t part) string {
	if !t.customers || k.returning == 0 {
		return ""
	}
	return " AND customer NOT IN (SELECT customer FROM " + returners + ")"
}

// writeReturners writes the rows of customers with returns.
func (k *keeping) writeReturners(ctx context.Context, p *Plan) error {
	if !p.matchesReturns() {
		return nil
	}
	path, err := k.making.Piece(returnsPiece, returnsPiece)
	if err != nil {
		return err
	}
	rows := fmt.Sprintf("SELECT * REPLACE (%s AS file) FROM ledger WHERE reason IS NULL AND file IN (%s) AND customer IN (SELECT customer FROM %s)",
		k.making.place(), listOf(k.making.files), returners)
	return k.write(ctx, p, path, rows, []string{"file", "line"})
}
