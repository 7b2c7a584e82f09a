package ledger

import "clientele/analytics/ledger/returns"

// WatchReturns shows each piece of a return that takes back a sale.
func (p *Plan) WatchReturns(seen func(returns.Piece, []returns.Line)) { p.seenPiece = seen }
