package column

import "strings"

// List is a CSV file of a publication with rows of its own: not one for each customer.
type List struct {
	// File is its name. There may be several: one for each channel, say, where the name has
	// <channel> in it.
	File  string
	Doc   string // what it is for, in Markdown, as docs/files.md has it
	Row   string // what a row is
	Order string // of its rows
	Stage Stage  // the stage of the run that gives it
	// Columns are those of the file, in their order. A column whose setting is off
	// (Asked) is left out. Those that are of Customers too mean what they mean there.
	Columns []*Column
}

// Lists are the files with rows of their own.
var Lists = []*List{
	Segments,
	EquityLedger,
	TiersDelta, TiersWarnings,
	AtRisk,
	LostInterests, LosingSegments, SegmentCategories,
	Activity,
	RevenueSources, Retention, Cohorts,
	Identity, Hierarchy, Accounts, AllReturned,
	Contacts, HoldoutList, Suppressed, Lift,
	Rejects,
}

// Segments has the groups of customers and whether they are worth having.
var Segments = &List{
	File: "segments.csv",
	Doc:  "segments, tiers, stages and levels of the pyramid: customers, revenue, past and future value, share of equity; [whether each is worth having](history.md#is-a-group-worth-having)",
	Row:  "group", Order: "kind, and within it as its table lists groups", Stage: Groups,
	Columns: []*Column{
		{Name: "kind", Type: Text, Doc: "what groups them: `rfm`, `tier`, `stage` or `pyramid`"},
		{Name: "group", Type: Text, Doc: "the group, as `customers` names it"},
		{Name: "label", Type: Text, Doc: "the group in the job's `output.language`"},
		{Name: "customers", Type: Count, Doc: "customers in it"},
		{Name: "share", Type: Number, Doc: "their share of all customers"},
		{Name: "orders", Type: Count, Doc: "their orders, over the whole history"},
		{Name: "revenue", Type: Amount, Doc: "their net spend, over the whole history"},
		{Name: "past_value", Type: Amount, Asked: "clv", Doc: "the sum of their `past_value`"},
		{Name: "future_value", Type: Amount, Asked: "clv", Doc: "the sum of their `future_value`"},
		{Name: "equity_share", Type: Number, Asked: "clv", Doc: "its share of customer equity"},
		{Name: "distinct_silhouette", Type: Number, Nullable: true, Doc: "how much nearer its customers are to each other than to the next group, from -1 to 1"},
		{Name: "distinct_eta2", Type: Number, Nullable: true, Doc: "share of the variance of next-period spend between the groups of the kind"},
		{Name: "distinct_days", Type: Count, Nullable: true, Doc: "the days of that period"},
		{Name: "distinct", Type: Text, Nullable: true, Doc: "`pass`, `warn` or `fail`"},
		{Name: "stable_ari", Type: Number, Nullable: true, Doc: "adjusted Rand index of the kind since the previous publication"},
		{Name: "stable_jaccard", Type: Number, Nullable: true, Doc: "of the customers who were or are in the group, the share who were and are"},
		{Name: "stable_moved", Type: Number, Nullable: true, Doc: "of its customers who did nothing since, the share who are elsewhere now"},
		{Name: "stable", Type: Text, Nullable: true, Doc: "`pass`, `warn` or `fail`"},
		{Name: "rule", Type: Text, Nullable: true, Doc: "who belongs to it, in words"},
		{Name: "measurable", Type: Text, Nullable: true, Doc: "`pass`, `warn` or `fail`"},
		{Name: "reachable_share", Type: Number, Nullable: true, Doc: "share of its customers with a channel"},
		{Name: "reachable", Type: Text, Nullable: true, Doc: "`pass`, `warn` or `fail`"},
		{Name: "substantial_value", Type: Number, Form: Money, Nullable: true, Doc: "past and future value per customer; spend per customer without `clv`"},
		{Name: "substantial_margin", Type: Number, Nullable: true, Doc: "past value over revenue"},
		{Name: "substantial", Type: Text, Nullable: true, Doc: "`pass`, `warn` or `fail`"},
	},
}

// EquityLedger has what became of customer equity since the night before.
var EquityLedger = &List{
	File: "equity_ledger.csv",
	Doc:  "[what moved customer equity](asset.md#equity-ledger) since the last night, line by line, for all customers and by stage, tier and segment",
	Row:  "line of the ledger of a group", Order: "the total, then stages, tiers and segments, each as its table lists them; within a group the order of the lines", Stage: Worth,
	Columns: []*Column{
		{Name: "kind", Type: Text, Doc: "`total`, `stage`, `tier` or `segment`"},
		{Name: "group", Type: Text, Doc: "the group, as `customers` names it; empty: the total, or members of no tier"},
		{Name: "line", Type: Text, Doc: "`opening`, `moved_in`, `moved_out`, `new_customers`, `discount`, `became_past`, `horizon`, `corrected`, `grew`, `came_back`, `shrank`, `lost`, `erased`, `merged`, `model`, `settings`, `unexplained` or `closing`"},
		{Name: "amount", Type: Amount, Form: Exact, Doc: "what it comes to, with all its places: lines between `opening` and `closing` add up to the change, and groups of a kind to the total"},
	},
}

