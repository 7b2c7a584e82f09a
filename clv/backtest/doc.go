// Package backtest asks how well lifetime models would have predicted a shop's
// own past, and weighs them by the answer.
//
// In come the purchase days of every customer (History) and the names of
// candidates. The past is split at several days, the origins: a model is fitted
// to what was known by the origin, the calibration, and predicts for each
// customer known by then the purchases of the days after it, the holdout. Out
// comes how that compares with what happened (Report), and how much each model should
// count in a blend (Choice).
//
//	History -> Plan: origins, holdout
//	        -> for each origin: (x, t_x, t) and holdout counts
//	           -> for each candidate: clv.FitModel -> forecasts -> Metrics
//	           -> naive forecasts                               -> Metrics
//	        -> Report -> Choose -> Choice
//
// # Splits
//
// A split at day d knows purchases up to and including d. A customer's first
// purchase is at time 0, x counts the purchase days after it, t_x and t are the
// times of the last purchase and of d. The holdout has the purchase days from
// d+1 to d+holdout. Purchases may come back (History.Gone, History.Returns): a split at d
// knows those of which that was not known by d, and the holdout has those that stand. Customers born later are counted and play no part. Plan says
// how origins and holdout are chosen where Options leave them open.
//
// # How a forecast is scored
//
// The mean log score decides, ln P(count) averaged over customers. It looks at the
// whole forecast, the chances of each count, and it is highest for the true chances. The
// other metrics say in what way a forecast is good. Bias is about the total, which
// plans of stock and cash need. MAE, RMSE and Skill are about single customers;
// Skill compares with two naive rules (OwnRate, MeanRate) that a model must beat
// to be of use. Spearman, Gini and Deciles are about the order of customers,
// which is all that a campaign for the best tenth needs. Coverage says whether
// intervals can be believed. Cumulative against Days shows when a model and the
// shop part.
//
// # How models are weighed
//
// Weights are those under which the blend of all candidates has the highest log score
// over all splits (stack). A candidate that could not be fitted, or whose parameters the
// data do not determine, in a split that counts takes no part (Score.Out). One that reduces
// to another model in every split is not counted twice. Without a split that can tell the
// candidates apart, a few robust ones count alike (Choice.Untested).
//
// The blend's errors in all splits say at which pace customers buy and what a purchase
// brings (Level). Its errors in money say how wide an interval must be.
//
// A choice is refused where no candidate can be fitted, or the history is so short or thin
// that it tells nothing. The limits are constants with their reasons, from MinDays on.
//
// The package reads no file, no clock and no database and keeps no state. A
// report has the same bits for any number of workers and any order of the
// customers. Numbers that do not exist, as a correlation with a constant, are
// NaN.
package backtest
