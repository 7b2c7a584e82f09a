package column

// The loyalty programme.
var (
	Tier = &Column{
		Name: "tier", Type: Text, Stage: Tiers,
		Doc: "the tier; empty for members of none",
	}
	TierSince = &Column{
		Name: "tier_since", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "the day on which the customer came to the tier; empty for members of none",
	}
	TierUntil = &Column{
		Name: "tier_until", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "the day until which the tier is held at least",
	}
	TierStatus = &Column{
		Name: "tier_status", Type: Text, Stage: Tiers,
		Doc: "`active`, `grace` or `pinned`; empty for members of no tier",
	}
	TierReason = &Column{
		Name: "tier_reason", Type: Text, Stage: Tiers,
		Doc: "why, in words",
	}
)

// What the programme remembers of each customer. A pinned member is followed by the
// rules too, beside the pin: tier_own and what begins with it.
var (
	TierOwn = &Column{
		Name: "tier_own", Type: Text, Stage: Tiers,
		Doc: "the tier by the rules alone, whatever a pin says",
	}
	TierOwnSince = &Column{
		Name: "tier_own_since", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "since when, by the rules alone; of who is in no tier any more, the day on which the last one was left",
	}
	TierOwnUntil = &Column{
		Name: "tier_own_until", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "until when, by the rules alone",
	}
	// TierTermsFrom has nothing to do with AnchorTier, however alike their names in the
	// file are.
	TierTermsFrom = &Column{
		Name: "tier_anchor", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "the day from which the terms of the tier are counted",
	}
	TierGrace = &Column{
		Name: "tier_grace", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "last day of grace of a member in grace",
	}
	TierPin = &Column{
		Name: "tier_pin", Type: Text, Stage: Tiers,
		Doc: "the tier that a pin gives",
	}
	TierPinSince = &Column{
		Name: "tier_pin_since", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "since when the pin holds",
	}
	TierPinUntil = &Column{
		Name: "tier_pin_until", Type: Day, Stage: Tiers, Nullable: true,
		Doc: "until when the pin holds; empty: there is none",
	}
	TierWhy = &Column{
		Name: "tier_why", Type: Text, Stage: Tiers,
		Doc: "the reason for the last change by the rules: keys and values of the texts that say it, so that the next night may say it in another language",
	}
	TierRests = &Column{
		Name: "tier_rests", Type: Text, Stage: Tiers, Asked: "tiers.returns", Later: true,
		Doc: "with `tiers.returns: reverse`: the changes that a return may still take back, as JSON",
	}
)
