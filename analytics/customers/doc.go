// Package customers reduces the ledger to one row per customer.
//
// In comes the engine's table `ledger`; out comes a Table: columns of what the
// scores, the models and the stages need of each customer. It is the last
// place where SQL runs over transactions:
//
//	ledger -> customer_day (a customer's day) -> customers (a customer) -> Table
//
// A customer's day can be added to another export's of the same day, so that
// it can be kept between nights. Everything after the Table is arithmetic on
// columns.
package customers
