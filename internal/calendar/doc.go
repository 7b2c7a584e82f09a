// Package calendar is the one place that counts days, months and years.
//
// A [Day] is a whole number of days since 1970-01-01 in the proleptic Gregorian
// calendar; [NoDay] stands where there is none. A [Period] is a length of time: so many
// months, and then so many days. [Period.After] goes forward: the same day of a later month or, where
// that month is shorter, its last day. All else follows from it: what a window
// of 12 months holds is what happened on days after which 12 months have not
// passed yet ([Period.Before]).
package calendar
