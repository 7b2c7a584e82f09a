// Command interests asks whether lost interests are found as they should be: it
// simulates shops whose customers keep or drop categories, while the assortment
// and the season move and customers come and go, and counts what is found.
//
//	go run ./benchmarks/studies/interests --shops 40 --customers 2000
package main
