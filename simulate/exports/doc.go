// Package exports writes one simulated shop in the ways in which shop systems,
// payment services and offices export their orders, and says what is true of
// each of its customers.
//
// In come Options: which kind of export, how many customers, and a seed. Out
// come the files, byte for byte as that product writes them (its names of
// columns, its encoding, its way with amounts, times and lines of an order),
// and beside them the Truth: which customers there are, how many orders count,
// how much money stayed with the shop, and on which day they bought last.
//
//	Options -> Shop: customers and orders   (shop, people, orders, refunds)
//	        -> files                        (one file of code per kind)
//	        -> Truth                        (truth), from the shop, never from the files
//
// What a kind counts as an order and as its money is said where the kind is
// declared. The rule that all share: an order counts if it was paid for and did
// not come back whole; its money is what the customer paid, as far as the
// export shows it, less what was given back.
//
// The facts about the products' exports are from their manuals, from public
// programs that read them and from samples that those carry; each kind says
// what of it was seen there. The times, customers and baskets are those of
// package simulate. The same Options give the same bytes.
package exports
