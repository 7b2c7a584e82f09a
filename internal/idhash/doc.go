// Package idhash spreads ids evenly over 64 bits, the same on every machine: for
// samples that do not depend on the order of rows.
package idhash
