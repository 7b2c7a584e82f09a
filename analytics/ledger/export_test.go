package ledger

import "clientele/analytics/ledger/returns"

// WatchReturns shows each piece of a return that takes back a sale.
func (p *Plan) WatchReturns(seen func(returns.Piece, []returns.Line)) { p.seenPiece = seen }

// PlainAmount is how examples show an amount.
func PlainAmount(text string) string { return plainAmount(text) }
