// Package special holds the special functions that the models of package clv are made of:
// ratios of gamma and beta functions, binomial laws, and sums and integrals by Gauss's
// rules. They keep their digits where the textbook form cancels or overflows.
package special
