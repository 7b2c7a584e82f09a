// Package audit holds what earlier publications said of their customers against what the
// customers have done since.
//
// In come tonight's customers, and the publications of about a month, a quarter and half a
// year ago, which it finds itself. Out come, for each of these nights, what became of those
// who were called in decline, and of the purchases and the money that were expected
// (run.json). It is a package of its own, and no part of a stage, because it looks at the
// stages of other nights: nothing of tonight's rests on it, and the next night remembers
// nothing of it.
package audit
