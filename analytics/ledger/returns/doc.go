// Package returns matches what customers gave back to what they had bought.
//
// In come the lines of one customer that matter: returns, and what they may take back.
// Out come pieces, each a part of a return that takes back a part of a sale, and what
// they make of the orders:
//
//	lines.go   what is known of a line
//	match.go   by order, then by product: which sale a return takes back
//	outcome.go what that makes of each order, and of each return
//
// The rules are in docs/returns.md. Amounts are exact: the pieces of a return and what is
// left of it add up to the return. Nothing depends on the order in which lines are given.
package returns
