package job

// readCLV reads how lifetime value is modelled and priced; nil is off.
func readCLV(s *section, out *CLV, sources []Source) *CLV {
	in, on := s.optionalSection("clv")
	if !on {
		return nil
	}
	readModel(in, out)
	choice(in, "choose", "rule", &out.Choose, RefitNever, RefitMonthly, RefitAlways)
	in.span("horizon", &out.Horizon, Forever)
	// A rate is a fraction: 10 would be 1000% a year, most likely a percentage.
	in.number("discount_rate", &out.DiscountRate, atLeast(0).below(10))
	in.number("margin", &out.Margin, positive().atMost(1))
	in.number("referral_share", (*float64)(&out.ReferralShare), atLeast(0).atMost(1))
	costs := in.section("costs")
	readAcquisition(costs, &out.Costs.Acquisition, sources)
	costs.number("per_order", &out.Costs.PerOrder, atLeast(0).atMost(mostMoney))
	costs.number("per_year_alive", &out.Costs.PerYearAlive, atLeast(0).atMost(mostMoney))
	costs.done()
	in.done()
	// Without a discount the value of a relationship without an end has none.
	if out.Horizon.Unbounded() && out.DiscountRate == 0 {
		in.fail("discount_rate", "a horizon of forever needs a discount rate above 0")
	}
	return out
}

// readModel reads the model and refuses those that a ledger of purchases cannot
// feed. (The unit is read first: bg-bb depends on it.)
func readModel(in *section, out *CLV) {
	choice(in, "unit", "unit", &out.Unit, Day, Week, Month)
	if v := in.value("model"); v != nil && v.kind == scalar && v.text == "sbg" {
		in.fail("model", "sbg is a model of contracts, which purchases do not show; fit it to a table of renewals with clientele clv fit, or use auto")
		return
	}
	choice(in, "model", "model", &out.Model, AutoModel, "pareto-nbd", "ggompertz-nbd", "bg-nbd", "mbg-nbd", "bg-cnbd-k", "mbg-cnbd-k", "nbd", "bg-bb")
	if out.Model == "bg-bb" && out.Unit != Day {
		in.fail("model", "bg-bb counts occasions to buy, one a day, so it needs unit: day, not %s", out.Unit)
	}
}

// most bounds counts, far above any real one, so that they fit 32 bits.
const most = 1_000_000_000

// readStages reads the thresholds of the lifecycle stages; nil is off.
func readStages(s *section, out *Stages) *Stages {
	in, on := s.optionalSection("stages")
	if !on {
		return nil
	}
	formation := in.section("formation")
	formation.whole("purchase_days", &out.Formation.PurchaseDays, atLeast(1).atMost(most))
	formation.done()

	stability := in.section("stability")
	stability.whole("purchase_days", &out.Stability.PurchaseDays, atLeast(1).atMost(most))
	stability.span("tenure", &out.Stability.Tenure, Auto)
	stability.number("spend_cv", &out.Stability.SpendCV, positive())
	stability.done()
	if out.Stability.PurchaseDays < out.Formation.PurchaseDays {
		stability.fail("purchase_days", "%d is fewer than the %d of formation; stability comes after it",
			out.Stability.PurchaseDays, out.Formation.PurchaseDays)
	}
	readDecline(in, out)
	readInterests(in, &out.Interests)
	in.done()
	return out
}

// readInterests reads when a customer has lost interest in a category.
func readInterests(stages *section, out *InterestRule) {
	in, on := stages.optionalSection("interests")
	if !on {
		*out = InterestRule{Off: true}
		return
	}
	in.span("window", &out.Window, All)
	// With less than a tenth on either side there is nothing to compare.
	in.number("recent", &out.Recent, atLeast(0.1).atMost(0.9))
	in.number("false_discoveries", &out.FalseDiscoveries, positive().atMost(0.5))
	in.number("share_ratio", &out.ShareRatio, positive().below(1))
	in.done()
}

// readDecline reads when a customer is declining and when lost.
func readDecline(stages *section, out *Stages) {
	decline := stages.section("decline")
	decline.number("momentum", &out.Decline.Momentum, positive().below(1))
	decline.number("watch", &out.Decline.Watch, positive().below(1))
	decline.number("false_share", &out.Decline.FalseShare, positive().below(1))
	decline.done()
	if out.Decline.Watch < out.Decline.Momentum {
		decline.fail("watch", "%s is below momentum (%s); a customer is watched before they decline",
			number(out.Decline.Watch), number(out.Decline.Momentum))
	}

	lost := stages.section("lost")
	lost.span("silence", &out.Lost.Silence, Auto)
	lost.number("p_alive", &out.Lost.PAlive, positive().below(1))
	lost.done()
}
