// Package modeltable fits models to summary tables and scores such tables,
// without a job or a publication.
//
// In comes a table of (x, t_x, t[, spend][, weight]), CSV or Parquet; out goes
// a model file, or a CSV of predictions:
//
//	Read -> Fit -> model.json
//	Read, model.json -> Predict -> CSV
package modeltable
