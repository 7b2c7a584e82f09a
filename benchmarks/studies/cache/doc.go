// Command cache counts nights that differ with a cache: it plays random shops through random
// nights, each with a cache and without, and compares what they publish byte for byte.
package main
