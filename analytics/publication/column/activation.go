package column

// Contacts has whom to contact tonight by one channel. There is a file for each channel.
var Contacts = &List{
	File: "lists/<channel>.csv",
	Doc:  "[whom to contact](activation-rules.md) by a channel, for which campaign, and why",
	Row:  "contact to make by the channel", Order: "the campaign's priority, its name, and within it the customer's id", Stage: Activation,
	Columns: []*Column{
		CustomerID,
		{Name: "campaign", Type: Text, Doc: "the campaign, as the job file names it"},
		{Name: "channel", Type: Text, Doc: "the channel of the list"},
		{Name: "offer", Type: Text, Doc: "what is offered; empty where the job file does not say"},
		{Name: "from", Type: Day, Doc: "the day of the list: `as_of`"},
		{Name: "until", Type: Day, Doc: "the day on which the campaign ends and its effect is read"},
		{Name: "reason", Type: Text, Doc: "why, in words that may be said to the customer"},
	},
}

// HoldoutList has the customers whom nobody contacts.
var HoldoutList = &List{
	File: "holdout.csv",
	Doc:  "whom nobody contacts, so that it can be measured what all contacts bring",
	Row:  "customer of the holdout, with `activation.holdout`", Order: "the customer's id", Stage: Activation,
	Columns: []*Column{
		CustomerID,
		{Name: "experiment", Type: Text, Doc: "`holdout`"},
		{Name: "since", Type: Day, Doc: "the night on which the customer was drawn"},
	},
}

// Suppressed counts who is not contacted.
var Suppressed = &List{
	File: "suppressed.csv",
	Doc:  "how many are in the audience of a campaign and on no list, by reason",
	Row:  "campaign and reason", Order: "the campaign's priority, its name, and within it the order in which reasons are asked", Stage: Activation,
	Columns: []*Column{
		{Name: "campaign", Type: Text, Doc: "the campaign, as the job file names it"},
		{Name: "reason", Type: Text, Doc: "why: `no_consent`, `provenance`, `unsubscribed`, `complained`, `excluded`, `holdout`, `control`, `crossed`, `contacted`, `returned`, `unreachable`, `cap`, `other_campaign` or `budget`"},
		{Name: "customers", Type: Count, Doc: "how many"},
	},
}

// Lift has what campaigns bring.
var Lift = &List{
	File: "lift.csv",
	Doc:  "[what each campaign brings](effects.md): those who were to be contacted held against those who were not, whoever was reached",
	Row:  "campaign and measure; the holdout is a campaign here", Order: "the campaign's name, and within it margin, purchases, buyers", Stage: Activation,
	Columns: []*Column{
		{Name: "campaign", Type: Text, Doc: "the campaign, or `holdout`"},
		{Name: "measure", Type: Text, Doc: "`margin`, `purchases` or `buyers`, from the night of entry to the end of the campaign"},
		{Name: "treated", Type: Number, Nullable: true, Doc: "its mean over the customers who were to be contacted"},
		{Name: "control", Type: Number, Nullable: true, Doc: "its mean over those who were not"},
		{Name: "effect", Type: Number, Nullable: true, Doc: "`treated` less `control`"},
		{Name: "low", Type: Number, Nullable: true, Doc: "lower end of its 90% interval"},
		{Name: "high", Type: Number, Nullable: true, Doc: "upper end of it"},
		{Name: "effect_cuped", Type: Number, Nullable: true, Doc: "`effect`, less what the forecast of the night of entry already told (CUPED)"},
		{Name: "low_cuped", Type: Number, Nullable: true, Doc: "lower end of its 90% interval"},
		{Name: "high_cuped", Type: Number, Nullable: true, Doc: "upper end of it"},
		{Name: "verdict", Type: Text, Doc: "`running`, `too_small`, `positive`, `negative`, `void` (the arms are not of the sizes that were drawn) or `described` (nothing to compare with)"},
		{Name: "customers_treated", Type: Count, Doc: "customers who were to be contacted"},
		{Name: "customers_control", Type: Count, Doc: "customers who were not"},
		{Name: "rho", Type: Number, Nullable: true, Doc: "correlation of the measure with the forecast"},
		{Name: "total", Type: Number, Nullable: true, Doc: "`effect_cuped` times `customers_treated`"},
		{Name: "cost", Type: Number, Form: Money, Nullable: true, Doc: "what the contacts cost"},
		{Name: "return_per_cost", Type: Number, Nullable: true, Doc: "`total` of margin over `cost`, where the verdict is `positive` or `negative`"},
		{Name: "detectable", Type: Number, Nullable: true, Doc: "the least effect that so many customers show four times in five, by what they brought in as many days before: [how much it takes](effects.md#how-many-customers-it-takes)"},
		{Name: "needed", Type: Count, Nullable: true, Doc: "customers that it would take to show the effect seen"},
		{Name: "sample_ratio_p", Type: Number, Nullable: true, Doc: "probability of arms so far from the sizes that were drawn, by chance"},
		{Name: "balance_p", Type: Number, Nullable: true, Doc: "probability of forecasts of the arms so far apart, by chance"},
		{Name: "overlaps", Type: Text, Doc: "other campaigns that contacted some of the same customers in the same days, joined by `;`"},
		{Name: "overlapping", Type: Count, Doc: "customers whom those contacted"},
		{Name: "contacts", Type: Count, Doc: "contacts that lists have planned"},
		{Name: "contacts_saved", Type: Count, Doc: "contacts that control did without"},
		{Name: "relative", Type: Number, Nullable: true, Doc: "`effect` over `control`"},
		{Name: "relative_low", Type: Number, Nullable: true, Doc: "lower end of its 90% interval"},
		{Name: "relative_high", Type: Number, Nullable: true, Doc: "upper end of it"},
		{Name: "crossed", Type: Count, Doc: "customers whose ids were in both arms before they were one: left out"},
	},
}
