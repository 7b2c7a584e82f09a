// Package publication opens what a night published and holds it against its own
// run.json: one place for `clientele verify`, `clientele diff` and the night after.
//
// Whoever reads a file of a publication gets its bytes only after they have the
// sha256 that run.json gives, and run.json only after it has its own. Damage is an
// error that names the file.
package publication
