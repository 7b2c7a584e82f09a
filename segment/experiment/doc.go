// Package experiment says what a campaign did: who is drawn into which arm, and what the
// customers of the arms then brought.
//
//	seed, experiment, id -> Draw -> a number in [0, 1), which decides the arm
//
// What comes in are columns, one entry per customer; nothing here knows a file, a database
// or a clock. The same input gives the same output.
//
//	treated, share of control, y    -> Arms.Difference, Shares, Relative -> an effect and its interval
//	y, x fixed before the draw      -> Arms.Adjust -> y less what x foretold
//	customers and their variance    -> Size -> what can be seen, and how many it takes
//	y, labels fixed before the draw -> Arms.Cells, Shrink -> expected effects by stratum
//	effect, whether the end came    -> Arms.Judge -> a verdict
//
//	limits.go         levels and constants, each with its source
//	draw.go           the draw by a keyed hash
//	arms.go           arms, and blocks of one share of control
//	difference.go     means: Welch's interval
//	randomization.go  means of few customers: an interval by a randomisation test
//	shares.go         shares: Wilson's and Newcombe's intervals
//	relative.go       effects as shares of the control's mean
//	cuped.go          less variance by what was foretold
//	size.go           detectable effects, and sizes that it takes
//	checks.go         whether the arms compare
//	cells.go          effects on parts of the customers
//	spread.go         how much customers differ, by their labels
//	shrink.go         these, drawn towards their mean as far as chance parts them
//	verdict.go        what is said in the end
package experiment
