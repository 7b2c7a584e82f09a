package ledger

import (
	"clientele/analytics/job"
	"clientele/analytics/ledger/returns"
)

// WatchReturns shows each piece of a return that takes back a sale.
func (p *Plan) WatchReturns(seen func(returns.Piece, []returns.Line)) { p.seenPiece = seen }

// PlainAmount is how examples show an amount.
func PlainAmount(text string) string { return plainAmount(text) }

// Chosen are the files of the only source of a listing, as messages call them, and the path by
// which the cluster reads these.
func (l *Listing) Chosen(s job.Source) (shown []string, exact string, err error) {
	found, _, exact, err := l.files(0, s, func(string) bool { return false })
	for _, f := range found {
		shown = append(shown, f.path)
	}
	return shown, exact, err
}
