// Package published runs nights of a job and reads back what they say of each
// customer: the studies judge what a user gets, not what some function returns.
//
// A column that a publication has not is NaN, or empty, for every customer.
package published