// TiersDelta has the changes of tier since the night before.
var TiersDelta = &List{
	File: "tiers_delta.csv",
	Doc:  "who rose, fell, came and went since the last night: [what a loyalty engine takes](howto/loyalty-engine.md)",
	Row:  "change of tier since the previous publication", Order: "day, and within it the customer's id", Stage: Tiers,
	Columns: []*Column{
		{Name: "change_id", Type: Text, Doc: "the same for the same change, however often its night is run"},
		CustomerID,
		{Name: "op", Type: Text, Doc: "`enter`, `upgrade`, `downgrade`, `renew`, `grace`, `leave`, `pin` or `unpin`"},
		{Name: "from", Type: Text, Doc: "the tier before; empty: none"},
		{Name: "to", Type: Text, Doc: "the tier after; empty: none"},
		{Name: "effective", Type: Day, Nullable: true, Doc: "the day from which it holds"},
		{Name: "reason", Type: Text, Doc: "why, in words"},
		{Name: "metric", Type: Text, Doc: "what decided it; empty where no number did"},
		{Name: "threshold", Type: Number, Nullable: true, Doc: "what that was held against"},
	},
}

// TiersWarnings has the members who are about to fall.
var TiersWarnings = &List{
	File: "tiers_warnings.csv",
	Doc:  "who is about to fall, what they have, need and lack, and by when",
	Row:  "member who falls within `tiers.warn` unless something is bought", Order: "day due, and within it the customer's id", Stage: Tiers,
	Columns: []*Column{
		CustomerID, Tier,
		{Name: "falls_to", Type: Text, Doc: "the tier that the member would fall to; empty: none"},
		{Name: "due", Type: Day, Nullable: true, Doc: "the day of the decision"},
		{Name: "status", Type: Text, Doc: "`active`, `pinned`, or `grace`: the review has been failed and the grace is running out"},
		{Name: "metric", Type: Text, Doc: "what is missing"},
		{Name: "have", Type: Number, Nullable: true, Doc: "what it will be on that day if nothing is bought until then"},
		{Name: "need", Type: Number, Nullable: true, Doc: "what keeps the tier"},
		{Name: "shortfall", Type: Number, Nullable: true, Doc: "`need` less `have`"},
		{Name: "reason", Type: Text, Doc: "the same in words"},
	},
}

// AtRisk has the customers who are slipping.
var AtRisk = &List{
	File: "at_risk.csv",
	Doc:  "whom to turn to: those with most value at risk first, each with the reason in words",
	Row:  "customer in decline or watched", Order: "most at stake first", Stage: Risk,
	Columns: []*Column{
		{Name: "rank", Type: Count, Doc: "place in this list"},
		CustomerID, LifecycleStage,
		{Name: "tier", Type: Text, Doc: "the tier; empty for members of none, and without `tiers`"},
		Momentum, PNext,
		{Name: "value_at_former_pace", Type: Number, Form: Money, Nullable: true, Doc: "what the customer would be worth in the horizon at the former rate of purchases"},
		FutureValue, ValueAtRisk, LastDay,
		{Name: "usual_gap_days", Type: Number, Nullable: true, Doc: "days between purchases that the customer usually leaves"},
		Reasons,
	},
}

// LostInterests has what customers have ceased to buy while they buy on.
var LostInterests = &List{
	File: "interests.csv",
	Doc:  "[lost interests](interests.md): who, what, since when, how sure, or to what they switched; where a category or product is mapped",
	Row:  "lost interest", Order: "the customer's id", Stage: Interests,
	Columns: []*Column{
		CustomerID,
		{Name: "category", Type: Text, Doc: "what was lost, or the product where only products are mapped"},
		{Name: "product", Type: Text, Asked: "sources[].columns.product", Doc: "the product that was lost; empty: the whole category. Only where categories are mapped too"},
		{Name: "kind", Type: Text, Doc: "`lost`, or `switched`: another product of its category rose in the same baskets"},
		{Name: "to", Type: Text, Doc: "that other product"},
		{Name: "since", Type: Day, Nullable: true, Doc: "the last day with it"},
		{Name: "recent_from", Type: Day, Nullable: true, Doc: "the first day of the window in which the loss shows"},
		{Name: "baskets_before", Type: Count, Doc: "baskets before that window"},
		{Name: "with_before", Type: Count, Doc: "of them those with it"},
		{Name: "baskets_after", Type: Count, Doc: "baskets in the window"},
		{Name: "with_after", Type: Count, Doc: "of them those with it"},
		{Name: "share_before", Type: Number, Doc: "`with_before` over `baskets_before`"},
		{Name: "share_after", Type: Number, Doc: "`with_after` over `baskets_after`"},
		{Name: "drop_low", Type: Number, Doc: "lower end of the 90% interval of the fall of the share"},
		{Name: "drop_high", Type: Number, Doc: "upper end of it"},
		{Name: "shift", Type: Number, Doc: "odds of it in all other customers' baskets now, over those before"},
		{Name: "p", Type: Number, Doc: "probability of such a loss by chance alone"},
		{Name: "q", Type: Number, Doc: "expected share of false ones among the rows with a `p` up to this one"},
	},
}

