// Command tiers times how long a night's tiers take: a million members of a
// programme with three tiers, about ten purchase days each, with and without
// limits, on the first night with and without its history, on the next one and
// after a week that was missed.
//
//	go run ./benchmarks/tiers --customers 1000000 --rounds 5
package main
