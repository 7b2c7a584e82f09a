// Package condition checks the SQL conditions of activation before anything is read: whom a
// channel reaches, and for whom a campaign is.
//
// In comes the job; out come the faults of its conditions, each with the place in the job
// file, what was found and what to do. A condition is about one row of customers, and knows
// the columns that this job publishes of it, with their types.
package condition
