package column

// RevenueSources has where the revenue of each month comes from.
var RevenueSources = &List{
	File: "revenue_sources.csv",
	Doc:  "[where revenue comes from](asset.md#where-revenue-comes-from), month by month: first purchases, later ones, more than before, what is new to customers, referrals, prices above the list, less what came back",
	Row:  "month, from the first with revenue to that of `as_of`", Order: "month", Stage: Revenue,
	Columns: append([]*Column{{Name: "month", Type: Text, Doc: "the month, as 2011-12"}}, revenueAmounts...),
}

// CustomerRevenue are the columns of revenue.parquet.
var CustomerRevenue = append([]*Column{CustomerID}, revenueAmounts...)

// revenueAmounts are the sources of revenue. They add up to the last of them exactly, and so
// are not rounded.
var revenueAmounts = []*Column{
	{Name: "initial", Type: Amount, Form: Exact, Doc: "what customers bought on their first purchase day"},
	{Name: "repeat", Type: Amount, Form: Exact, Doc: "what they bought on later purchase days, but for `incremental` and `cross`"},
	{Name: "incremental", Type: Amount, Form: Exact, Doc: "what of it was above the mean of the customer's purchase days before, in categories bought before"},
	{Name: "cross", Type: Amount, Form: Exact, Doc: "what of it was of a category that the customer had not bought on a day before; 0 where no source maps `category`"},
	{Name: "referral", Type: Amount, Form: Exact, Doc: "what customers whom another customer brought bought on their first purchase day, which is not in `initial`; 0 where no source maps `referrer`"},
	{Name: "price_premium", Type: Amount, Form: Exact, Doc: "what was paid above the list price, which is in none of the above; 0 where no source maps `list_price`"},
	{Name: "returned", Type: Amount, Form: Exact, Doc: "what came back of all of it, above 0: it is taken off"},
	{Name: "net", Type: Amount, Form: Exact, Doc: "`initial + repeat + incremental + cross + referral + price_premium - returned`, exactly: bought less returned"},
}
