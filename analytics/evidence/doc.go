// Package evidence is the stage that gathers what shows how far a night's numbers can be
// believed: how forecasts of the lifetime models came true when they were chosen, and small
// tables of all customers beside what the models say of them.
//
// In come, as plain values of earlier stages, the test of the models, the scores and future
// values of customers, and what models expect of customers by repeat purchases and by spend.
// Out comes evidence.json. Each table is small, whatever the size of the shop.
//
//	evidence.go    the tables
//	histogram.go   numbers by size
package evidence
