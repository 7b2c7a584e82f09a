// Package quality measures groups of customers, whatever made them, and says whether they
// are worth having.
//
//	value                 -> BuildPyramid -> levels, and how unevenly value is spread
//	places, groups        -> Silhouettes  -> whether groups lie apart
//	spend to come, groups -> Separate     -> whether they say what customers do next
//	groups then and now   -> Migrate      -> whether they last
//	counts then and now   -> MeasureDrift -> whether a distribution has moved
//
//	quality.go     the limits, each with its source, and the verdicts
//	pyramid.go     levels by value
//	silhouette.go  distances within and between groups
//	scaled.go      where a customer lies, for those distances
//	sample.go      the customers they are measured on
//	separation.go  the share of the variance between groups
//	migration.go   agreement of two groupings
//	drift.go       the population stability index
package quality
