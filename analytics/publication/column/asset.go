package column

// RevenueSources has where the revenue of each month comes from.
var RevenueSources = &List{
	File: "revenue_sources.csv",
	Doc:  "[where revenue comes from](asset.md#where-revenue-comes-from), month by month: first purchases, later ones, more than before, what is new to customers, referrals, prices above the list, less what came back",
	Row:  "month, from the first with revenue to that of `as_of`", Order: "month", Stage: Revenue,
	Columns: append([]*Column{{Name: "month", Type: Text, Doc: "the month, as 2011-12"}}, revenueAmounts...),
}

// Retention has the tables of retention by month, quarter and year.
var Retention = &List{
	File: "retention.csv",
	Doc:  "[retention](asset.md#retention) by month, quarter and year: who bought again, who came back and who is new, what that did to revenue, and what of it is of customers of former years",
	Row:  "month, quarter and year, from that of the first day in the exports to that of `as_of`", Order: "unit, and within it period", Stage: Revenue,
	Columns: []*Column{
		{Name: "unit", Type: Text, Doc: "`month`, `quarter` or `year`"},
		{Name: "period", Type: Text, Doc: "the period, as 2011-12, 2011-Q4 or 2011"},
		{Name: "from", Type: Day, Doc: "the first day of it that the exports cover"},
		{Name: "until", Type: Day, Doc: "the last day of it that the night knows: a period that is not over says less"},
		{Name: "start_customers", Type: Count, Doc: "active in the period before: with a purchase day in it"},
		{Name: "retained", Type: Count, Doc: "of them those who are active in this one"},
		{Name: "churned", Type: Count, Doc: "of them those who are not: `start_customers - retained`"},
		{Name: "resurrected", Type: Count, Doc: "active, not in the period before, and in an earlier one"},
		{Name: "new", Type: Count, Doc: "active for the first time"},
		{Name: "active", Type: Count, Doc: "`retained + resurrected + new`"},
		{Name: "repeat_rate", Type: Number, Nullable: true, Doc: "share of the active who had a purchase day before, in the period or earlier"},
		{Name: "customer_retention", Type: Number, Nullable: true, Doc: "`retained / start_customers`"},
		{Name: "start_revenue", Type: Amount, Form: Exact, Doc: "what those of `start_customers` brought in the period before: bought less returned"},
		{Name: "churned_revenue", Type: Amount, Form: Exact, Doc: "what of it was of those who churned"},
		{Name: "contraction", Type: Amount, Form: Exact, Doc: "by how much less the retained brought who brought less"},
		{Name: "expansion", Type: Amount, Form: Exact, Doc: "by how much more the retained brought who brought more"},
		{Name: "resurrected_revenue", Type: Amount, Form: Exact, Doc: "what the resurrected brought"},
		{Name: "new_revenue", Type: Amount, Form: Exact, Doc: "what the new brought"},
		{Name: "active_revenue", Type: Amount, Form: Exact, Doc: "`start_revenue - churned_revenue - contraction + expansion + resurrected_revenue + new_revenue`, exactly: what the active brought, and the `start_revenue` of the period after"},
		{Name: "idle_returned", Type: Amount, Form: Exact, Doc: "what came back from customers who bought nothing in the period, above 0"},
		{Name: "revenue", Type: Amount, Form: Exact, Doc: "`active_revenue - idle_returned`, exactly: `net` of `revenue_sources.csv`"},
		{Name: "net_retention", Type: Number, Nullable: true, Doc: "net revenue retention: what is left of `start_revenue` after churn, contraction and expansion, as a share of it"},
		{Name: "gross_retention", Type: Number, Nullable: true, Doc: "gross revenue retention: the same without expansion"},
		{Name: "former_customers", Type: Count, Doc: "active whose first purchase day is of an earlier calendar year"},
		{Name: "former_revenue", Type: Amount, Form: Exact, Doc: "what of `active_revenue` is theirs"},
		{Name: "former_share", Type: Number, Nullable: true, Doc: "`former_revenue / active_revenue`"},
	},
}

// CustomerRevenue are the columns of revenue.parquet.
var CustomerRevenue = append([]*Column{CustomerID}, revenueAmounts...)

// revenueAmounts are the sources of revenue. They add up to the last of them exactly, and so
// are not rounded.
var revenueAmounts = []*Column{
	{Name: "initial", Type: Amount, Form: Exact, Doc: "what customers bought on their first purchase day"},
	{Name: "repeat", Type: Amount, Form: Exact, Doc: "what they bought on later purchase days, but for `incremental` and `cross`"},
	{Name: "incremental", Type: Amount, Form: Exact, Doc: "what of it was above the mean of the customer's purchase days before, in categories bought before"},
	{Name: "cross", Type: Amount, Form: Exact, Doc: "what of it was of a category that the customer had not bought on a day before; 0 where no source maps `category`, or with `stages.interests: off`"},
	{Name: "referral", Type: Amount, Form: Exact, Doc: "what customers whom another customer brought bought on their first purchase day, which is not in `initial`; 0 where no source maps `referrer`"},
	{Name: "price_premium", Type: Amount, Form: Exact, Doc: "what was paid above the list price, which is in none of the above; 0 where no source maps `list_price`"},
	{Name: "returned", Type: Amount, Form: Exact, Doc: "what came back of all of it, above 0: it is taken off"},
	{Name: "net", Type: Amount, Form: Exact, Doc: "`initial + repeat + incremental + cross + referral + price_premium - returned`, exactly: bought less returned"},
}
