// Package history reads what earlier nights published.
//
// It opens them by analytics/publication, which holds every file against the manifest;
// here the content is held to what a night can have written.
//
// In comes the folder of a job's publications, out comes the newest whole one
// before tonight. A run is a function of it as much as of the exports and the
// job file: cut points that were fitted once are used again.
package history
