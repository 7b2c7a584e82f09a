// Package job reads the job file: the one file that says whose exports to read,
// how to score the customers in them and where to put the result.
//
// In comes YAML text, the --set overrides of the command line and a clock that
// is read only for the default of as_of. Out goes a Job with every default
// applied and every value checked, or Errors that lists everything wrong with
// the file at once, each with its file:line:column. Nothing else is read: not
// the exports, not an earlier publication.
//
// Data flows through one file after another:
//
//	document.go     text -> tree of nodes with positions (the YAML library ends here)
//	override.go     tree + --set -> tree
//	section.go      the tree as typed values; unknown keys; violations
//	read_*.go       one part of the job each: the schema and its checks
//	defaults.go     what holds where the file says nothing
//	settings.go     Job -> JSON: the settings in force, as run.json shows them
//
// The settings in force are themselves a valid job file (JSON is YAML), so a
// run can be repeated from its own manifest.
package job
