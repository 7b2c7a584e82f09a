// Package publication says what a publication is, for whoever writes one and whoever
// reads one: `clientele verify`, `clientele diff`, and the night after.
//
//	column/       the columns of customers and of what is remembered: name, type, stage, meaning
//	files.go      the names of the files
//	manifest.go   run.json, with account.go, value.go, group.go, tiercounts.go, interestcounts.go, audit.go, anchor.go
//	model.go      model.json, with stacking.go; cutpoints.go and panel.go read the two other JSON files
//	settings.go   the settings in force, with meaning.go: what of them has to stay for a night to go on from another
//
// What is written is what is read: each file has one type, and one function that reads
// it back and checks that a night can have written it.
//
// # Writing
//
// A stage gives its columns as [Columns] and its part of the [Manifest]. [Tables] takes
// the columns and writes customers.parquet, customers.csv and state.parquet, some rows at
// a time. The bytes are put in place by analytics/publish.
//
// # Reading
//
// Whoever reads a file of a publication gets its bytes only after they have the sha256
// that run.json gives, and run.json only after it has its own. Damage is an error that
// names the file.
//
//	folder -> Open -> Publication -> ReadState, ReadModel, ReadCutPoints, ReadPanel
package publication
