package column

// What the exports say of each customer.
var (
	Rank = &Column{
		Name: "rank", Type: Count, Stage: Base,
		Doc: "place in the list: the best customer has 1",
	}
	CustomerID = &Column{
		Name: "customer_id", Type: Text, Stage: Base,
		Doc: "the customer, as the exports spell the id",
	}
	FirstDay = &Column{
		Name: "first_day", Type: Day, Stage: Base,
		Doc: "first purchase day: a day with an order that is no return and did not come back whole",
	}
	LastDay = &Column{
		Name: "last_day", Type: Day, Stage: Base,
		Doc: "last purchase day",
	}
	Orders = &Column{
		Name: "orders", Type: Count, Stage: Base,
		Doc: "orders that are no returns and did not come back whole, over the whole history",
	}
	PurchaseDays = &Column{
		Name: "purchase_days", Type: Count, Stage: Base, Later: true,
		Doc: "days with an order that is no return and did not come back whole",
	}
	RecencyDays = &Column{
		Name: "recency_days", Type: Count, Stage: Base,
		Doc: "days from the last purchase day to `as_of`",
	}
	Net = &Column{
		Name: "net", Type: Amount, Stage: Base,
		Doc: "bought less returned, over the whole history",
	}
	Sources = &Column{
		Name: "sources", Type: Text, Stage: Base, Asked: "sources",
		Doc: "with several sources: the names of those that know the customer, joined by `;`",
	}
	Contactable = &Column{
		Name: "contactable", Type: Text, Stage: Base, Asked: "consent",
		Doc: "`yes`, or why no list may name the customer: `no_consent`, `provenance`, `unsubscribed`, `complained` or `excluded`; with `activation.responses` or `activation.exclude` too",
	}
	Returns = &Column{
		Name: "returns", Type: Count, Stage: Base,
		Doc: "orders that gave something back",
	}
)

// Recency, frequency, monetary.
var (
	Frequency = &Column{
		Name: "frequency", Type: Count, Stage: Scores,
		Doc: "orders in the RFM window, or purchase days with `rfm.unit: day`",
	}
	Monetary = &Column{
		Name: "monetary", Type: Amount, Stage: Scores,
		Doc: "net spend in the RFM window, or what `rfm.monetary` makes of it",
	}
	R = &Column{
		Name: "r", Type: Count, Stage: Scores, Most: mostScore, Cut: true,
		Doc: "score of recency: 1 is the longest ago",
	}
	F = &Column{
		Name: "f", Type: Count, Stage: Scores, Most: mostScore, Cut: true,
		Doc: "score of frequency: 1 is the rarest",
	}
	M = &Column{
		Name: "m", Type: Count, Stage: Scores, Most: mostScore, Cut: true,
		Doc: "score of money: 1 is the least",
	}
	RFM = &Column{
		Name: "rfm", Type: Text, Stage: Scores, Cut: true,
		Doc: "the three scores as one text, such as 5-4-3",
	}
	Segment = &Column{
		Name: "segment", Type: Text, Stage: Scores, Cut: true,
		Doc: "the named segment, by the table that `rfm.segments` names",
	}
	RFMScore = &Column{
		Name: "rfm_score", Type: Number, Stage: Scores, Asked: "rfm.weights", Nullable: true, Cut: true,
		Doc: "with `rfm.weights`: the weighted mean of the scores, from 0 to 100",
	}
)

// mostScore is the highest score: one digit each in the text 5-4-3.
const mostScore = 9

// Past and future value.
var (
	X = &Column{
		Name: "x", Type: Count, Stage: Worth,
		Doc: "repeat purchase days: purchase days less 1",
	}
	TX = &Column{
		Name: "t_x", Type: Number, Stage: Worth,
		Doc: "time from the first to the last purchase day, in `clv.unit`",
	}
	T = &Column{
		Name: "t", Type: Number, Stage: Worth,
		Doc: "time from the first purchase day to `as_of`, in `clv.unit`",
	}
	PAlive = &Column{
		Name: "p_alive", Type: Number, Form: Probability, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "probability of still being a customer, however rarely one buys",
	}
	PNext = &Column{
		Name: "p_next", Type: Number, Form: Probability, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "probability of a purchase within the next 91 days",
	}
	ExpectedPurchases = &Column{
		Name: "expected_purchases", Type: Number, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "purchases expected within `clv.horizon`",
	}
	ExpectedSpend = &Column{
		Name: "expected_spend", Type: Number, Form: Money, Stage: Worth, Nullable: true, Later: true,
		Doc: "spend expected for each of those purchases",
	}
	PastValue = &Column{
		Name: "past_value", Type: Number, Form: Money, Stage: Worth, Nullable: true,
		Doc: "margin less costs so far, undiscounted",
	}
	FutureValue = &Column{
		Name: "future_value", Type: Number, Form: Money, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "present value of the margin less costs expected within `clv.horizon`",
	}
	Acquisition = &Column{
		Name: "acquisition", Type: Amount, Stage: Worth, Asked: "clv.costs.acquisition", Later: true,
		Doc: "what winning the customer cost, where that is not the same for all: it is taken off `past_value`",
	}
	FutureLow = &Column{
		Name: "future_low", Type: Number, Form: Money, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "lower end of the 90% interval of `future_value`",
	}
	FutureHigh = &Column{
		Name: "future_high", Type: Number, Form: Money, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "upper end of that interval",
	}
	ReferralValue = &Column{
		Name: "referral_value", Type: Amount, Stage: Referrals, Asked: "sources[].columns.referrer", Modelled: true,
		Doc: "what those are worth whom the customer brought, less what the customer is worth if somebody brought them; its sum is 0",
	}
	ReferralCredit = &Column{
		Name: "referral_credit", Type: Amount, Stage: Referrals, Asked: "referral", Modelled: true,
		Doc: "of `referral_value`, what is for those whom the customer brought; the rest is what goes to those above",
	}
	ReferredCustomers = &Column{
		Name: "referred_customers", Type: Count, Stage: Referrals, Asked: "referral",
		Doc: "customers at most `referral.depth` steps below: whom the customer brought, whom these brought, and so on",
	}
	CLV = &Column{
		Name: "clv", Type: Number, Form: Money, Stage: Worth, Nullable: true, Modelled: true,
		Doc: "`past_value` plus `future_value`; customers are ranked by it, or by what `output.rank_by` says",
	}
	Level = &Column{
		Name: "level", Type: Text, Stage: Pyramid, Modelled: true,
		Doc: "the level of the pyramid, by the value that `pyramid.value` names, as `segments.csv` has it; empty where nothing is known of that value",
	}
)
