// Package clv holds lifetime-value models of customers who buy whenever they
// like and leave without saying so.
//
// In come columns of numbers: for each customer x repeat purchases, t_x, the
// time of the last one, and t, the time watched, both since the first purchase
// (Panel), perhaps the gaps between them, and the mean spend of a purchase. Out come
// fitted parameters with their uncertainty (Fit, GammaGammaFit) and, per customer, the
// chance of still being a customer, the purchases ahead, the same discounted, and the
// time ahead as a customer (Scores). FutureValue and PastValue put prices on these.
//
//	Panel -> FitModel -> Model, several with weights -> Blend -> ScoreBlend -> FutureValue
//	spend -> FitSpend -> SpendModel -> Expected -------------------------------^
//
// Predictive puts intervals around what ScoreBlend and FutureValue expect, of each
// customer and of all together.
//
// All times of one panel are in one unit, the model's unit (day, week, month);
// the package never needs to know which. Rates of discount are continuous, per
// that unit: ContinuousRate makes them from a yearly rate.
//
// The files of each model begin with its name: nbd, pareto, gompertz, betageometric
// (BG/NBD and MBG/NBD), condensed (BG/CNBD-k and MBG/CNBD-k), bgbb, sbg. Fitting is in
// fit, search, objective, point, newton, identify and published; intervals are in
// predictive and interval_*; special functions in internal/special.
//
// To add a model, add a family (family.go): its parameters, its log-likelihood
// with derivatives, and a process (process.go), how customers buy and leave. Fitting,
// standard errors, scoring and everything that Model offers are shared.
//
// The package reads no file, no clock and no database, and keeps no state. The
// same numbers in give the same bits out, for any number of workers and for
// any way of cutting a panel into parts.
package clv
