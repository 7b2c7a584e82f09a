// Package customers reduces the ledger to one row per customer.
//
// In comes the engine's table ledger; out comes a Table: columns of what the
// scores, the models and the stages need of each customer. It writes the plan of the
// reduce, in two grains, and reads the rows that the engine hands over:
//
//	ledger -> sql/part -> parts -> sql/customer -> rows of customers -> Table
//
// Only sql/part reads the ledger. Its tables hold a customer's orders, labels and
// baskets, and are made so that those of two files add up to that of both (the header of each
// statement says how): they can be kept for a file that does not change. Orders
// and not days are the first grain, as an order may have lines in two files. Where no source
// names orders, the first grain is the day.
//
// Orders or days come in order of customer and day, and are added up as they come: the engine
// takes less to sort them than to group them twice.
//
// Where returns take back sales, the engine has a table moved beside the ledger: what that
// changes of each order. It is added between the two grains. Labels and baskets leave out
// the orders of which nothing is left; as a return in another file may decide that, these
// parts then hold for all files together and cannot be kept by file.
//
// What is kept of files that do not change comes through [Kept]: each part of the rows in the
// ledger is completed by it, as its Adds say.
//
// SQL counts and adds up here, and decides nothing: what is worth a test for a lost
// interest is asked of segment/interest, pair by pair, as the rows come.
//
//	request.go    what to ask for
//	plan.go       the steps, from the request
//	days.go       orders or days into days and customers: dayvalues.go has their columns, history.go
//	              and spend.go what the days of a customer come to
//	labels.go     the labels of customers, and those of the first purchase day
//	read.go       other rows into columns; interests.go is a part of it
//	walk.go       the customers beside rows that are in their order too
//	table.go      what comes out
package customers
