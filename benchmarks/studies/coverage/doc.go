// Command coverage asks whether intervals hold what they say: it simulates many
// small shops from known parameters, fits each, predicts, plays the future on
// from the truth, and counts how often it fell inside.
//
//	go run ./benchmarks/studies/coverage --shops 500 --customers 300,1000
package main
