// Package accounts decides which account stands below which.
//
// In come words of the exports that a customer's account belongs below another: a branch
// below its company, a person below their household, a user below the platform that pays.
// Out comes who stands above whom, where each way up ends, and how deep it is.
//
// An account is not a person: ids that are one person are joined before (package persons).
// The package knows no file, no database and no clock.
package accounts
