// Package consent decides who may be on a list.
//
// In comes what the exports say beside each customer's rows about consent, and about where
// their details come from, with the days. Out comes, for each customer, whether a list may
// name them, or why not. Who may not stays in customers, which is the analysis itself.
package consent
