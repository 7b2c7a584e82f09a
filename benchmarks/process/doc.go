// Package process runs programs and says what they took: wall clock, processor
// time and peak memory, as the kernel accounts them. The benchmarks share it.
package process
