// Package scores is the stage that scores customers by recency, frequency and monetary
// value, and names their segments.
//
// In come the customers and the cut points of the night before. Out come, for each
// customer, r, f and m, a combined score where the job weights them, and a named segment;
// for the shop, the cut points, which the next night may keep, and how far the scores
// have moved since they were fitted. The arithmetic is that of analytics/scores/rfm.
package scores
