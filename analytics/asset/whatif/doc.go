// Package whatif says what customers would be worth if they, or prices, were otherwise from
// now on: more of them staying, buying more often, at another margin, another cost to win a
// customer or another discount.
//
// In comes a publication, of which the models, the prices and what is remembered of customers
// are read; nothing is fitted and nothing is written. Out comes a [Report]:
//
//	publication -> Open -> Shop, which gives customer equity as published, to the cent
//	Shop, Changes -> Of -> Report: equity and a year's profit on today's customers, now and then
//
// Who a customer is follows from what they did; what they will do is then changed (clv.Change).
//
//	move.go       +5%, -5%, +1pt, 0.08: what is asked of one thing
//	shop.go       Open: what a publication is valued by
//	retention.go  the risk to leave at which so many stay
//	scenario.go   prices and behaviour, and what customers come to under them
//	interval.go   what the sums may be off by
//	report.go     Of: now, then, each change alone, and the comparison with Reichheld
package whatif
