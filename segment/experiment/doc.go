// Package experiment says what a campaign did: who is drawn into which arm, and what the
// customers of the arms then brought.
//
//	seed, experiment, id -> Draw -> a number in [0, 1), which decides the arm
//
// What comes in are columns, one entry per customer; nothing here knows a file, a database
// or a clock. The same input gives the same output.
//
//	draw.go   the draw by a keyed hash
package experiment