// LosingSegments has the categories that lose customers.
var LosingSegments = &List{
	File: "interests_by_segment.csv",
	Doc:  "which categories lose customers of which segments",
	Row:  "category and segment", Order: "most lost first", Stage: Interests,
	Columns: []*Column{
		{Name: "category", Type: Text, Doc: "the category, or the product where only products are mapped"},
		{Name: "segment", Type: Text, Doc: "the named segment; empty without `rfm`"},
		{Name: "regulars", Type: Count, Doc: "customers of the segment with baskets enough to look at"},
		{Name: "lost", Type: Count, Doc: "of them those who lost it"},
		{Name: "share", Type: Number, Doc: "`lost` over `regulars`"},
		{Name: "shift", Type: Number, Doc: "odds of it in all baskets now, over those before"},
	},
}

// SegmentCategories has what segments buy.
var SegmentCategories = &List{
	File: "segment_categories.csv",
	Doc:  "which categories the customers of each segment [buy more than others](interests.md#what-segments-buy); where a category is mapped, with `rfm`",
	Row:  "segment and category", Order: "segment, and within it category", Stage: Interests,
	Columns: []*Column{
		{Name: "segment", Type: Text, Doc: "the named segment"},
		{Name: "category", Type: Text, Doc: "the category"},
		{Name: "customers", Type: Count, Doc: "customers of the segment who bought it within `stages.interests.window`"},
		{Name: "baskets", Type: Count, Doc: "baskets of all customers of the segment in it"},
		{Name: "with", Type: Count, Doc: "of them those with the category"},
		{Name: "share", Type: Number, Doc: "`with` over `baskets`"},
		{Name: "share_of_all", Type: Number, Doc: "the same of all customers"},
		{Name: "apart", Type: Text, Doc: "`above` or `below` where `share` is two standard errors or more from `share_of_all`; empty: chance may be all there is"},
	},
}

// Activity has what customers did by month of their first purchase.
var Activity = &List{
	File: "activity.csv",
	Doc:  "what customers of each month of first purchase did in each month since",
	Row:  "month of a first purchase day (cohort), and month from there to that of `as_of`", Order: "cohort, and within it month", Stage: Base,
	Columns: []*Column{
		{Name: "cohort", Type: Text, Doc: "the month of the customers' `first_day`, as 2011-01"},
		{Name: "month", Type: Text, Doc: "the month in which they did what the row says, as 2011-12"},
		{Name: "customers", Type: Count, Doc: "customers of the cohort with a purchase day in the month"},
		{Name: "purchase_days", Type: Count, Doc: "their purchase days in it"},
		{Name: "orders", Type: Count, Doc: "their orders in it, as `orders` of `customers` counts them"},
		{Name: "spend", Type: Amount, Doc: "bought less returned in it; what was returned before the first purchase day counts in the first month"},
	},
}

