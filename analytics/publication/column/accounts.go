package column

// Hierarchy has accounts that stand below others, with what all below them come to.
var Hierarchy = &List{
	File: "hierarchy.csv",
	Doc:  "with `columns.parent`: [accounts](asset.md#accounts-and-households), each by itself and with all below it",
	Row:  "account that stands below or above another, with `columns.parent`; the last row, without a name, has all customers who do neither", Order: "the account", Stage: Hierarchies,
	Columns: []*Column{
		{Name: "account", Type: Text, Doc: "the account: a customer, or who is only named as a parent; empty: all customers who are in no hierarchy, together"},
		{Name: "parent", Type: Text, Doc: "the account above it; empty: none"},
		{Name: "top", Type: Text, Doc: "the account at the top of its way up: itself where there is no `parent`"},
		{Name: "depth", Type: Count, Doc: "how many accounts stand above it; the sums of rows with 0 are those of all customers"},
		{Name: "direct", Type: Text, Doc: "`yes`: it buys by itself, and is a customer; `no`: its money comes by others only. Empty in the last row"},
		{Name: "members", Type: Count, Doc: "customers below it, at any depth; in the last row, all customers of it"},
		{Name: "own_orders", Type: Count, Doc: "orders of its own"},
		{Name: "orders", Type: Count, Doc: "its own and those of all below it"},
		{Name: "own_spend", Type: Amount, Form: Exact, Doc: "what it has bought less returned itself, over the whole history"},
		{Name: "spend", Type: Amount, Form: Exact, Doc: "the same with all below it"},
		{Name: "own_past", Type: Amount, Form: Exact, Nullable: true, Asked: "clv", Doc: "its own `past_value`"},
		{Name: "past", Type: Amount, Form: Exact, Nullable: true, Asked: "clv", Doc: "the same with all below it"},
		{Name: "own_future", Type: Amount, Form: Exact, Nullable: true, Asked: "clv", Doc: "its own `future_value`; empty on a night without a lifetime model"},
		{Name: "future", Type: Amount, Form: Exact, Nullable: true, Asked: "clv", Doc: "the same with all below it"},
		{Name: "equity_share", Type: Number, Nullable: true, Asked: "clv", Doc: "`future` over customer equity"},
	},
}

// Accounts has of whom customers consist, where the account at the top is the customer.
var Accounts = &List{
	File: "accounts.csv",
	Doc:  "with `hierarchy.level: top`: [of whom each account consists](asset.md#accounts-and-households)",
	Row:  "account of a customer who consists of several, with `hierarchy: {level: top}`", Order: "the customer, and within it the member", Stage: Hierarchies,
	Columns: []*Column{
		{Name: "account", Type: Text, Doc: "the `customer_id` of the account at the top"},
		{Name: "member", Type: Text, Doc: "an account of it, the one at the top too"},
		{Name: "parent", Type: Text, Doc: "the account above the member; empty: none"},
		{Name: "depth", Type: Count, Doc: "how many accounts stand above it"},
		{Name: "last_day", Type: Day, Nullable: true, Doc: "the last day on which the member bought; empty: it has no purchases of its own"},
		{Name: "spend", Type: Amount, Form: Exact, Doc: "what it has bought less returned; those of an account add up to its spend"},
	},
}
