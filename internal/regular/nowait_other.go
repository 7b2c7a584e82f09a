//go:build !unix

package regular

// noWait is nothing where opening a file never waits.
const noWait = 0
