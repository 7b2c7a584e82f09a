// Package rfm scores customers by recency, frequency and monetary value.
//
// What comes in are three columns, one entry per customer: days since the last
// purchase, orders in the window, net spend in the window. What goes out are
// three columns of scores from 1, the worst, to the number of bins. Between
// them stand the cut points:
//
//	columns -> Fit -> CutPoints (cutpoints.json) -> Score -> r, f, m -> Code
//
// Cut points are fitted once in a while and kept, so that a customer's score
// changes from one night to the next because the customer did, not because
// the others did.
//
// # Definition
//
// The edges of a column are its quantiles at j/bins for j = 1 … bins−1, of
// type 1: the inverse of the empirical distribution, which is always a value
// that was observed. A value's score is 1 plus the number of edges that it
// exceeds, so that bins are closed on the right; recency is reversed, as few
// days are good. Three things follow:
//
//   - The same value has the same score, whatever the order of rows.
//   - Another unit of money changes no score, because edges change with it.
//   - An edge that repeats, as it does where half of the customers have bought
//     once, leaves a score unused. Scores are never renumbered to hide that.
//
// Net spend of zero or less, where returns outweigh purchases, scores 1 in the
// monetary value whatever the edges.
//
// That is MethodQuantile. MethodNested finds edges of frequency within each
// recency score, and of spend within each pair of the two. MethodThresholds
// takes edges that somebody chose. MethodRRFM does what the R package rfm does.
//
// Other software gives other scores near the edges. The R package rfm takes
// quantiles of type 7, which interpolate between observed values, adds 1, and
// closes bins on the left. On the UCI Online Retail data as of 2011-12-10 it
// shows the edges 14.8, 34, 73, 181 for recency, 2, 3, 4, 7 for frequency and
// 251.194, 491.096, 943.276, 2059.426 for spend. Edges of type 1 are observed
// values next to these less 1. Whole numbers such as orders score the same
// where its quantiles are whole too; amounts within a unit of an edge do not.
package rfm