// Cohorts has what winning customers cost and pays.
var Cohorts = &List{
	File: "cohorts.csv",
	Doc:  "by month of first purchase, channel and region: what winning customers cost, what they brought and will bring, and [when that has paid back](asset.md#cohorts-and-payback)",
	Row:  "group of customers by how they were won: all, a month, a channel, a region, or the three together", Order: "kind, and within it month, channel and region", Stage: Asset,
	Columns: []*Column{
		{Name: "kind", Type: Text, Doc: "`total`; `month`, `channel` or `region`: all who were won in it; `cohort`: month, channel and region together, where channels or regions are mapped"},
		{Name: "month", Type: Text, Doc: "month of the first purchase day, as 2011-01; empty: all"},
		{Name: "channel", Type: Text, Asked: "sources[].columns.channel", Doc: "channel of the first purchase day; of kinds `channel` and `cohort`, empty: no row of the day has one"},
		{Name: "region", Type: Text, Asked: "sources[].columns.region", Doc: "region of the first purchase day; likewise of `region` and `cohort`"},
		{Name: "customers", Type: Count, Doc: "customers who were won"},
		{Name: "acquisition", Type: Amount, Doc: "what winning them cost by `clv.costs.acquisition`, and what was spent where nobody was won"},
		{Name: "spend", Type: Amount, Doc: "bought less returned, so far"},
		{Name: "margin", Type: Amount, Doc: "what they brought so far before what winning them cost: `past_value` and that cost together"},
		{Name: "retained", Type: Count, Doc: "those of them who bought within the last 12 months; of a cohort younger than that all"},
		{Name: "past_value", Type: Amount, Doc: "the sum of their `past_value`"},
		{Name: "future_value", Type: Amount, Nullable: true, Doc: "the sum of their `future_value`"},
		{Name: "future_low", Type: Number, Form: Money, Nullable: true, Doc: "lower end of the 90% interval of that sum"},
		{Name: "future_high", Type: Number, Form: Money, Nullable: true, Doc: "upper end of it"},
		{Name: "payback", Type: Text, Doc: "of kinds `month` and `cohort`: `seen`, `forecast`, or `never` within `clv.horizon`; empty: winning them cost nothing, or it has not paid back and there is no lifetime model"},
		{Name: "payback_month", Type: Text, Doc: "the month from whose end on the margin so far is not below what winning them cost: seen, or as the models expect"},
		{Name: "payback_low", Type: Text, Doc: "of a forecast and of `never`: the earliest month of the 90% interval; empty: not within the horizon"},
		{Name: "payback_high", Type: Text, Doc: "the latest month of it; empty: not within the horizon"},
		{Name: "ltv_over_cac", Type: Number, Nullable: true, Doc: "`margin` and `future_value` together over `acquisition`"},
	},
}

// Identity has the ids that are published under another, where the job joins ids, and those
// that a key would join and the map keeps apart.
var Identity = &List{
	File: "identity.csv",
	Doc:  "with `identity`: ids that are published under another, and [what told](identity.md#what-is-published)",
	Row:  "id of the exports that is published under another, with `identity`; then one for each id in each conflict of a key with the map", Order: "the id; of conflicts their number, and within it the id", Stage: Base,
	Columns: []*Column{
		{Name: "alias", Type: Text, Doc: "the id, as the exports spell it"},
		{Name: "customer", Type: Text, Doc: "the `customer_id` under which it is published"},
		{Name: "by", Type: Text, Doc: "the first of `normalise`, `map` and the keys by their names after which the two are one person; of a conflict the key"},
		{Name: "conflict", Type: Count, Nullable: true, Asked: "identity.map` and `identity.keys", Doc: "ids of one number share a value of the key, which would join customers whom the map keeps apart, and is not used: the id is no more `customer` by it than before. Empty: no conflict"},
	},
}

// AllReturned has the customers whom the list of customers leaves out, as nothing is left of
// what they bought.
var AllReturned = &List{
	File: "all_returned.csv",
	Doc:  "who is in no list, as every order of theirs [came back whole](returns.md#what-comes-back)",
	Row:  "customer of whom every order came back whole, where there is any", Order: "the customer's id", Stage: Base,
	Columns: []*Column{
		CustomerID,
		{Name: "orders_returned", Type: Count, Doc: "the orders that came back"},
		Returns,
		{Name: "net", Type: Amount, Doc: "money bought less money returned"},
	},
}

// Rejects has the rows of the exports that were set aside.
var Rejects = &List{
	File: "rejects.csv",
	Doc:  "the rows set aside, each as it was, with file, line and reason",
	Row:  "row of an export that was set aside", Order: "file and line", Stage: Base,
	Columns: []*Column{
		{Name: "source", Type: Text, Doc: "the file"},
		{Name: "line", Type: Count, Doc: "the line on which the row begins; of Parquet the row"},
		{Name: "reason", Type: Text, Doc: "why: see [how rows are read](rows.md)"},
		{Name: "row", Type: Text, Doc: "the row as it was"},
	},
}

// ListOf finds the list of a file.
func ListOf(file string) (*List, bool) {
	for _, l := range Lists {
		if _, is := l.Matches(file); is {
			return l, true
		}
	}
	return nil, false
}

// Matches tells whether a file is of the list, and which of several it is: email, of
// lists/email.csv.
func (l *List) Matches(file string) (which string, is bool) {
	before, after, several := l.around()
	if !several {
		return "", file == l.File
	}
	which, begins := strings.CutPrefix(file, before)
	which, ends := strings.CutSuffix(which, after)
	return which, begins && ends && which != "" && !strings.Contains(which, "/")
}

// Of is the name of one of several files.
func (l *List) Of(which string) string {
	before, after, _ := l.around()
	return before + which + after
}

// around is what stands before and behind that in which the names of several files differ.
func (l *List) around() (before, after string, several bool) {
	before, rest, several := strings.Cut(l.File, "<")
	_, after, _ = strings.Cut(rest, ">")
	return before, after, several
}
