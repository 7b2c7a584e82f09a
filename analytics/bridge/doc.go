// Package bridge tells what took customer equity from one night to the next: who came, who
// bought, who gave back, the time that passed and the models.
//
//	publication, the one before -> Of -> Equity: lines that add up
//
// Every customer's step from the one future value to the other is exact, and so is the sum of
// the lines. Who is on one night alone is a line of its own. The step of who is on both is
// taken in three:
//
//   - time: what the older night's models would say tonight, had nothing happened since;
//   - what was done since, bought or given back: what these models make of it;
//   - model: the rest, which is the new night's models, and prices where those are others.
//
// The models of both steps are asked through the purchases that they expect within the
// horizon, discounted, to which value is proportional: costs of being a customer
// (clv.costs.per_year_alive), which are not, are taken as if they were.
//
// Source: the walk from an opening to a closing value by cause is that of embedded value in
// life insurance: CFO Forum (2016), European Embedded Value Principles, movement analysis.
package bridge
