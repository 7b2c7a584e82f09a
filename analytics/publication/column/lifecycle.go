package column

import "math"

// Stages of the relationship, and what is lost.
var (
	LifecycleStage = &Column{
		Name: "stage", Type: Text, Stage: Lifecycle,
		Doc: "`exploration`, `formation`, `stability` or `decline`",
	}
	StageSince = &Column{
		Name: "stage_since", Type: Day, Stage: Lifecycle,
		Doc: "the night on which the stage began",
	}
	Momentum = &Column{
		Name: "momentum", Type: Number, Stage: Lifecycle, Nullable: true,
		Doc: "purchases expected within the next 91 days over those of 91 days at the customer's former rate",
	}
	Decline = &Column{
		Name: "decline", Type: Text, Stage: Lifecycle,
		Doc: "`none`, `watch`, `sudden`, `gradual` or `lost`",
	}
	DeclineFrom = &Column{
		Name: "decline_from", Type: Text, Stage: Lifecycle,
		Doc: "the stage in which the decline began",
	}
	Reasons = &Column{
		Name: "reasons", Type: Text, Stage: Lifecycle,
		Doc: "the stage in words",
	}
	DeclineOnset = &Column{
		Name: "decline_onset", Type: Day, Stage: Lifecycle, Nullable: true,
		Doc: "of customers in decline: the estimated day from which on they bought less",
	}
	RateBefore = &Column{
		Name: "rate_before", Type: Number, Stage: Lifecycle, Nullable: true,
		Doc: "of customers in decline: purchases a year before `decline_onset`",
	}
	RateAfter = &Column{
		Name: "rate_after", Type: Number, Stage: Lifecycle, Nullable: true,
		Doc: "of customers in decline: purchases a year since `decline_onset`",
	}
	Declines = &Column{
		Name: "declines", Type: Count, Stage: Lifecycle,
		Doc: "how often a decline was called",
	}
	Reactivations = &Column{
		Name: "reactivations", Type: Count, Stage: Lifecycle,
		Doc: "how often the customer came back out of a decline or a silence",
	}
	ReactivatedSince = &Column{
		Name: "reactivated_since", Type: Day, Stage: Lifecycle, Nullable: true,
		Doc: "the day of the last such return, until two more purchases or two usual gaps have passed",
	}
	ValueAtRisk = &Column{
		Name: "value_at_risk", Type: Number, Form: Money, Stage: Risk, Nullable: true, Modelled: true,
		Doc: "with `clv` on: what the customer would be worth at the former rate, less `future_value`; never below 0",
	}
	LostInterest = &Column{
		Name: "lost_interest", Type: Text, Stage: Interests,
		Doc: "categories that the customer has dropped while buying on, joined by `;`",
	}
)

// What stages remember of each customer.
var (
	FormerRate = &Column{
		Name: "former_rate", Type: Number, Stage: Lifecycle, Nullable: true, Later: true,
		Doc: "purchases a year by the customer's own habit",
	}
	StageTrace = &Column{
		Name: "stage_trace", Type: Count, Stage: Lifecycle, Most: math.MaxUint32,
		Doc: "fingerprint of those days: tonight's exports must still have them",
	}
	StageBase = &Column{
		Name: "stage_base", Type: Text, Stage: Lifecycle,
		Doc: "the stage that the customer would have without a decline",
	}
	StageFrom = &Column{
		Name: "stage_from", Type: Day, Stage: Lifecycle,
		Doc: "the day from which on purchases count for the customer's habit",
	}
)
