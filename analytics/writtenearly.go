package analytics

import (
	"clientele/analytics/activity"
	"clientele/analytics/asset/revenue"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
)

// This file writes the lists with a row for each customer that no later stage adds to, as
// soon as all of them is known. What only they are made of is let go of: the stages that
// follow have its memory.

// writePurchases stages the purchase days of all customers, where the job wants them.
func writePurchases(place *publish.Staging, n night.Context) error {
	purchases := activity.Purchases(n)
	if purchases == nil {
		return nil
	}
	if err := writeTable(place, publication.PurchasesFile, purchases.Parquet); err != nil {
		return err
	}
	n.Customers.DayNet, n.Customers.DayEarned, n.Customers.DayOrders = nil, nil, nil
	return nil
}

// writeRevenue stages the revenue of all customers by source.
func writeRevenue(place *publish.Staging, r *revenue.Result) error {
	if err := writeTable(place, publication.RevenueFile, r.Customers.Parquet); err != nil {
		return err
	}
	r.Customers = nil
	return nil
}
