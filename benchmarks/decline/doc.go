// Command decline asks whether the lifecycle stages keep their word: it
// simulates shops whose customers are steady, regular, bursty, seasonal, stop,
// step down, fade, grow or return, follows them night by night, and counts who
// is called in decline, when, and of which kind.
//
//	go run ./benchmarks/decline --customers 4000
//	go run ./benchmarks/decline holdout ../shared/data
//
// The second calls declines on real data and looks what became of those customers.
package main
