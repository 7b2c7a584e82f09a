// Package risk is the stage that says what is at stake with customers who are slipping.
//
// In come, as columns of earlier stages, the lifecycle and the decline of each customer,
// what they would be worth at their former pace, and what they are expected to bring. Out
// come what is at stake with each, and the list of those who are slipping away, those with
// most at stake first (at_risk.csv). It is a stage of its own because it takes what two
// others say, and neither of them needs what it finds.
package risk
