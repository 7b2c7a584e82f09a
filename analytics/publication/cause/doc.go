// Package cause has the causes of what two publications of a job show to be another: a
// group, a value, or whether a customer is there. It is one set of names for all who tell
// them, with one set of words (cause.* of the catalogues), and it decides what became of
// a customer between two nights ([Happened]).
package cause
